"""Which encoding a file is in, and its bytes as text. UTF-8 where it can be; nothing is left out: what fits no
encoding shows as U+FFFD."""

import codecs
import io
import re
from collections.abc import Callable, Iterable, Iterator

from .letters import WRITINGS
from .plausibility import most_plausible_encoding

BYTE_ORDER_MARK = "\ufeff"
# Enough to tell the older encodings apart; more would only take time.
_SAMPLE_BYTES = 1_500
_AHEAD_BYTES = 65_536

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    b"\x84\x31\x95\x33": "gb18030",
}
_WIDE = {"utf-32-le": 4, "utf-32-be": 4, "utf-16-le": 2, "utf-16-be": 2}
_DECLARATION = re.compile(rb"<(?:\?xml|meta)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})")
_BEYOND_ASCII = re.compile(rb".?[\x80-\xff].*", re.DOTALL)
# The first bytes of most letters in UTF-16, and rare in any other text.
_CONTROLS = re.compile(rb"[\0-\x09\x0b\x0c\x0e-\x1f]")
_JAPANESE_ESCAPE = re.compile(rb"\x1b\$[@B]")
# Files of these are joined with UTF-8 ones so often that each line is tried as UTF-8 first.
_TRIED_AS_UTF_8 = {"ascii", "utf-8"} | {writing.encoding for writing in WRITINGS if writing.is_latin}


def is_known_encoding(name: str) -> bool:
    """Whether Python knows an encoding of texts by this name."""
    try:
        "a".encode(name)
    except (LookupError, ValueError):
        return False
    return True


def detect_encoding(head: bytes) -> str:
    """The encoding of a file that begins so; "ascii" as long as nothing speaks for any."""
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    if wide := _wide_encoding(head):
        return wide
    if head.isascii():
        return "iso2022_jp_ext" if _JAPANESE_ESCAPE.search(head) else "ascii"
    if _is_mostly_utf_8(head):
        return "utf-8"
    return _declared_encoding(head) or most_plausible_encoding(_sample(head))


def undeclared_encoding(content: bytes) -> str:
    """The encoding of XML that says nothing of it; "" where it does, or where it is UTF-8 or UTF-16, as XML has it."""
    if _declared_encoding(content[:_AHEAD_BYTES]):
        return ""
    encoding = detect_encoding(content)
    return "" if encoding == "ascii" or encoding.startswith("utf") else encoding


class LineDecoder:
    """Decodes the lines of a file one after the other. `ahead` gives the bytes that follow: as long as all was
    ASCII the encoding is open, and they help to find it. An encoding that was insisted on is used for every line."""

    def __init__(self, encoding: str, ahead: Callable[[], bytes], is_insisted: bool = False) -> None:
        self._encoding = encoding
        self._ahead = ahead
        self._is_settled = is_insisted or encoding not in _TRIED_AS_UTF_8

    def __call__(self, line: bytes) -> str:
        if self._is_settled:
            return line.decode(self._encoding, "replace").removeprefix(BYTE_ORDER_MARK)
        try:
            text = line.decode()
        except UnicodeDecodeError:
            return self._decode_other(line)
        if text.isascii():
            return text
        if self._encoding == "ascii":
            self._encoding = "utf-8"
        return text.removeprefix(BYTE_ORDER_MARK)

    def _decode_other(self, line: bytes) -> str:
        if self._encoding == "ascii":
            self._encoding = detect_encoding(line + self._ahead())
            self._is_settled = self._encoding not in _TRIED_AS_UTF_8
        if self._encoding != "utf-8":
            return line.decode(self._encoding, "replace")
        return _decode_damaged_utf_8(line)


def decode_pieces(pieces: Iterable[bytes], encoding: str) -> Iterator[str]:
    """The text of pieces that may end in the middle of a character."""
    mark = BYTE_ORDER_MARK
    decoder = None
    for piece in pieces:
        if encoding == "ascii" and not piece.isascii():
            encoding = detect_encoding(piece)
        if decoder is None and encoding != "ascii":
            decoder = _incremental_decoder(encoding)
        text = decoder.decode(piece) if decoder else piece.decode()
        yield text.removeprefix(mark)
        mark = "" if text else mark
    yield decoder.decode(b"", final=True) if decoder else ""


