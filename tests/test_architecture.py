"""Who may know whom. Read from the imports of the code itself, so that it stays true."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
WAY_OUT = [
    "articles/views",
    "articles/api",
    "articles/filters.py",
    "articles/feeds",
    "articles/exports",
    "articles/linked_data",
    "articles/sitemaps",
    "articles/sharing",
    "articles/templatetags",
]
PURE = [
    "articles/names",
    "articles/pipeline/formats",
    "articles/pipeline/subjects/formats",
    "articles/pipeline/annotate",
    "articles/markdown.py",
]
DATABASE = ("django.db", "articles.models", "articles.search", "articles.database")
ENGINES = re.compile(r"postgres|psycopg|sqlite", re.IGNORECASE)


def files_of(part: str) -> list[Path]:
    path = ROOT / part
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def file_of(module: str) -> Path | None:
    path = ROOT.joinpath(*module.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


def imports_of(file: Path) -> set[str]:
    """Full names of all that the file imports: of `from a import b` both a and a.b."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = _base(file, node)
            names |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return names


def everything_imported_by(file: Path) -> dict[str, str]:
    """All that the file imports, directly or through others of the archive: {imported name: by which module}."""
    found: dict[str, str] = {}
    waiting, done = [file], set()
    while waiting:
        current = waiting.pop()
        done.add(current)
        for name in imports_of(current):
            found.setdefault(name, module_of(current))
            further = file_of(name)
            if further and name.startswith("articles.") and further not in done:
                waiting.append(further)
    return found


def is_in(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def _base(file: Path, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = file.relative_to(ROOT).with_suffix("").parts[: -node.level]
    return ".".join([*package, *([node.module] if node.module else [])])


def test_imports_are_read_as_python_reads_them():
    assert "articles.names.index.NameIndex" in imports_of(ROOT / "articles/names/__init__.py")
    assert "articles.names.rules.is_boundary" in imports_of(ROOT / "articles/names/surnames.py")
    assert "articles.models.Article" in imports_of(ROOT / "articles/pipeline/storing/store.py")
    assert is_in("django.db.models", DATABASE)
    assert not is_in("django.dbx", DATABASE)


def test_what_an_imported_module_imports_is_seen_too():
    assert "django.db.models" in everything_imported_by(ROOT / "articles/pipeline/run.py")


@pytest.mark.parametrize("part", WAY_OUT)
def test_the_way_out_knows_nothing_of_the_way_in(part):
    for file in files_of(part):
        used = [name for name in imports_of(file) if is_in(name, ("articles.pipeline",))]
        assert not used, f"{module_of(file)} imports {used}"


@pytest.mark.parametrize("part", PURE)
def test_parsing_and_matching_know_no_database(part):
    assert files_of(part), f"{part} has no files"
    for file in files_of(part):
        for name, importer in everything_imported_by(file).items():
            assert not is_in(name, DATABASE), f"{module_of(file)} reaches {name} through {importer}"


# A file of a view is named after the one view in it, which addresses call.
PACKAGES = [
    package for package in files_of("articles") if package.name == "__init__.py" and package.parent.name != "views"
]


@pytest.mark.parametrize("package", PACKAGES, ids=module_of)
def test_no_package_calls_a_function_like_one_of_its_modules(package):
    """Else the one hides the other: `articles.search.rebuild` was what happened to be imported last."""
    modules = {file.stem for file in package.parent.glob("*.py")}
    tree = ast.parse(package.read_text())
    made = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            made |= {alias.asname or alias.name for alias in node.names}
    assert made & modules == set()


def asks_which_database(source: str) -> bool:
    """Whether the code has a `.vendor`, or imports or names an engine; comments and docstrings may."""
    tree = ast.parse(source)
    remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    nodes = [node for node in ast.walk(tree) if id(node) not in remarks]
    words = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    words += [node.name for node in nodes if isinstance(node, ast.alias)]
    words += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    has_vendor = any(isinstance(node, ast.Attribute) and node.attr == "vendor" for node in nodes)
    return has_vendor or any(ENGINES.search(word) for word in words)


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ("if connection.vendor == x: pass", True),
        ("engine = 'postgresql'", True),
        ("from django.contrib.postgres import fields", True),
        ("import sqlite3", True),
        ('"""Works on SQLite."""  # and on PostgreSQL', False),
    ],
)
def test_a_question_for_the_database_is_told_from_a_remark(source, asks):
    assert asks_which_database(source) is asks


def test_only_one_package_asks_which_database_is_underneath():
    asking = {module_of(file) for file in files_of("articles") if asks_which_database(file.read_text())}
    assert asking
    assert {module for module in asking if not is_in(module, ("articles.database",))} == set()
