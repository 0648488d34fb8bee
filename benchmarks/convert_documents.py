"""Convert documents nobody here wrote to plain text, so that labels can point into them by character offset.

    python benchmarks/convert_documents.py ../shared FOLDER-FOR-TEXTS

Deterministic: PDF text as PDFium gives it, lines put together into paragraphs; HTML as the text of its block elements.
Needs ``pypdfium2`` for PDF files. Each text must have the sha256 that ``labels/manifest.json`` names: another version
of a document, or of PDFium, is reported and left out, because no offset could be trusted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

LABELS = Path(__file__).with_name("labels")
_PAGE_NUMBER = re.compile(r"\s*(?:\d{1,3}|[ivxl]{1,6}|page \d+(?: of \d+)?)\s*", re.IGNORECASE)
_OPENS = re.compile(
    r"\s*(?:[-\u2013\u2022\u25cf\uf0b7]\s|\d+(?:\.\d+)*[.)]?\s|\(?[a-z]{1,4}\)\s|chapter \d)", re.IGNORECASE
)
# A short line that goes on: it ends in a comma or a word that nothing ends with.
_RUNS_ON = re.compile(r"(?:,|\b(?:and|or|of|the|to|in|for|with|by|a|an))$")
_MARK = re.compile(r"\(?(?:\d{1,3}|[a-z]{1,4}|—)\)?[.)]?", re.IGNORECASE)
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "li"})
# Share of a page's longest line below which a line is taken for the last of its paragraph.
_SHORT = 0.75


def main() -> int:
    """Convert what the manifest names; 1 if something had to be left out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("texts", type=Path)
    arguments = parser.parse_args()
    arguments.texts.mkdir(parents=True, exist_ok=True)
    manifest = json.loads((LABELS / "manifest.json").read_text("utf-8"))
    left_out = [name for name in sorted(manifest) if not _write(name, manifest[name], arguments)]
    return 1 if left_out else 0


def _write(name: str, known: dict[str, str], arguments: argparse.Namespace) -> bool:
    path = arguments.shared / known["file"]
    if not path.exists():
        sys.stderr.write(f"{name}: {path} is missing; left out\n")
        return False
    text = convert(path)
    found = hashlib.sha256(text.encode("utf-8")).hexdigest()
    if found != known["sha256"]:
        sys.stderr.write(f"{name}: the text of {path} has sha256 {found}, not {known['sha256']}; left out\n")
        return False
    (arguments.texts / f"{name}.txt").write_bytes(text.encode("utf-8"))
    return True


def convert(path: Path) -> str:
    """Plain text of one file, one paragraph a block, blank lines between; text files as they are."""
    if path.suffix == ".txt":
        return path.read_bytes().decode("utf-8")
    paragraphs = _of_html(path) if path.suffix == ".html" else _of_pdf(path)
    return "\n\n".join(paragraphs) + "\n"


def _of_pdf(path: Path) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(" ".join(lines).split()) for lines in _paragraphs(pages)]


def _paragraphs(pages: Sequence[str]) -> Iterator[list[str]]:
    current: list[str] = []
    short = False
    for line, ends in _lines(pages):
        if current and (_OPENS.match(line) or (short and not line[0].islower())):
            yield current
            current = []
        current.append(line)
        short = ends
    if current:
        yield current


def _lines(pages: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Lines but page numbers, each with whether it is too short for a paragraph to go on after it."""
    for page in pages:
        lines = [line.strip().replace("\ufffe", "-") for line in re.split(r"[\r\n]+", page)]
        kept = [line for line in lines if line and not _PAGE_NUMBER.fullmatch(line)]
        width = max(map(len, kept), default=0)
        yield from ((line, len(line) < _SHORT * width and not _RUNS_ON.search(line)) for line in kept)


def _of_html(path: Path) -> list[str]:
    reader = _Blocks()
    reader.feed(path.read_text("utf-8"))
    joined: list[str] = []
    mark = ""
    for text in reader.found:
        if _MARK.fullmatch(text):
            mark = f"{mark}{text} "
        else:
            joined.append(mark + text)
            mark = ""
    return joined


class _Blocks(HTMLParser):
    """The text of each block element, white space collapsed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False
        self._parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """A block begins: what stood before it is done."""
        if tag in _BLOCKS:
            self._flush()
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        """A block ends."""
        if tag in _BLOCKS:
            self._flush()
            self._inside = False

    def handle_data(self, data: str) -> None:
        """Characters inside a block."""
        if self._inside:
            self._parts.append(data)

    def _flush(self) -> None:
        text = " ".join("".join(self._parts).split())
        if text:
            self.found.append(text)
        self._parts = []


if __name__ == "__main__":
    sys.exit(main())
