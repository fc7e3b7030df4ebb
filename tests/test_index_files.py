"""The files of the index: lost, damaged, being rebuilt, written by several processes. Never a wrong answer."""

import datetime
import errno
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Article, IndexChange
from articles.search import (
    ArticleQuery,
    IndexNotWritten,
    IndexUnavailable,
    catch_up,
    files,
    rebuild,
    search,
    update_index,
)
from articles.search.check import compare
from articles.search.documents import as_document, entries_for
from articles.search.queue import journal_path
from articles.search.schema import VERSION
from tests.factories import make_article, make_person


def headlines(words="") -> list[str]:
    page = search(ArticleQuery(words=words), limit=1_000)
    found = [article.headline for article in Article.objects.in_order(page.ids)]
    assert page.total == len(found)
    return found


@pytest.fixture
def archive(db):
    make_article("Flood in the harbour", about=[make_person()])
    make_article("Strike on the railway")
    assert len(headlines()) == 2


def lose_everything():
    shutil.rmtree(files.index_folder())


def lose_generation():
    shutil.rmtree(files.live_generation())


def lose_pointer():
    (files.index_folder() / "live").unlink()


def point_nowhere():
    (files.index_folder() / "live").write_text("g-that-never-was")


def damage_meta():
    (files.live_generation() / "meta.json").write_text('{"segments": [')


def lose_meta():
    (files.live_generation() / "meta.json").unlink()


def name_other_version():
    (files.live_generation() / "version.json").write_text(json.dumps({"version": VERSION + 1}))


def damage_version():
    (files.live_generation() / "version.json").write_text("[1]")


def lose_segment():
    for file in files.live_generation().glob("*.fast"):
        file.unlink()


def cut_segment():
    for file in files.live_generation().glob("*.term"):
        content = file.read_bytes()
        file.unlink()
        file.write_bytes(content[:10])


DAMAGES = [
    lose_everything,
    lose_generation,
    lose_pointer,
    point_nowhere,
    damage_meta,
    lose_meta,
    name_other_version,
    damage_version,
    lose_segment,
    cut_segment,
]
damaged = pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
opened_before = pytest.mark.parametrize("is_open", [True, False], ids=["running", "started later"])
# What this process has open already it goes on reading, whatever happens to the files.
UNNOTICED_WHILE_OPEN = (lose_segment, cut_segment)


@damaged
@opened_before
def test_a_small_archive_builds_a_damaged_index_anew(archive, damage, is_open):
    damage()
    if not is_open:
        files._open_indexes.clear()
    assert headlines() == ["Strike on the railway", "Flood in the harbour"]
    make_article("Bridge opened")
    assert headlines("bridge") == ["Bridge opened"]
    assert not compare()


@damaged
@opened_before
def test_a_large_archive_says_how_to_build_it(archive, damage, is_open, monkeypatch):
    monkeypatch.setattr("articles.search.SMALL_ARCHIVE", 1)
    damage()
    if not is_open:
        files._open_indexes.clear()
    elif damage in UNNOTICED_WHILE_OPEN:
        assert len(headlines()) == 2
        return
    with pytest.raises(IndexUnavailable, match=r"manage\.py index_articles"):
        search(ArticleQuery())
    call_command("index_articles", stdout=io.StringIO())
    assert len(headlines()) == 2


@damaged
def test_a_change_to_a_damaged_index_is_not_lost(archive, damage):
    damage()
    make_article("Bridge opened")
    assert headlines("bridge") == ["Bridge opened"]
    assert not compare()


@damaged
def test_commands_bring_a_damaged_index_up_to_date(archive, damage):
    damage()
    files._open_indexes.clear()
    make_article("Bridge opened")
    update_index()
    assert not IndexChange.objects.exists()
    assert not compare()


@damaged
def test_if_stale_builds_a_damaged_index(archive, damage):
    damage()
    files._open_indexes.clear()
    call_command("index_articles", if_stale=True, stdout=io.StringIO())
    assert not compare()


@pytest.mark.django_db
def test_an_empty_archive_has_an_empty_index():
    assert headlines() == []
    assert not compare()


@pytest.mark.django_db
def test_exactly_a_small_archive_is_built_on_the_spot(monkeypatch):
    monkeypatch.setattr("articles.search.SMALL_ARCHIVE", 2)
    make_article("One")
    make_article("Two")
    assert headlines() == ["Two", "One"]
    lose_everything()
    make_article("Three")
    with pytest.raises(IndexUnavailable):
        search(ArticleQuery())


