"""What a bulk edit would do, before it does anything."""

from collections import Counter
from dataclasses import dataclass

from articles.models import Article

from .bulk_changes import BulkChange, changing
from .bulk_links import KEPT_REJECTED
from .selections import Selection
from .verdicts import Verdict

# So many articles are judged in some 100 ms.
LOOKED_AT = 5_000
EXAMPLES = 20


@dataclass(frozen=True)
class Preview:
    """Numbers are exact if `is_all`; else they are those among the newest articles, and there are more.

    `verdicts` has each with its number, the most frequent first; `examples` are the first articles that would change.
    """

    total: int
    is_all: bool
    verdicts: list[tuple[Verdict, int]]
    examples: list[tuple[Article, Verdict]]

    @property
    def changing(self) -> int:
        return sum(number for verdict, number in self.verdicts if verdict.changes)

    @property
    def staying(self) -> int:
        return self.total - self.changing

    @property
    def rejected(self) -> int:
        """How many stay because somebody has rejected the link."""
        return dict(self.verdicts).get(KEPT_REJECTED, 0)


def preview(articles: Selection, change: BulkChange) -> Preview:
    """Looks at up to LOOKED_AT articles. Raises IndexUnavailable."""
    newest = articles.newest(LOOKED_AT)
    judged = change.judge(newest.ids)
    would_change = set(changing(judged))
    shown = [id for id in newest.ids if id in would_change][:EXAMPLES]
    rows = Article.objects.only("headline", "published_on").in_order(shown)
    return Preview(
        total=len(judged),
        is_all=newest.is_all,
        verdicts=Counter(judged.values()).most_common(),
        examples=[(article, judged[article.pk]) for article in rows],
    )
