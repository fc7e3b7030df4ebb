"""Who may open which page of the desk, and whose POST changes something: one entry for every address.

A new address needs an entry here, or tests/test_every_admin_address.py fails. Letters stand for roles: v viewer, c
contributor, e editor, a whoever is not logged in. Administrators (s) are tried only where nobody else may do anything.
The rows that are opened belong to somebody else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

from .uploading import OPTIONS

Rows = SimpleNamespace


def nothing(rows: Rows) -> dict:
    return {}


@dataclass(frozen=True)
class May:
    """Who may `open` a page, and whose POST may `change` something.

    `args` and `query` make an address of rows of the archive. `sent` is what is posted to it; without it that is the
    form of the page as an administrator sees it, with some fields `edited`.
    """

    open: str = ""
    change: str = ""
    args: Callable[[Rows], list] = lambda rows: []
    query: Callable[[Rows], dict] = nothing
    sent: Callable[[Rows], dict] | None = None
    edited: Callable[[Rows], dict] = nothing


def row(name: str) -> Callable[[Rows], list]:
    return lambda rows: [getattr(rows, name).pk]


def stock_pages(
    name: str, *, listed="", read="", add="", change="", delete="", history="", new=nothing, edited=nothing
) -> dict[str, May]:
    """The pages that the admin gives to each table."""
    page = name if "_" in name else f"articles_{name}"
    return {
        f"{page}_changelist": May(listed, sent=nothing),
        f"{page}_add": May(add, add, edited=new),
        f"{page}_change": May(read, change, row(name), edited=edited),
        f"{page}_delete": May(delete, delete, row(name), sent=lambda rows: {"post": "yes"}),
        f"{page}_history": May(history, "", row(name)),
    }


def accounts(name: str, **values) -> dict[str, May]:
    return stock_pages(name, listed="s", read="s", add="s", change="s", delete="s", history="s", **values)


def subject_pages(name: str) -> dict[str, May]:
    def two(rows: Rows) -> list[int]:
        return [getattr(rows, name).pk, getattr(rows, f"other_{name}").pk]

    return {
        **stock_pages(
            name,
            listed="vce",
            read="vce",
            add="e",
            change="e",
            delete="e",
            history="ve",
            new=lambda rows: {"name": "Made"},
            edited=lambda rows: {"description": "Seized"},
        ),
        f"articles_{name}_merge": May(
            "e", "e", query=lambda rows: {"ids": two(rows)}, sent=lambda rows: {"ids": two(rows), "into": two(rows)[0]}
        ),
        f"articles_{name}_merges": May("ve"),
        f"articles_{name}_split": May(
            "e", "e", row(name), edited=lambda rows: {"split": "1", "article": rows.article.pk, "new-name": "Made"}
        ),
        **stock_pages(
            f"{name}link", listed="ve", read="ve", change="e", history="ve", edited=lambda rows: {"status": "rejected"}
        ),
    }


PASSWORDS = {"password1": "a long pass phrase", "password2": "a long pass phrase", "usable_password": "true"}


def bulk_change(rows: Rows) -> dict:
    return {"ids": rows.article.pk, "what": "status", "status": "withdrawn"}


ADMIN = {
    "index": May("vce"),
    "login": May("a", sent=nothing),
    "logout": May(sent=nothing),
    "password_change": May("vce", sent=nothing),
    "password_change_done": May("vce"),
    "autocomplete": May(
        "vce", query=lambda rows: {"app_label": "articles", "model_name": "personlink", "field_name": "subject"}
    ),
    "jsi18n": May("vce"),
    "view_on_site": May("vce", args=lambda rows: [rows.content_type.pk, rows.article.pk]),
    "app_list": May("vce", args=lambda rows: ["articles"]),
    **stock_pages(
        "article",
        listed="vce",
        read="ve",
        add="ce",
        change="e",
        delete="e",
        history="ve",
        new=lambda rows: {"headline": "Made"},
        edited=lambda rows: {"summary": "Seized"},
    ),
    "articles_article_step": May("", "e", row("article"), sent=lambda rows: {"_step": "withdrawn"}),
    **subject_pages("person"),
    **subject_pages("place"),
    **subject_pages("topic"),
    **stock_pages(
        "source",
        listed="vce",
        read="vce",
        add="e",
        change="e",
        delete="s",
        history="ve",
        new=lambda rows: {"name": "Made"},
        edited=lambda rows: {"name": "Seized"},
    ),
    **stock_pages("importbatch", listed="ve", read="ve", history="ve"),
    **stock_pages("importproblem", listed="ve", read="ve", history="ve"),
    **stock_pages("occasion", listed="ve", read="ve", history="ve"),
    "articles_occasion_take_back": May("e", "e", row("occasion")),
    "articles_change_revert": May("e", "e", row("change")),
    "articles_review": May("e"),
    "articles_review_decide": May("", "e", sent=lambda rows: {"link": rows.key, "accept": rows.key}),
    "articles_review_decide_selected": May("", "e", sent=lambda rows: {"link": rows.key, "status": "rejected"}),
    "articles_review_decide_all": May(
        "",
        "e",
        query=lambda rows: {"kind": "person", "subject": rows.other_person.pk},
        sent=lambda rows: {"status": "accepted"},
    ),
    "articles_review_undo": May("", "s", sent=lambda rows: {"occasion": rows.decision.pk}),
    "articles_candidates": May("e"),
    "articles_candidates_decide": May("", "e", sent=lambda rows: {"candidate": rows.candidate.pk, "accept": "1"}),
    "articles_candidates_decide_selected": May(
        "", "e", sent=lambda rows: {"candidate": rows.candidate.pk, "status": "rejected"}
    ),
    "articles_candidates_undo": May("", "s", sent=lambda rows: {"occasion": rows.rejection.pk}),
    "articles_candidate": May("e", "e", row("candidate"), edited=lambda rows: {"accept": "1", "new-name": "Made"}),
    "articles_duplicates": May("e"),
    "articles_duplicates_look": May("", "e", sent=nothing),
    "articles_duplicates_decide": May("", "e", sent=lambda rows: {"pair": f"{rows.person.pk}-{rows.other_person.pk}"}),
    "articles_duplicates_undo": May("", "s", sent=lambda rows: {"occasion": rows.told_apart.pk}),
    "articles_bulk_edits": May("e"),
    "articles_bulk_new": May("e", "e", query=bulk_change, sent=bulk_change),
    "articles_bulk_export": May("vce", query=lambda rows: {"ids": rows.article.pk}),
    "articles_bulk_edit": May("e", "", row("bulk_edit"), sent=nothing),
    "articles_bulk_progress": May("e", "", row("bulk_edit"), sent=nothing),
    "articles_bulk_stop": May("", "e", row("bulk_edit"), sent=nothing),
    "articles_bulk_continue": May("", "e", row("broken_off_bulk_edit"), sent=nothing),
    "articles_bulk_undo": May("", "e", row("finished_bulk_edit"), sent=nothing),
    "articles_uploads": May("s", sent=nothing),
    "articles_upload_new": May("s", sent=nothing),
    "articles_upload": May("s", "", row("upload"), sent=nothing),
    "articles_upload_progress": May("s", "", row("upload"), sent=nothing),
    "articles_upload_report": May("s", "", row("upload"), sent=nothing),
    "articles_upload_download": May("s", "", lambda rows: [rows.upload.pk, "csv"], sent=nothing),
    "articles_upload_rehearse": May("", "s", row("upload"), sent=lambda rows: OPTIONS),
    "articles_upload_run": May("", "s", row("upload"), sent=nothing),
    "articles_upload_stop": May("", "s", row("waiting_upload"), sent=nothing),
    "articles_upload_delete": May("s", "s", row("upload"), sent=nothing),
    "articles_import_undo": May("s", "s", row("importbatch"), sent=nothing),
    **accounts(
        "auth_user", new=lambda rows: {"username": "made", **PASSWORDS}, edited=lambda rows: {"first_name": "A"}
    ),
    "auth_user_password_change": May("s", "s", row("auth_user"), edited=lambda rows: PASSWORDS),
    **accounts("auth_group", new=lambda rows: {"name": "Made"}, edited=lambda rows: {"name": "Seized"}),
    **accounts(
        "authtoken_tokenproxy",
        new=lambda rows: {"user": rows.newcomer.pk},
        edited=lambda rows: {"user": rows.newcomer.pk},
    ),
    # Written by the process that does the tasks.
    **stock_pages("django_tasks_database_dbtaskresult", listed="s", read="s", history="s"),
}


@dataclass(frozen=True)
class MayAct:
    """Who may do an action to rows chosen in a list, here to the row that is called so."""

    change: str
    row: str
    sent: Callable[[Rows], dict] = nothing


def delete_selected(name: str, change: str = "e") -> dict[tuple[str, str], MayAct]:
    return {(name, "delete_selected"): MayAct(change, name, sent=lambda rows: {"post": "yes"})}


ACTIONS = {
    **delete_selected("article"),
    **delete_selected("source", "s"),
    ("article", "publish"): MayAct("e", "draft"),
    ("article", "withdraw"): MayAct("e", "article"),
    ("article", "send_to_review"): MayAct("e", "draft"),
    ("article", "return_to_draft"): MayAct("e", "article"),
    # They lead to pages that ask.
    **{("article", f"bulk_{what}"): MayAct("", "article") for what in ("add", "remove", "status", "source")},
    ("article", "export"): MayAct("", "article"),
}
for kind in ("person", "place", "topic"):
    ACTIONS |= {
        **delete_selected(kind),
        # It leads to a page that asks.
        (kind, "merge_selected"): MayAct("", kind),
        (f"{kind}link", "accept"): MayAct("e", f"{kind}link"),
        (f"{kind}link", "reject"): MayAct("e", f"{kind}link"),
    }


@dataclass(frozen=True)
class MayWrite:
    """Who may write by the API, and what is sent by each method. Reading is open to everybody."""

    post: str = ""
    patch: str = ""
    delete: str = ""
    put: str = ""
    args: Callable[[Rows], list] = lambda rows: []
    sent: Callable[[Rows], dict] = nothing


def slugs(*names: str) -> Callable[[Rows], list]:
    return lambda rows: [getattr(rows, name).slug for name in names]


API = {
    "start": MayWrite(),
    "root": MayWrite(),
    "articles": MayWrite(post="ce", sent=lambda rows: {"headline": "Made", "status": "draft"}),
    "article": MayWrite(patch="e", delete="e", args=slugs("article"), sent=lambda rows: {"summary": "Seized"}),
    "sources": MayWrite(sent=lambda rows: {"name": "Made"}),
    "source": MayWrite(args=slugs("source"), sent=lambda rows: {"name": "Seized"}),
    "facets": MayWrite(),
    "facet": MayWrite(args=lambda rows: ["people"]),
    "schema": MayWrite(),
    "reference": MayWrite(),
    "nothing": MayWrite(args=lambda rows: ["nowhere"]),
}
for kind, plural in {"person": "people", "place": "places", "topic": "topics"}.items():
    API |= {
        plural: MayWrite(post="e", sent=lambda rows: {"name": "Made"}),
        kind: MayWrite(patch="e", args=slugs(kind), sent=lambda rows: {"description": "Seized"}),
        f"article_{plural}": MayWrite(
            post="e",
            args=slugs("article"),
            sent=lambda rows, kind=kind: {"subject": getattr(rows, f"third_{kind}").slug},
        ),
        f"article_{kind}": MayWrite(
            patch="e", delete="e", args=slugs("article", f"other_{kind}"), sent=lambda rows: {"status": "rejected"}
        ),
        **dict.fromkeys((f"reconcile_{plural}", f"propose_{plural}", f"preview_{plural}"), MayWrite()),
        **{f"suggest_{plural}_{what}": MayWrite() for what in ("entity", "property", "type")},
    }
