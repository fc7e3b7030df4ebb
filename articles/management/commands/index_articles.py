from django.core.management.base import BaseCommand, CommandError

from articles.search import IndexBusy, IndexNotWritten, IndexUnavailable, catch_up, rebuild
from articles.search.check import Difference, compare
from articles.search.files import open_latest

from ._progress import progress_bar

SHOWN_IDS = 20


class Command(BaseCommand):
    help = "Build the search index anew beside the live one and put it in its place."

    def add_arguments(self, parser):
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--check", action="store_true", help="compare index and database and say what differs")
        choice.add_argument("--if-stale", action="store_true", help="build only if there is none, else catch up")

    def handle(self, *args, check, if_stale, **options):
        try:
            if check:
                self.check_index()
            elif if_stale:
                self.renew_index()
            else:
                self.rebuild_index()
        except IndexBusy as error:
            raise CommandError(f"{error} Wait until it is done and try again.") from error
        except (IndexUnavailable, IndexNotWritten) as error:
            raise CommandError(str(error)) from error

    def rebuild_index(self):
        with progress_bar("articles") as bar:
            total = rebuild(lambda done, total: _show(bar, done, total))
        self.stdout.write(f"{total} articles indexed.")

    def renew_index(self):
        try:
            open_latest()
            changed = catch_up()
        except IndexUnavailable:
            self.rebuild_index()
        else:
            self.stdout.write(f"The index is there; {changed} changed articles were indexed.")

    def check_index(self):
        catch_up()
        with progress_bar("articles") as bar:
            difference = compare(lambda done, total: _show(bar, done, total))
        if difference:
            raise CommandError(_describe(difference))
        self.stdout.write("The index says what the database says.")


def _show(bar, done: int, total: int) -> None:
    bar.total = total
    bar.update(done - bar.n)


def _describe(difference: Difference) -> str:
    parts = {
        "not in the index": difference.missing,
        "in the index only": difference.surplus,
        "different in the index": difference.different,
    }
    lines = [f"{len(ids)} articles are {what}: {_some(ids)}" for what, ids in parts.items() if ids]
    return "\n".join([*lines, "Build the index anew: manage.py index_articles"])


def _some(ids: list[int]) -> str:
    return ", ".join(map(str, ids[:SHOWN_IDS])) + (", …" if len(ids) > SHOWN_IDS else "")
