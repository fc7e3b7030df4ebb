from collections.abc import Iterable, Iterator

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict
from tqdm import tqdm

from articles.exports import EXPORT_FORMATS
from articles.exports.articles import ExportedArticle, read_articles
from articles.filters import ArticleFilterSet
from articles.search import IndexNotWritten, IndexUnavailable, all_ids, totals, update_index

from ._output import opened_output
from ._progress import progress_bar


class Command(BaseCommand):
    help = "Write articles to a file: all that are published, or those that the filters of the article list find."

    def add_arguments(self, parser):
        lines = "; ".join(f"{export.name}: {export.use}" for export in EXPORT_FORMATS.values())
        parser.add_argument("--format", choices=EXPORT_FORMATS, required=True, help=lines)
        parser.add_argument("--output", default="-", metavar="FILE", help="default: -, which is standard output")
        parser.add_argument(
            "--query", default="", help="what stands behind the ? in the address of a list: 'places=rafah&q=talks'"
        )
        parser.add_argument("--site", default=_default_site(), help="the address of this archive, for ninjs")

    def handle(self, *args, format, output, query, site, **options):
        asked = read_query(query).article_query()
        try:
            update_index()
            total, ids = totals([asked])[0], all_ids(asked)
        except (IndexUnavailable, IndexNotWritten) as error:
            raise CommandError(str(error)) from error
        with progress_bar("articles", total) as bar, opened_output(output, self.stdout) as write:
            portions = _Counted(read_articles(ids), bar)
            for text in EXPORT_FORMATS[format].write(portions, site.rstrip("/")):
                write(text)
        self.stderr.write(f"{portions.done} articles written.")


class _Counted:
    """Portions, counted while they pass by."""

    def __init__(self, portions: Iterable[list[ExportedArticle]], bar: tqdm) -> None:
        self._portions, self._bar = portions, bar
        self.done = 0

    def __iter__(self) -> Iterator[list[ExportedArticle]]:
        for portion in self._portions:
            yield portion
            self.done += len(portion)
            self._bar.update(len(portion))


def read_query(query: str) -> ArticleFilterSet:
    """Refuses what the pages pass over: a misspelt filter must not give the whole archive."""
    parameters = QueryDict(query.removeprefix("?"))
    filterset = ArticleFilterSet(parameters)
    problems = [
        f"“{name}” is not a parameter of the article list: see docs/searching.md."
        for name in parameters
        if name not in filterset.filters
    ]
    if problems := problems + filterset.problems():
        raise CommandError(" ".join(problems))
    return filterset


def _default_site() -> str:
    """The first host that this installation answers to."""
    hosts = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host.strip(".*")]
    return f"{'https' if settings.HTTPS else 'http'}://{(hosts or ['localhost'])[0]}"
