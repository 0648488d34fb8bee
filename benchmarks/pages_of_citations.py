"""Whether a citation's quote stands on the page it names, as another program (poppler's ``pdftotext``) reads that page.

``python -m benchmarks.pages_of_citations DATA FOLDER [NAME …]`` takes from the live snapshot in DATA every document
whose PDF file lies in FOLDER (or those named), and draws 50 of its statements and passages, the same at every run.
Each is looked for on its page; a quote that goes on to the next page in parts, each on its own. Page numbers, notes and
tables between its lines are no part of it. Compared are letters and figures alone, compatibility forms resolved, since
two programs differ in blanks, hyphens and ligatures; and the page is read in both orders that ``pdftotext`` knows
(that of columns, and ``-layout``), since one takes list marks and cells out of their lines. As a control, each quote is
looked for on the page after, too: what is found there shows how often a wrong page would have gone unnoticed.
"""

from __future__ import annotations

import random
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from kg.places import boxes_of, page_at
from kg.records import DocumentRecords
from kg.snapshot import open_snapshot

COUNT = 50
SEED = 1


def main(arguments: Sequence[str]) -> int:
    """Print found of sampled for each document and what was missed; 1 where anything was."""
    if len(arguments) < 2:
        print(__doc__)
        return 2
    data, folder, names = Path(arguments[0]), Path(arguments[1]), arguments[2:]
    documents = open_snapshot(data).documents.values()
    missed_any = False
    for records in sorted(documents, key=lambda each: each.document.source):
        file = folder / records.document.source
        if not records.pages or not file.is_file() or (names and file.name not in names):
            continue
        for kind, places in _kinds(records):
            sample = random.Random(SEED).sample(places, min(COUNT, len(places)))
            missed = [place for place in sample if not _stands(records, file, *place)]
            wrong = sum(_stands(records, file, *place, shift=1) for place in sample)
            found = f"{len(sample) - len(missed)}/{len(sample)} of {len(places)} found"
            print(f"{file.name}: {kind}: {found}, on the page after {wrong}")
            for start, end in missed:
                print(f"  page {page_at(records.pages, start)}, {start}:{end}: {records.text[start:end]!r:.200}")
            missed_any = missed_any or bool(missed)
    return int(missed_any)


def _kinds(records: DocumentRecords) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """What is cited: statements and passages together, and each by itself."""
    statements = sorted({(record.start, record.end) for record in records.statements})
    passages = sorted({(record.start, record.end) for record in records.passages})
    yield "statements and passages", sorted({*statements, *passages})
    yield "statements", statements
    yield "passages", passages


def _stands(records: DocumentRecords, file: Path, start: int, end: int, shift: int = 0) -> bool:
    """Whether each part of a quote is on its page, and the first on the page that the citation names."""
    boxes = boxes_of(records, start, end)
    pages = sorted({box.page for box in boxes})
    parts = {page: "".join(records.text[box.start : box.end] for box in boxes if box.page == page) for page in pages}
    if not pages or pages[0] != page_at(records.pages, start) or pages[-1] + shift > len(records.pages):
        return False
    return all(any(_bare(parts[page]) in read for read in _page(file, page + shift)) for page in pages)


@cache
def _page(file: Path, number: int) -> tuple[str, ...]:
    """A page as read in both orders."""
    command = ["pdftotext", "-f", str(number), "-l", str(number)]
    orders = ([*command, str(file), "-"], [*command, "-layout", str(file), "-"])
    return tuple(_bare(subprocess.run(each, check=True, capture_output=True).stdout.decode()) for each in orders)


def _bare(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
