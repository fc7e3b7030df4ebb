"""How fast many articles are changed in bulk, and taken back.

Links up to `--articles` articles of the archive to a topic that is made for this, and undoes it; then the same with
another status. Everything is as before at the end, but for the history.
"""

import argparse
import time
from collections.abc import Callable

import measure

# isort: split
from django.contrib.auth.models import User

from articles.editing.bulk_changes import change_of
from articles.editing.bulk_edits import carry_out
from articles.editing.bulk_preview import preview
from articles.editing.bulk_undo import ask_for_undo, take_back_bulk_edit
from articles.editing.selections import MatchedArticles
from articles.models import Article, BulkEdit, Topic


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    options = parser.parse_args()
    last = max(Article.objects.order_by("pk").values_list("pk", flat=True)[: options.articles])
    articles = MatchedArticles(Article.objects.all(), last)
    user, topic = User.objects.create(username="measuring"), Topic.objects.create(name="A topic for measuring")
    try:
        run("link to a topic", user, articles, "add", {"kind": "topic", "subject": topic.pk})
        run("withdraw", user, articles, "status", {"status": "withdrawn"})
    finally:
        BulkEdit.objects.filter(asked_by=user).delete()
        topic.delete()
        user.delete()


def run(name: str, user: User, articles: MatchedArticles, what: str, values: dict) -> None:
    times = [measure.milliseconds(lambda: preview(articles, change_of(what, values))) for _time in range(10)]
    print(f"{name}: preview    {measure.summary(times)}")
    edit = BulkEdit.objects.create(what=what, values=values, asked_by=user)
    report(f"{name}: do it", edit, lambda: carry_out(edit, articles))
    ask_for_undo(edit, user)
    report(f"{name}: undo", edit, lambda: take_back_bulk_edit(edit))
    if edit.state != BulkEdit.State.UNDONE or edit.said:
        raise RuntimeError(f"It was not undone: {edit.state}. {edit.said}")


def report(name: str, edit: BulkEdit, work: Callable[[], None]) -> None:
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    print(f"{name:24} {edit.done:9,} in {seconds:7.1f} s   {edit.done / seconds:8,.0f}/s, with the index", flush=True)


if __name__ == "__main__":
    main()
