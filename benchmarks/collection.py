"""A public test collection in the BEIR layout, cut into passages and sentences as ingest cuts a paper."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from ingest.text.passages import passages
from ingest.text.sentences import Piece, split
from ingest.text.view import view_of


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts by id: queries, passages (``document#n``) and sentences (``document#n.m``), each headed by its title.

    ``judged`` holds for each query the grades of the documents that were judged to be relevant.
    """

    queries: dict[str, str]
    judged: dict[str, dict[str, int]]
    passages: dict[str, str]
    sentences: dict[str, str]

    @property
    def documents(self) -> int:
        """Number of documents."""
        return len({document_of(identifier) for identifier in self.passages})


def document_of(identifier: str) -> str:
    """The document that a passage or a sentence belongs to."""
    return identifier.rpartition("#")[0]


def read(folder: Path, nlp: Language) -> Collection:
    """Read ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/test.tsv``; queries without a judgement are left out."""
    judged = _judged(folder / "qrels" / "test.tsv")
    texts = {row["_id"]: row["text"] for row in _rows(folder / "queries.jsonl")}
    cut = [part for row in _rows(folder / "corpus.jsonl") for part in _parts(row, nlp)]
    return Collection(
        queries={name: texts[name] for name in sorted(judged)},
        judged=judged,
        passages={name: text for name, text in cut if "." not in name.rpartition("#")[2]},
        sentences={name: text for name, text in cut if "." in name.rpartition("#")[2]},
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _judged(path: Path) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if int(row["score"]) > 0:
                grades.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    return grades


def _parts(row: dict[str, str], nlp: Language) -> Iterator[tuple[str, str]]:
    """Passages and sentences of one document. A passage goes by its title and text, a sentence by its text."""
    name, title, text = row["_id"], row["title"], row["text"]
    views = split(view_of(text, [(0, len(text))]), nlp)
    found, homes = passages(text, [Piece("prose", view, 0) for view in views], [name] * len(views), name)
    numbers = {passage.id: passage.ordinal for passage in found}
    for passage in found:
        yield f"{name}#{passage.ordinal}", f"{title}. {passage.text}" if title else passage.text
    for index, view in enumerate(views):
        yield f"{name}#{numbers[homes[index]]}.{index}", view.text
    if not found:
        yield f"{name}#0", title
