"""What the pages say to machines: schema.org as JSON-LD. Plain dictionaries, made from rows that are fetched already.

`absolute` turns a path into an address with the host in front: `request.build_absolute_uri`.
"""

from .article import news_article
from .lists import breadcrumbs, collection_page
from .script import as_script
from .subject import described_subject
from .website import website_with_search

__all__ = [
    "as_script",
    "breadcrumbs",
    "collection_page",
    "described_subject",
    "news_article",
    "website_with_search",
]