def decode_head(head: bytes, encoding: str) -> str:
    """The beginning of a file; a character that is cut off at its end is left out."""
    return _incremental_decoder(encoding).decode(head).removeprefix(BYTE_ORDER_MARK)


def ends_lines_with_a_byte(encoding: str) -> bool:
    """Whether the lines can be cut at b"\\n" before decoding them: not so in UTF-16 or EBCDIC."""
    return "\n".encode(encoding) == b"\n"


def decode_document(content: bytes, encoding: str, is_insisted: bool = False) -> str:
    """A whole file, line by line as LineDecoder has it."""
    if not ends_lines_with_a_byte(encoding):
        return content.decode(encoding, "replace").removeprefix(BYTE_ORDER_MARK)
    stream = io.BytesIO(content)
    decode = LineDecoder(encoding, lambda: content[stream.tell() :][:_AHEAD_BYTES], is_insisted)
    return "".join(map(decode, stream))


def _incremental_decoder(encoding: str) -> codecs.IncrementalDecoder:
    if encoding in ("ascii", "utf-8"):
        return codecs.getincrementaldecoder("utf-8")(_WINDOWS_1252)
    return codecs.getincrementaldecoder(encoding)("replace")


def _wide_encoding(head: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: found by the ASCII characters in it, which every kind of file has."""
    if 0 not in head or (len(_CONTROLS.findall(head)) < len(head) / 4 and _is_mostly_utf_8(head)):
        return ""
    shares = {encoding: _share_of_plain_characters(head, encoding) for encoding in _WIDE}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] > 0.02 else ""


def _share_of_plain_characters(head: bytes, encoding: str) -> float:
    """How much of the text is ASCII or Asian punctuation, less what is no character of any text."""
    text = head[: len(head) // _WIDE[encoding] * _WIDE[encoding]].decode(encoding, "replace")
    plain, impossible = re.findall("[\t\n\r -~、。，「」]", text), re.findall("[\0-\x08\ufffd\ufffe]", text)
    return (len(plain) - 10 * len(impossible)) / len(text) if text else 0


def _is_mostly_utf_8(data: bytes, is_whole: bool = False) -> bool:
    """Whether there are more UTF-8 characters than bytes that are none; what is not whole may end inside one."""
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(data, is_whole)
    bad = len(re.findall("[\udc80-\udcff]", text))
    return not bad or bad < len(re.findall("[^\0-\x7f\udc80-\udcff]", text))


def _declared_encoding(head: bytes) -> str:
    """What an XML or HTML file says of itself, if that can be."""
    found = _DECLARATION.search(head[:2_000]) if head.lstrip().startswith(b"<") else None
    name = found[1].decode().lower() if found else ""
    if not is_known_encoding(name) or not ends_lines_with_a_byte(name) or name.startswith("utf"):
        return ""
    return "cp1252" if codecs.lookup(name).name in ("iso8859-1", "ascii") else name


def _sample(head: bytes) -> bytes:
    """The lines that are not UTF-8, each from the letter before its first character beyond ASCII."""
    sample = bytearray()
    for line in head.split(b"\n"):
        if not _is_mostly_utf_8(line, is_whole=True):
            sample += _BEYOND_ASCII.search(line)[0] + b"\n"
        if len(sample) >= _SAMPLE_BYTES:
            break
    return bytes(sample[:_SAMPLE_BYTES])


def _decode_damaged_utf_8(line: bytes) -> str:
    """A line of a UTF-8 file that is not UTF-8: single bad bytes, or altogether Windows-1252."""
    if _is_mostly_utf_8(line, is_whole=True):
        return line.decode(errors=_WINDOWS_1252).removeprefix(BYTE_ORDER_MARK)
    return line.decode("cp1252", "replace")


_WINDOWS_1252 = "newsroom.windows-1252"


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_WINDOWS_1252, _as_windows_1252)
