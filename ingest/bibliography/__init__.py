"""What files beside a paper say of it: sidecars (``paper.yaml``, ``.json``, ``.bib``, ``.ris``) and manifests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.bibliography import checking, manifest
from ingest.bibliography.formats import NAMES, PARSERS
from ingest.bibliography.reading import text_of
from ingest.bibliography.written import BrokenError
from kg.identifiers import sha256
from kg.records import Fact, Source

__all__ = ["Given", "beside"]


@dataclass(frozen=True, slots=True)
class Given:
    """Facts about one paper, most trusted first, and notes on what could not be taken, each with file and line."""

    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """What the records of the paper depend on: it changes when something is said otherwise; empty for nothing."""
        said = [[fact.field, fact.value, fact.place] for fact in self.facts]
        return sha256(json.dumps(said).encode()) if said else ""

    def onto(self, source: Source) -> Source:
        """The source with what is known about it from beside it."""
        return replace(source, given=self.facts, notes=source.notes + self.notes)


def beside(path: Path) -> Given:
    """What stands beside the file ``path``. Never fails: a broken file is told in a note, and the others are used."""
    facts: list[Fact] = []
    notes: list[str] = []
    for sidecar in _sidecars(path):
        facts += _of_sidecar(sidecar, notes)
    facts += _of_manifest(path, notes)
    best = {fact.field: fact for fact in reversed(facts)}
    return Given(tuple(fact for fact in facts if best[fact.field] is fact), tuple(notes))


def _sidecars(path: Path) -> Iterator[Path]:
    """Files named after the whole name (``paper.pdf.yaml``), then after its stem (``paper.yaml``)."""
    for stem in (path.name, path.stem):
        for ending in PARSERS:
            candidate = path.with_name(stem + ending)
            if candidate != path and candidate.name not in manifest.NAMES and candidate.is_file():
                yield candidate


def _of_sidecar(path: Path, notes: list[str]) -> list[Fact]:
    ending = path.suffix.replace(".yml", ".yaml")
    try:
        written = PARSERS[ending](text_of(path))
    except BrokenError as error:
        notes.append(_told(path, error))
        return []
    return list(checking.facts(written, NAMES[ending], path.name, notes, strict=ending == ".yaml"))


def _of_manifest(path: Path, notes: list[str]) -> list[Fact]:
    facts: list[Fact] = []
    for name in manifest.NAMES:
        place = path.with_name(name)
        if place.is_file():
            try:
                written = [one for one in manifest.entry(place, path.name) if one.name not in manifest.OF_THE_FILE]
            except BrokenError as error:
                notes.append(_told(place, error))
                continue
            found = checking.facts(written, NAMES[".yaml"], name, notes, strict=True)
            # Without the line: an entry that moves because of another one says nothing new.
            facts += [replace(fact, place=name) for fact in found]
    return facts


def _told(path: Path, error: BrokenError) -> str:
    where = f"{path.name}, line {error.line}" if error.line else path.name
    return f"{where}: {error}. Nothing of this file is used: correct it and ingest again"
