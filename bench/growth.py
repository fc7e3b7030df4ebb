"""How size, speed and memory grow: `bench/growth.py /tmp/bench-10k /tmp/bench-100k` prints a Markdown table.

Each data folder holds an archive made by generate_archive.py on SQLite; pages.py measures it in its own process.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

COLUMNS = ("articles", "database", "index", "pages p50", "pages p95", "memory of the process")


def main() -> None:
    options = read_options()
    print(f"| {' | '.join(COLUMNS)} |\n|{'---:|' * len(COLUMNS)}")
    for folder in options.folders:
        figures = measure_archive(folder, options.repeat)
        print(
            f"| {figures['articles']:,} | {figures['database']:,.0f} MB | {figures['index']:,.0f} MB "
            f"| {figures['p50']:.0f} ms | {figures['p95']:.0f} ms | {figures['memory']:,.0f} MB |",
            flush=True,
        )


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="data folders (NEWSROOM_DATA_DIR)")
    parser.add_argument("--repeat", type=int, default=2)
    return parser.parse_args()


def measure_archive(folder: Path, repeat: int) -> dict[str, float]:
    if not (folder / "newsroom.sqlite3").exists():
        sys.exit(f"There is no archive in {folder}. Make one: NEWSROOM_DATA_DIR={folder} bench/generate_archive.py")
    environment = {**os.environ, "NEWSROOM_DATA_DIR": str(folder), "DATABASE_URL": ""}
    command = [sys.executable, str(Path(sys.argv[0]).with_name("pages.py")), "--json", "--repeat", str(repeat)]
    return json.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout)


if __name__ == "__main__":
    main()
