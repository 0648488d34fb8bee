"""The check of one sentence against what it cites."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search_api.service import Service
from search_api.wording.checking import Checker, Source
from search_api.wording.names import places_of
from search_api.wording.quantities import missing, quantities
from search_api.wording.sentences import Cutter

TEXT = (
    "The port of Callao in Peru should lend 12 cold stores to fishermen, "
    "which would save 7 percent of a 1.5 million sol catch."
)
SENTENCES = Path(__file__).resolve().parents[3] / "benchmarks" / "worded_sentences.jsonl"


@pytest.fixture(scope="module")
def checker(service: Service) -> Checker:
    return Checker(lambda text: places_of(service.lexicon, text), service.embedder.embed)


@pytest.mark.parametrize(
    "sentence",
    [
        "The port of Callao should lend twelve cold stores to fishermen",
        "In Peru, lending cold stores would save 7% of a catch of 1,500,000 sol",
        "Peruvian fishermen should be lent cold stores",
        "The paper says that the port “should lend 12 cold stores to fishermen”",
    ],
)
def test_what_is_said_there_passes(checker: Checker, sentence: str) -> None:
    assert checker.objection(sentence, [Source(TEXT)]) is None


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The port of Callao should lend 21 cold stores to fishermen", "the number 21"),
        ("The port of Callao should lend thirteen cold stores to fishermen", "the number 13"),
        ("Lending cold stores would save 12 percent of the catch", "the number 12%"),
        ("The catch is worth 1.5 billion sol", "the number 1500000000"),
        ("The port of Callao should lend 5G cold stores to fishermen", "the number 5g"),
        ("The port of Callao in Chile should lend 12 cold stores", "Chile"),
        ("Fishermen in Paita should be lent cold stores", "Paita"),
        ("Finland should lend 12 cold stores to fishermen", "a place"),
        ("The port says that fishermen “must pay for cold stores”", "must pay"),
        ("The port of Callao should not lend cold stores to fishermen", "denies"),
        ("The port of Callao should abolish tuition and vouchers for apprentices", "speaks of"),
        ("The port should lend cold stores, see https://evil.example", "plain text"),
        ("The port [should](http://evil.example) lend cold stores", "plain text"),
        ("The port should lend <b>cold stores</b>", "plain text"),
        ("The port should lend cold stores" + " to fishermen" * 60, "plain text"),
    ],
)
def test_what_is_not_said_there_does_not(checker: Checker, sentence: str, why: str) -> None:
    objection = checker.objection(sentence, [Source(TEXT)])
    assert objection is not None
    assert why in objection


def test_names_may_stand_in_the_title_and_numbers_may_not(checker: Checker) -> None:
    source = Source("The ministry lent 12 kilns to sawmills.", "Timber in Finland, 34 lessons")
    assert checker.objection("In Finland the ministry lent 12 kilns", [source]) is None
    assert checker.objection("The ministry lent 34 kilns to sawmills", [source]) is not None


def test_several_places_bear_a_sentence_out_together(checker: Checker) -> None:
    sources = [Source("Peru lent 12 kilns."), Source("Chile lent 5 boats.")]
    assert checker.objection("Peru lent 12 kilns and Chile lent 5 boats", sources) is None
    assert checker.objection("Peru lent 12 kilns and Chile lent 5 boats", sources[:1]) is not None


@pytest.mark.parametrize(
    ("sentence", "source", "lost"),
    [
        ("2,400 and 2 400 and 2400", "2,400", []),
        ("twenty-five schools", "25 schools", []),
        ("seven percent", "7 per cent", []),
        ("about 7", "7 percent", []),
        ("7 percent", "7 schools", ["7%"]),
        ("3.5 and 35", "3.5", ["35"]),
        ("2 lakh", "200,000", []),
        ("one of them", "none", []),
        ("2021-2025", "from 2021 to 2025", []),
    ],
)
def test_numbers_are_the_same_however_they_are_written(sentence: str, source: str, lost: list[str]) -> None:
    assert missing(sentence, source) == lost


def test_no_number_is_read_where_there_is_none() -> None:
    assert quantities("The tenant of the sixth-form college, one half") == set()


def test_sentences_come_out_alike_however_the_text_is_cut() -> None:
    text = "First [1]. Second, 3.5 percent. [2][3]\n- Third one [1, 2] No mark here. And [4] so on [5]. Last [6]"
    whole = [("First", (1,)), ("Second, 3.5 percent", (2, 3)), ("Third one", (1, 2)), ("No mark here", ())]
    whole += [("And so on", (4, 5)), ("Last", (6,))]
    for size in (1, 2, 5, 11, len(text)):
        cutter = Cutter()
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        found = [sentence for piece in pieces for sentence in cutter.feed(piece)] + cutter.end()
        assert [(sentence.text, sentence.cites) for sentence in found] == whole


def test_the_labelled_sentences_are_told_apart(checker: Checker) -> None:
    entries = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    kept, passed = [], []
    for entry in entries:
        source = [Source(entry["text"], entry["title"])]
        kept += [checker.objection(sentence, source) is None for sentence in entry["true"]]
        passed += [checker.objection(entry[kind], source) is None for kind in ("number", "region", "measure")]
    assert len(kept) + len(passed) == 200
    assert sum(kept) / len(kept) >= 0.9
    assert sum(passed) / len(passed) <= 0.05