def test_a_generation_removed_at_the_wrong_moment_is_not_damage(archive, monkeypatch):
    """Another process puts a new one in place between a reader's look at the pointer and its opening the files."""
    monkeypatch.setattr("articles.search.SMALL_ARCHIVE", 1)
    old = files.live_generation()
    rebuild()
    answers = iter([old])
    find = files.live_generation
    monkeypatch.setattr(files, "live_generation", lambda: next(answers, None) or find())
    assert files.open_latest().folder == find() != old


def test_a_generation_removed_while_a_reader_looks_for_it_is_not_a_missing_index(archive, monkeypatch):
    old = files.live_generation().name
    rebuild()
    answers = iter([old])
    find = files._live_name
    monkeypatch.setattr(files, "_live_name", lambda: next(answers, None) or find())
    assert files.live_generation() == files.index_folder() / find()


def test_readers_are_served_throughout_a_rebuild(archive):
    old, seen = files.live_generation(), []

    def read(done, total):
        seen.append((headlines(), files.live_generation()))

    rebuild(read)
    assert seen == [(["Strike on the railway", "Flood in the harbour"], old)]
    assert files.live_generation() != old
    assert headlines() == ["Strike on the railway", "Flood in the harbour"]


def test_changes_made_during_a_rebuild_are_in_the_new_index(archive):
    def change(done, total):
        if Article.objects.filter(headline="Bridge opened").exists():
            return
        make_article("Bridge opened")
        Article.objects.filter(headline__startswith="Flood").update(headline="Flood over")
        Article.objects.filter(headline__startswith="Strike").delete()
        assert headlines() == ["Bridge opened", "Flood over"]
        assert not IndexChange.objects.exists()

    rebuild(change)
    assert headlines() == ["Bridge opened", "Flood over"]
    assert not compare()


def test_changes_that_nobody_indexes_during_a_rebuild_are_followed_after_it(archive):
    rebuild(lambda done, total: Article.objects.update(headline="Bridge opened"))
    assert headlines("bridge") == ["Bridge opened", "Bridge opened"]
    assert not IndexChange.objects.exists()
    assert not compare()


def test_a_rebuild_removes_the_generations_before_it(archive):
    rebuild()
    rebuild()
    assert [path.name for path in files.index_folder().glob("g-*")] == [files.live_generation().name]
    assert not journal_path().exists()


def test_the_first_index_is_built_of_each_article_once(db, monkeypatch):
    make_article("Flood in the harbour", about=[make_person()])
    make_article("Strike on the railway")
    with monkeypatch.context() as patch:
        patch.setattr("articles.search.queue.index_ids", lambda *args: pytest.fail("indexed once more"))
        rebuild(lambda done, total: done == 2 or pytest.fail("not all were read"))
    assert not IndexChange.objects.exists()
    assert not compare()


def test_changes_during_the_first_rebuild_are_followed_after_it(db):
    make_article("Flood in the harbour")
    rebuild(lambda done, total: Article.objects.update(headline="Bridge opened"))
    assert headlines("bridge") == ["Bridge opened"]
    assert not compare()


def test_a_second_rebuild_at_the_same_time_is_refused(archive):
    def rebuild_too(done, total):
        with pytest.raises(CommandError, match="Wait until it is done"):
            call_command("index_articles")

    rebuild(rebuild_too)


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(archive):
    old = files.live_generation()

    def fail(done, total):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        rebuild(fail)
    assert files.live_generation() == old
    make_article("Bridge opened")
    assert headlines("bridge") == ["Bridge opened"]
    rebuild()
    assert len(list(files.index_folder().glob("g-*"))) == 1
    assert not compare()


@pytest.mark.parametrize("is_first", [True, False])
def test_a_rebuild_for_which_the_disk_is_too_small_leaves_nothing_on_it(archive, is_first):
    if is_first:
        lose_everything()

    def fail(done, total):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(IndexNotWritten, match="No space left"):
        rebuild(fail)
    left = [] if is_first else [files.live_generation()]
    assert list(files.index_folder().glob("g-*")) == left
    assert not journal_path().exists()
    assert len(headlines()) == 2


