"""References of the five papers: entries found against those counted by hand, facts found, and how alike works are.

Needs the optional folder ../shared/papers. ``python -m benchmarks.references [FILE…]`` prints what was read from each
entry, so that it can be judged beside the paper, then counts, then the most alike pairs of different entries, from
which ``kg.citing.ALIKE`` was chosen. Other files have no counts by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import spacy

from ingest.readers import read
from ingest.references import collect
from ingest.text.layout import lay_out
from kg.citing import ALIKE, likeness, title_words
from kg.records import Reference
from kg.settings import Settings

PAPERS = Path("../shared/papers")
# Entries in each paper's list, counted by hand; the text of the first paper breaks off in its last entry.
BY_HAND = {"000": 10, "001": 8, "002": 9, "003": 7, "004": 5}
# Pairs of entries that mean one work in two translations, by paper and mark.
SAME = {
    frozenset({("000", "[3]"), ("001", "[4]")}),
    frozenset({("000", "[3]"), ("002", "[4]")}),
    frozenset({("001", "[4]"), ("002", "[4]")}),
    frozenset({("002", "[9]"), ("003", "[1]")}),
}
SHOWN = 8


def main(files: Sequence[str]) -> None:
    """Print entries, counts and the most alike pairs."""
    paths = [Path(name) for name in files] or sorted(PAPERS.glob("*.txt"))
    if not paths:
        sys.exit(f"needs {PAPERS} or files")
    found = {path: _references(path) for path in paths}
    for path, references in found.items():
        for reference in references:
            print("\t".join((path.name[:3], *map(_shown, _facts(reference)))))
    for path, references in found.items():
        print(_counts(path, references))
    _pairs([(path.name[:3], reference) for path, references in found.items() for reference in references])


def _references(path: Path) -> tuple[Reference, ...]:
    source = read(path, Settings().max_file_bytes)
    return collect(lay_out(source, spacy.load(Settings().spacy_model)), source.text)


def _facts(reference: Reference) -> tuple[object, ...]:
    authors = "; ".join(reference.authors)
    return reference.mark, authors, reference.year, reference.title, reference.venue, reference.doi, reference.url


def _shown(fact: object) -> str:
    return "–" if fact in (None, "") else str(fact)


def _counts(path: Path, references: Sequence[Reference]) -> str:
    by_hand = BY_HAND.get(path.name[:3], "?")
    known = {
        name: sum(bool(getattr(reference, name)) for reference in references)
        for name in ("authors", "year", "title", "venue", "doi")
    }
    return f"{path.name}: {len(references)} entries ({by_hand} by hand), " + ", ".join(
        f"{count} with {name}" for name, count in known.items()
    )


def _pairs(entries: Sequence[tuple[str, Reference]]) -> None:
    alike = []
    for (left, one), (right, other) in combinations(entries, 2):
        same = frozenset({(left, one.mark), (right, other.mark)}) in SAME
        score = likeness(title_words(one.title or ""), title_words(other.title or ""))
        alike.append((score, "same work" if same else "different", f"{left} {one.mark}", f"{right} {other.mark}"))
    alike.sort(reverse=True)
    print(f"{len(alike)} pairs, the most alike (titles alone; a match needs {ALIKE} and an author):")
    for score, *rest in alike[:SHOWN]:
        print(f"  {score:.2f}", *rest)


if __name__ == "__main__":
    main(sys.argv[1:])
