import datetime

from articles.models import Article
from articles.search import ArticleQuery, search
from articles.sharing.moments import moment_of_publication

# What Google takes: the articles of two days, and no more than this.
HOURS, MOST = 48, 1_000


def fetch_news(now: datetime.datetime) -> list[Article]:
    """The articles published in the last 48 hours, newest first."""
    earliest = now - datetime.timedelta(hours=HOURS)
    # A day is that of the place where the article appeared, up to a day before or after the day in UTC.
    first, last = (moment.date() + datetime.timedelta(days) for moment, days in ((earliest, -1), (now, 1)))
    page = search(ArticleQuery(first_day=first, last_day=last), limit=MOST)
    found = Article.objects.published().for_list().in_order(page.ids)
    return [each for each in found if moment_of_publication(each.published_on, each.published_at) >= earliest]
