# SPDX-License-Identifier: Apache-2.0
"""A text file as UTF-8, with its encoding found and what was guessed noted."""

import codecs
from dataclasses import dataclass
from pathlib import Path

import charset_normalizer

from foss_audit.errors import UnreadableFile
from foss_audit.messages import Message, message
from foss_audit.model import Source
from foss_audit.readers.interface import Limits
from foss_audit.readers.scripts import likeliest

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_SEARCHED = 64 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"utf-8-sig": "utf-8"}


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file whose text is valid UTF-8 without a mark and without NUL characters."""

    data: bytes | Path
    """The text, or the file itself where it is fit as it is."""
    encoding: str
    """As the file has it."""
    lines: int
    notes: tuple[Message, ...] = ()

    def content(self) -> bytes:
        """All of it."""
        return self.data if isinstance(self.data, bytes) else self.data.read_bytes()

    def sample(self) -> str:
        """The first lines, whole ones as far as there are."""
        if isinstance(self.data, bytes):
            head = self.data[:_SAMPLE]
        else:
            with self.data.open("rb") as opened:
                head = opened.read(_SAMPLE)
        text = head.decode("utf-8-sig", errors="ignore")
        cut = max(text.rfind("\n"), text.rfind("\r"))
        return text if len(head) < _SAMPLE or cut < 0 else text[: cut + 1]


def read_text_file(path: Path, file: str, limits: Limits) -> TextFile:
    """A text file of any encoding. Raises UnreadableFile where it is beyond the limit or no text."""
    if path.stat().st_size > limits.file_bytes:
        raise UnreadableFile(message("The file is larger than {limit} bytes; split it.", limit=limits.file_bytes), Source(file))
    head = _head(path)
    marked = next((encoding for mark, encoding in _BOMS if head.startswith(mark)), None) or _wide_without_mark(head)
    if marked is None or marked == "utf-8-sig":
        lines, has_nul = _scan(path)
        if lines is not None:
            encoding = marked or "utf-8"
            if not has_nul:
                return TextFile(path, encoding, lines)
            return TextFile(path.read_bytes().replace(b"\0", b""), encoding, lines, (_nul_note(),))
    return _recoded(path.read_bytes(), marked, file)


def _recoded(content: bytes, marked: str | None, file: str) -> TextFile:
    encoding, how = (marked, None) if marked and marked != "utf-8-sig" else _guess(content)
    text = content.decode(encoding, errors="replace").removeprefix("\ufeff")
    notes = [] if how is None else [how]
    if "\0" in text:
        if text.count("\0") * 5 > len(text):
            raise UnreadableFile(message("The file is no text; export the inventory as XLSX or CSV."), Source(file))
        text = text.replace("\0", "")
        notes.append(_nul_note())
    return TextFile(text.encode("utf-8", errors="replace"), _NAMES.get(encoding, encoding), text.count("\n") + 1, tuple(notes))


def _guess(content: bytes) -> tuple[str, Message | None]:
    """The likeliest encoding of bytes that are not UTF-8, and the note that it is a guess."""
    broken = content.decode("utf-8", errors="replace")
    wrong = broken.count("\ufffd")
    right = sum(character > "\x7f" for character in broken[:1_000_000]) - wrong
    if right > wrong * 3:
        return "utf-8-sig", message("Some characters were damaged and are shown as \ufffd; export the file again as UTF-8.")
    # Only lines that are not all ASCII tell of an encoding.
    telling = b"\n".join(line for line in content[:_SEARCHED].splitlines() if not line.isascii())[: 4 * _SAMPLE]
    best = charset_normalizer.from_bytes(telling).best()
    # Western files look alike to statistics; offices here write them as Windows-1252.
    encoding = likeliest(telling, "cp1252" if best is None else best.encoding) or "cp1252"
    return encoding, message(
        "The encoding was guessed as {encoding}; where names look wrong, export the file again as UTF-8.", encoding=encoding
    )


def _wide_without_mark(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    if len(head) < 4:
        return None
    pairs = len(head) // 2
    if head[1::2].count(0) > pairs * 0.6 and head[::2].count(0) < pairs * 0.1:
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > pairs * 0.6 and head[1::2].count(0) < pairs * 0.1 else None


def _scan(path: Path) -> tuple[int | None, bool]:
    """The number of lines, or None where the file is not UTF-8; and whether it holds NUL characters."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 1
    has_nul = False
    with path.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return None, False
            lines += max(chunk.count(b"\n"), chunk.count(b"\r"))
            has_nul = has_nul or b"\0" in chunk
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None, False
    return lines, has_nul


def _nul_note() -> Message:
    return message("NUL characters were taken out; the file may have been damaged when it was copied.")


def _head(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(_SAMPLE)
