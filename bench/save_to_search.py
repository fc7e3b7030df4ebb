"""From an editor's save to the first search in another process that finds it.

This process saves an article with a word that was never there; the other one searches for it over and over. Both
read the same clock. The article is made for this and deleted at the end.
"""

import argparse
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection

import measure

# isort: split
from articles.models import Article
from articles.search import ArticleQuery, search

# Between two searches of the reader: it shall not keep the writer from the processor.
PAUSE = 0.001
PATIENCE = 30.0


def main() -> None:
    options = read_options()
    ours, theirs = get_context("spawn").Pipe()
    reader = get_context("spawn").Process(target=read_until_found, args=(theirs,), daemon=True)
    reader.start()
    article = Article.objects.create(headline="An article for measuring", body="It is saved again and again.")
    try:
        saved, visible = [], []
        for number in range(options.saves + 1):
            save_time, visible_time = save_and_wait(article, f"zebrastripe{number}x", ours)
            saved.append(save_time)
            visible.append(visible_time)
        print(f"{Article.objects.count():,} articles, {options.saves} saves")
        print(f"save returns         {measure.summary(saved[1:])}")  # the first one is for warming up
        print(f"found by the reader  {measure.summary(visible[1:])}   counted from before the save")
    finally:
        article.delete()
        reader.terminate()


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=100)
    return parser.parse_args()


def save_and_wait(article: Article, word: str, pipe: Connection) -> tuple[float, float]:
    """Milliseconds until the save returned, and until the reader found the article."""
    pipe.send(word)
    pipe.recv()  # the reader has looked for it once, in vain
    article.headline = f"Measuring {word}"
    start = time.monotonic()
    article.save()
    saved = time.monotonic()
    if not pipe.poll(PATIENCE):
        raise RuntimeError(f"The reader did not find {word} within {PATIENCE:.0f} seconds.")
    return (saved - start) * 1000, (pipe.recv() - start) * 1000


def read_until_found(pipe: Connection) -> None:
    """For each word that comes: say that the search goes on, then at what time it was found."""
    while True:
        query = ArticleQuery(words=pipe.recv())
        if search(query).total:
            raise RuntimeError("The word was there before it was saved.")
        pipe.send("searching")
        while not search(query).total:
            time.sleep(PAUSE)
        pipe.send(time.monotonic())


if __name__ == "__main__":
    main()