def test_a_rebuild_that_fails_after_its_index_is_live_leaves_that(archive, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(OSError, match="gone"):
        patch.setattr(Path, "unlink", lambda path, missing_ok=False: missing_ok or _fail("gone"))
        rebuild()
    assert len(headlines()) == 2
    assert list(files.index_folder().glob("g-*")) == [files.live_generation()]


def _fail(message: str):
    raise OSError(message)


def run(**options) -> str:
    out = io.StringIO()
    call_command("index_articles", stdout=out, **options)
    return out.getvalue()


def test_index_articles_says_how_many(archive):
    assert run() == "2 articles indexed.\n"


def test_if_stale_builds_only_what_is_missing(archive):
    old = files.live_generation()
    assert "0 changed articles" in run(if_stale=True)
    make_article("Bridge opened")
    assert "1 changed articles" in run(if_stale=True)
    assert files.live_generation() == old
    lose_everything()
    assert run(if_stale=True) == "3 articles indexed.\n"


def test_if_stale_builds_anew_after_everything_changed(archive):
    IndexChange.objects.create(kind="everything", object_id=0)
    run(if_stale=True)
    assert not IndexChange.objects.exists()


def test_check_is_content_with_a_good_index(archive):
    make_article("Bridge opened")
    assert run(check=True) == "The index says what the database says.\n"


def test_check_says_that_there_is_no_index(archive):
    lose_everything()
    with pytest.raises(CommandError, match="There is no search index"):
        run(check=True)


def tamper(*, remove=(), add=()):
    writer = files.open_index(files.live_generation()).writer(num_threads=1)
    for pk in remove:
        writer.delete_documents_by_term("id", str(pk))
    for entry in add:
        writer.add_document(as_document(entry))
    writer.commit()
    writer.wait_merging_threads()


def entry_of(article, **values) -> dict:
    (entry,) = entries_for([article.pk])
    return {**entry, **values}


def test_check_finds_an_article_that_is_not_in_the_index(archive):
    article = Article.objects.latest("id")
    tamper(remove=[article.pk])
    with pytest.raises(CommandError, match=f"1 articles are not in the index: {article.pk}\n"):
        run(check=True)


def test_check_finds_a_document_without_an_article(archive):
    tamper(add=[entry_of(Article.objects.latest("id"), pk=[987654], id=["987654"])])
    with pytest.raises(CommandError, match="1 articles are in the index only: 987654\n"):
        run(check=True)


@pytest.mark.parametrize(
    "values", [{"year": [1999]}, {"people": [1, 2]}, {"text_en": ["other"]}, {"newest": [1]}, {"status": ["draft"]}]
)
def test_check_finds_an_article_that_is_different_in_the_index(archive, values):
    article = Article.objects.latest("id")
    entry = entry_of(article, **values)
    tamper(remove=[article.pk], add=[entry])
    with pytest.raises(CommandError, match=f"1 articles are different in the index: {article.pk}\n"):
        run(check=True)


def test_check_finds_an_article_that_is_in_the_index_twice(archive):
    article = Article.objects.latest("id")
    tamper(add=[entry_of(article)])
    with pytest.raises(CommandError, match=f"1 articles are different in the index: {article.pk}\n"):
        run(check=True)


def test_check_compares_articles_beyond_the_first_batch(archive, monkeypatch):
    monkeypatch.setattr("articles.search.rebuilding.BATCH", 1)
    monkeypatch.setattr("articles.search.queue.BATCH", 1)
    assert not compare()
    assert rebuild() == 2
    assert not compare()


def test_the_digest_tells_every_indexed_column_apart(archive):
    article = Article.objects.latest("id")
    changes = {
        "headline": "Other",
        "summary": "Other",
        "body": "Other",
        "status": "draft",
        "language": "fr",
        "published_on": datetime.date(1999, 1, 1),
        "published_at": datetime.datetime(1999, 1, 1, 12, 30, tzinfo=datetime.UTC),
    }
    for column, value in changes.items():
        Article.objects.filter(pk=article.pk).update(**{column: value})
        IndexChange.objects.all().delete()
        assert compare().different == [article.pk], column
        run()


# What follows needs a second process, and a database that both can reach.


class OtherProcess:
    """A long-lived process of the same archive; see other_process.py."""

    def __init__(self, environment: dict) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.other_process"],
            cwd=django_settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def send(self, name, *arguments) -> None:
        self.process.stdin.write(json.dumps([name, *arguments]) + "\n")
        self.process.stdin.flush()

    def receive(self):
        line = self.process.stdout.readline()
        assert line, f"The other process ended: {self.process.wait()}"
        return json.loads(line)

    def ask(self, name, *arguments):
        self.send(name, *arguments)
        return self.receive()

    def asked_to_die(self, name) -> int:
        self.send(name)
        return self.process.wait(timeout=30)


@pytest.fixture
def start(transactional_db, tmp_path):
    """Starts processes that share a database and an index with each other."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": shared_database(tmp_path),
        "NEWSROOM_DATA_DIR": str(tmp_path),
    }
    started = []

    def start_one() -> OtherProcess:
        started.append(OtherProcess(environment))
        return started[-1]

    yield start_one
    for other in started:
        other.process.kill()
        other.process.communicate()


def shared_database(folder) -> str:
    """The address of a database with all tables: on SQLite a copy, as the tests' own is in memory."""
    if connection.vendor == "sqlite":
        path = folder / "shared.sqlite3"
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        return f"sqlite:///{path}"
    database = connection.settings_dict
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    return f"postgres://{database['USER']}{password}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


def test_a_change_made_by_one_process_is_in_the_next_answer_of_another(start):
    editor, reader = start(), start()
    editor.ask("add", "Flood in the harbour")
    assert reader.ask("found", "flood") == ["Flood in the harbour"]
    editor.ask("rename", "Flood in the harbour", "Flood over")
    assert reader.ask("found", "over") == ["Flood over"]
    reader.ask("add", "Bridge opened")
    assert editor.ask("found", "") == ["Bridge opened", "Flood over"]
    editor.ask("add", "Strike called off")
    assert editor.ask("found", "strike") == reader.ask("found", "strike") == ["Strike called off"]


@pytest.mark.parametrize("death", ["die_when_indexed", "die_before_indexing", "die_in_a_rebuild"])
def test_a_process_that_is_killed_loses_nothing(start, death):
    victim, reader = start(), start()
    victim.ask("add", "Flood in the harbour")
    assert reader.ask("found", "") == ["Flood in the harbour"]
    victim.ask("rename", "Flood in the harbour", "Flood over")
    victim.ask("add", "Bridge opened")
    before = reader.ask("pending")
    assert before > 0
    assert victim.asked_to_die(death) == -9
    assert reader.ask("pending") == before
    assert reader.ask("found", "") == ["Bridge opened", "Flood over"]
    assert reader.ask("pending") == 0
    assert reader.ask("differs") is False
    assert start().ask("found", "flood") == ["Flood over"]


def test_a_reader_does_not_wait_long_for_another_process(start, monkeypatch):
    writer, reader = start(), start()
    writer.ask("add", "Flood in the harbour")
    assert reader.ask("found", "") == ["Flood in the harbour"]
    writer.ask("add", "Bridge opened")
    writer.ask("hold_writing_lock", 4)
    began = time.monotonic()
    assert reader.ask("found", "") == ["Flood in the harbour"]
    assert 1.9 < time.monotonic() - began < 3
    assert reader.ask("pending") > 0
    time.sleep(max(0, began + 4.1 - time.monotonic()))
    assert reader.ask("found", "") == ["Bridge opened", "Flood in the harbour"]


def test_a_reader_that_does_not_get_the_lock_says_how_much_is_pending(archive, monkeypatch):
    monkeypatch.setattr("articles.search.READER_PATIENCE", 0.05)
    Article.objects.filter(headline__startswith="Flood").update(headline="Flood over")
    with files.lock("writing"):
        page = search(ArticleQuery(words="over"))
        assert (page.total, page.pending) == (0, 1)
    page = search(ArticleQuery(words="over"))
    assert (page.total, page.pending) == (1, 0)


def test_a_reader_indexes_a_limited_number_of_changes(archive, monkeypatch):
    monkeypatch.setattr("articles.search.READER_LIMIT", 10)
    monkeypatch.setattr("articles.search.queue.BATCH", 5)
    Article.objects.bulk_create(Article(headline="Same", slug=f"same-{number}") for number in range(25))
    assert [search(ArticleQuery()).pending for _ in range(3)] == [15, 5, 0]
    assert catch_up() == 0


def test_readers_never_see_half_an_archive_while_it_is_rebuilt(start):
    builder, reader = start(), start()
    for number in range(20):
        builder.ask("add", f"Article {number}")
    assert len(reader.ask("found", "")) == 20
    builder.send("rebuild_again_and_again", 3)
    assert reader.ask("search_again_and_again", 3) == [20]
    assert builder.receive() > 3


def test_deleting_in_the_index_deletes(db):
    """Deleting by an unsigned number deletes nothing, silently: the id is indexed as text, too."""
    article = make_article()
    search(ArticleQuery())
    tamper(remove=[article.pk])
    assert files.open_latest().index.searcher().num_docs == 0
