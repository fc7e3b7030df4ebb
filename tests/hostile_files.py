"""Files made to hurt whoever reads them. Each stands in a folder beside an ordinary one."""

import gzip
import io
import lzma
import os
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

GOOD = b'{"headline": "An ordinary article"}\n'
SECRET = "The secret that nobody may read"
# Sparse files: they take no room on the disk.
HUGE = 2_000_000_000
OUTSIDE = "/tmp/escaped.jsonl"  # noqa: S108 - nothing is written there


def write_hostile_files(folder: Path, secret: Path) -> None:
    """`secret` is a file outside of the folder that must not be read."""
    folder.mkdir()
    secret.write_text(f'{{"headline": "{SECRET}"}}\n')
    for name, content in _small_files(secret).items():
        (folder / name).write_bytes(content)
    for name, beginning in _BEGINNINGS.items():
        (folder / name).write_bytes(beginning)
        os.truncate(folder / name, HUGE)
    (folder / "link.jsonl").symlink_to(secret)
    _write_huge_tar(folder / "huge.tar")
    (folder / "z_good.jsonl").write_bytes(GOOD)


_BEGINNINGS = {
    "line.jsonl": b'{"headline": "An endless line',
    "line.csv": b'title,text\nOne,"An endless cell',
    "line.json": b'[{"headline": "One"}, {"headline": "An endless text',
    "line.txt": b" date 2024-03-21 An endless line",
    "line_utf16.txt": b"\xff\xfe" + " date 2024-03-21 An endless line".encode("utf-16-le"),
    "line.xml": b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>Endless',
    "line.html": b"<!DOCTYPE html><html><body><p>Endless",
    "line.md": b"---\ntitle: Endless\n---\nEndless",
}


def _small_files(secret: Path) -> dict[str, bytes]:
    deep, fields = "[" * 500_000, ", ".join(f'"{number}": 1' for number in range(100_000))
    long_lines = b'{"headline": "Long", "body": "' + b"x" * 1_000_000 + b'"}\n'
    return {
        "laughs.xml": _laughs().encode(),
        "external.xml": _feed(f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>', "&x;").encode(),
        "parameter.xml": _feed(f'<!DOCTYPE rss [<!ENTITY % x SYSTEM "file://{secret}"> %x;]>', "One").encode(),
        "bomb.zip": zip_of({"bomb.jsonl": bytes(150_000_000), "good.jsonl": GOOD}),
        "bomb.jsonl.gz": gzip.compress(long_lines * 150),
        "nested.zip": _nested(5),
        "greedy.jsonl.xz": _greedy_xz(),
        "traversal.zip": zip_of({"../../escaped.jsonl": GOOD, OUTSIDE: GOOD, "..\\escaped.jsonl": GOOD}),
        "traversal.tar": _tar_with_links(secret),
        "columns.csv": b"," * 5_000_000 + b"\n1,2\n",
        "cells.csv": b"title,text\n" + b"," * 5_000_000 + b"\nOne,a\n",
        "deep.jsonl": f'{{"headline": {deep}\n'.encode() + GOOD,
        "deep.json": f'[{{"headline": "One"}}, {deep}'.encode(),
        "fields.jsonl": f"{{{fields}}}\n".encode() + GOOD,
        "keys.jsonl": "".join(f'{{"headline": "{n}", "key{n}": 1}}\n' for n in range(2_000)).encode(),
        "nul.jsonl": b'{"headline": "A\\u0000B\x01"}\n{"headline": "A\\u0000B", "body": "\\u0000"}\n',
        "nul.csv": b"title,text\nA\0B,\0\n",
        "nul.txt": b" date 2024-03-21 A\0B.\n",
        "surrogates.jsonl": b'{"headline": "A\\ud800B", "people": ["\\udfff Li"], "url": "https://example.org/\\ud800"}\n',
        "surrogates.csv": b"title,text\nA\xed\xa0\x80B,a\n",
        "years.jsonl": b"".join(b'{"headline": "x", "published_on": "%s"}\n' % year for year in _YEARS),
        "years.csv": b"title,date\n" + b"".join(b"x,%s\n" % year for year in _YEARS),
        "years.txt": b"".join(b" date %s Text.\n\n" % year for year in _YEARS),
        "zones.jsonl": b'{"headline": "x", "published_at": "2024-03-21T18:30:00+99:99"}\n'
        b'{"headline": "x", "published_at": "1400-01-01T00:00:00+23:59"}\n',
    }


_YEARS = (b"0000-01-01", b"0001-01-01", b"99999-01-01", b"10000-01-01", b"2024-13-45")


def zip_of(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _feed(doctype: str, title: str) -> str:
    return (
        f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><item><title>{title}</title></item></channel></rss>'
    )


def _laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return _feed(f'<!DOCTYPE rss [<!ENTITY l0 "haha">{entities}]>', "&l11;")


def _nested(depth: int) -> bytes:
    data = GOOD
    for _ in range(depth):
        data = zip_of({"good.jsonl": data})
    return data


def _greedy_xz() -> bytes:
    """It asks for a dictionary of 1.5 GB: one byte in the header of the block, which ends with a checksum."""
    data = bytearray(lzma.compress(GOOD))
    data[data.index(b"\x21\x01") + 2] = 37
    end = 12 + (data[12] + 1) * 4 - 4
    struct.pack_into("<L", data, end, zlib.crc32(data[12:end]))
    return bytes(data)


def _tar_with_links(secret: Path) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for type in (tarfile.SYMTYPE, tarfile.LNKTYPE):
            link = tarfile.TarInfo("link.jsonl")
            link.type, link.linkname = type, str(secret)
            archive.addfile(link)
        for name in ("../../escaped.jsonl", OUTSIDE):
            info = tarfile.TarInfo(name)
            info.size = len(GOOD)
            archive.addfile(info, io.BytesIO(GOOD))
    return buffer.getvalue()


def _write_huge_tar(path: Path) -> None:
    """A member of 2 GB without a single line end, and an ordinary one behind it."""
    huge, good = tarfile.TarInfo("huge.jsonl"), tarfile.TarInfo("good.jsonl")
    huge.size, good.size = HUGE, len(GOOD)
    with path.open("wb") as file:
        file.write(huge.tobuf() + b'{"headline": "Endless')
        file.seek(512 + HUGE // 512 * 512 + (512 if HUGE % 512 else 0))
        file.write(good.tobuf() + GOOD.ljust(512, b"\0") + bytes(1024))
