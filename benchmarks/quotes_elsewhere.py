"""Are quotes of a document in its file, when another program than our reader takes the text out?

    python benchmarks/quotes_elsewhere.py DATA FILE [--count N] [--seed N]

Takes sentences of prose, table rows and statements of the document that DATA holds under the name of FILE, ``--count``
of them chosen with a fixed seed, checks that ``text[start:end]`` is the quote, and looks for the quote in what an
independent path says: HTML through the parser of Python's standard library (ours is libxml2), Word through
``python-docx``. Letters and digits are compared, in order, without case: white space, list marks and brackets differ
between programs, and only some print the mark of a note in a sentence. Prints what was not found and how many were.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from kg.records import DocumentRecords
from kg.snapshot import open_snapshot

_NOTE = re.compile(r"\[\w{1,3}\]")
_NEITHER = re.compile(r"[\W_]+")


class _PageText(HTMLParser):
    """The text of a page's body without its scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Stop listening inside what a page does not show."""
        self._silent += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        """Listen again after it."""
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if not self._silent:
            self.parts.append(data)


def elsewhere(file: Path) -> str:
    """The text of a file by an independent path, as letters and digits. ValueError for other formats."""
    if file.suffix.lower() in {".html", ".htm", ".xhtml"}:
        page = _PageText()
        page.feed(file.read_bytes().decode("utf-8", "replace"))
        return bare("".join(page.parts))
    if file.suffix.lower() == ".docx":
        return bare("".join(_word(file)))
    raise ValueError(f"no independent path for {file.suffix}")


def _word(file: Path) -> Iterator[str]:
    import docx  # type: ignore[import-not-found,unused-ignore]

    for block in docx.Document(str(file)).iter_inner_content():
        if hasattr(block, "rows"):
            yield from (cell.text for row in block.rows for cell in row.cells)
        else:
            yield block.text


def bare(text: str) -> str:
    """Letters and digits alone, without case."""
    return _NEITHER.sub("", text).casefold()


def quotes(records: DocumentRecords) -> list[tuple[int, int]]:
    """The places of all that a citation may quote: sentences but bibliographic lines, and statements."""
    kinds = {"prose", "caption", "table"}
    places = {(one.start, one.end) for one in records.sentences if one.kind in kinds}
    return sorted(places | {(one.start, one.end) for one in records.statements})


def main() -> None:
    """Look for a sample of quotes and print how many were found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    documents = open_snapshot(given.data).documents.values()
    records = next(one for one in documents if one.document.source == given.file.name)
    places = quotes(records)
    sample = random.Random(given.seed).sample(places, min(given.count, len(places)))
    there = elsewhere(given.file)
    texts = [records.text[start:end] for start, end in sorted(sample)]
    missing = [text for text in texts if bare(text) not in there and bare(_NOTE.sub("", text)) not in there]
    for quote in missing:
        print(f"not found: {quote!r}")
    print(f"{len(sample) - len(missing)} of {len(sample)} quotes found, of {len(places)} that {given.file.name} gives")


if __name__ == "__main__":
    main()
