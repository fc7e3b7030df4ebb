"""Strange searches without end: no input may be answered with an error of the server.

    .venv/bin/python bench/fuzz_search.py --seconds 300

Asks the archive that DATABASE_URL and NEWSROOM_DATA_DIR name; writes nothing.
"""

import argparse
import random
import sys
import time
from collections import Counter
from urllib.parse import urlencode

import measure  # noqa: F401 - prepares Django

# isort: split
from django.core.management import call_command
from django.test import Client

from articles.search.facets import FACETS

PIECES = [
    *[
        '"',
        "(",
        ")",
        "-",
        "*",
        ":",
        "AND",
        "OR",
        "NOT",
        " ",
        "  ",
        "\t",
        "\n",
        "\0",
        "\\",
        "'",
        "%",
        "_",
        "[",
        "]",
        "{",
    ],
    *["headline:", "person:", "place:", "topic:", "source:", "from:", "to:", "2024", "2024-13", "0000", "9999-12-31"],
    *[
        "war",
        "peace",
        "talks",
        "Zürich",
        "élection",
        "ı",
        "İ",
        "ß",
        "ﬁ",
        "日本",
        "שלום",
        "🙂",
        "\u200f",
        "\ud800",
        "a" * 300,
    ],
]
PARAMETERS = [
    *FACETS,
    *(f"not_{name}" for name in FACETS),
    *(f"{name}_match" for name in FACETS),
    "from",
    "to",
    "sort",
    "page",
]


def make_text(chance: random.Random) -> str:
    pieces = [
        chance.choice(PIECES) if chance.random() < 0.8 else chr(chance.randrange(0x10FFFF))
        for _ in range(chance.randrange(1, 25))
    ]
    return chance.choice(["", " "]).join(pieces)


def make_address(chance: random.Random) -> str:
    parameters = [("q", make_text(chance))] if chance.random() < 0.9 else []
    for _ in range(chance.choice([0, 0, 0, 1, 2, 5])):
        value = chance.choice(
            ["none", "all", "any", "2024", "1", "-1", "2024-02-30", "united-states", make_text(chance)]
        )
        parameters.append((chance.choice(PARAMETERS), value))
    path = "/articles/" if chance.random() < 0.9 else f"/articles/values/{chance.choice(list(FACETS))}/"
    return f"{path}?{urlencode(parameters, errors='surrogatepass')}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, client, answers = random.Random(options.seed), Client(HTTP_HOST="localhost"), Counter()
    call_command("collectstatic", interactive=False, verbosity=0)
    end, slowest = time.monotonic() + options.seconds, (0.0, "")
    while time.monotonic() < end:
        address = make_address(chance)
        begun = time.perf_counter()
        try:
            status = client.get(address).status_code
        except Exception:
            print(f"An error was raised by {address!r}")
            raise
        slowest = max(slowest, (time.perf_counter() - begun, address))
        answers[status] += 1
        if status >= 500:
            sys.exit(f"{status} for {address!r}")
    print(f"{sum(answers.values()):,} searches, no server error: {dict(answers)}")
    print(f"slowest: {slowest[0] * 1000:.0f} ms for {slowest[1][:200]!r}")


if __name__ == "__main__":
    main()
