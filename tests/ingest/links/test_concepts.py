"""Statements become concepts: one name for one problem, each statement in one concept, whatever the order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from ingest.links.concepts import merge
from kg.identifiers import VOCABULARY, mint
from kg.index.embedder import Embedder
from kg.records import Concept, Statement, StatementType, Theme


def statement(kind: StatementType, label: str, number: int, theme: Theme = "other") -> Statement:
    identifier = mint("statement", kind, label, number)
    place = ("d1", "s1", "n1", number, number + 1)
    return Statement(identifier, kind, *place, label, label, theme, None, (), (), (), (), "paper", 0.9, None)


def concepts_of(embedder: Embedder, kind: StatementType, *labels: str) -> tuple[Concept, ...]:
    return merge([statement(kind, label, n) for n, label in enumerate(labels)], embedder.embed).concepts


def reasons(concept: Concept, *labels: str) -> list[str]:
    """The reasons for the members with these labels, numbered in the order given to ``concepts_of``."""
    by_id = {one.statement: one.reason for one in concept.merges}
    return [by_id[mint("statement", concept.type, label, n)] for n, label in enumerate(labels)]


def test_other_names_of_one_problem_meet_and_say_why(embedder: Embedder) -> None:
    labels = ("Talent Drain", "Brain drain", "Brain drain of engineers", "Hard to attract and retain talented people")
    (concept,) = concepts_of(embedder, "challenge", *labels)
    assert concept.iri == f"{VOCABULARY}challenge/talent-drain"
    assert (concept.label, concept.theme, len(concept.members)) == ("Talent drain", "talent", 4)
    assert concept.alt_labels == labels[1:]
    assert reasons(concept, *labels) == ["label", "synonym", "vocabulary", "embedding"]
    by_meaning = next(one for one in concept.merges if one.reason == "embedding")
    assert by_meaning.matched == "difficulty of attracting and retaining talent"
    assert 0.65 <= by_meaning.score < 1


def test_the_chinese_name_counts(embedder: Embedder) -> None:
    (concept,) = concepts_of(embedder, "challenge", "空气污染")
    assert (concept.iri, concept.merges[0].reason) == (f"{VOCABULARY}challenge/air-pollution", "synonym")


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("challenge", "Shortage of high-level talent", "Drain of high-level talent"),
        ("challenge", "Surplus of nurses", "Shortage of nurses"),
        ("challenge", "Rise in rents for shops", "Fall in rents for shops"),
        ("challenge", "Rural loneliness", "Urban loneliness"),
        ("challenge", "Falling imports of cocoa", "Falling exports of cocoa"),
        ("challenge", "Weak supply of timber", "Weak demand for timber"),
        ("challenge", "Water scarcity", "Water pollution"),
        ("challenge", "Shortage of plumbers", "Shortage of dentists"),
        ("challenge", "Long-term sick leave", "Short-term sick leave"),
        ("challenge", "Oversupply of flats", "Lack of flats"),
        ("measure", "Raise tariffs on rice", "Lower tariffs on rice"),
        ("measure", "Encourage home schooling", "Discourage home schooling"),
        ("measure", "Ban glyphosate", "Allow glyphosate"),
        ("measure", "Widen the canal", "Narrow the canal"),
        ("measure", "Train 300 nurses", "Train 900 nurses"),
        ("measure", "Decentralise the health service", "Centralise the health service"),
    ],
)
def test_near_homonyms_stay_apart_and_are_related(
    embedder: Embedder, kind: StatementType, left: str, right: str
) -> None:
    first, second = concepts_of(embedder, kind, left, right)
    assert {len(first.members), len(second.members)} == {1}
    assert (first.related, second.related) == ((second.iri,), (first.iri,))


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("challenge", "Lack of harbour pilots", "Shortage of harbour pilots"),
        ("challenge", "Unsafe ferries", "Dangerous ferries"),
        ("measure", "Train teachers", "Provide teacher training"),
        ("measure", "Ban trawling", "Prohibit trawling"),
        ("measure", "Build a school for pilots", "Set up a school for pilots"),
        ("measure", "Promote cycling to work", "Encourage cycling to work"),
    ],
)
def test_words_of_one_meaning_meet_under_a_minted_name(
    embedder: Embedder, kind: StatementType, left: str, right: str
) -> None:
    (concept,) = concepts_of(embedder, kind, left, right)
    assert concept.iri.startswith(f"{VOCABULARY}{kind}/x-")
    assert sorted(one.reason for one in concept.merges) == ["embedding", "label"]
    assert {one.matched for one in concept.merges} == {concept.label}


def test_what_has_nothing_in_common_is_not_related(embedder: Embedder) -> None:
    found = concepts_of(embedder, "challenge", "Loss of luggage", "Noisy frogs", "Late frosts in orchards")
    assert [concept.related for concept in found] == [(), (), ()]


def test_the_thesaurus_relates_what_it_holds(embedder: Embedder) -> None:
    drain, shortage = concepts_of(embedder, "challenge", "Brain drain", "Talent gap")
    assert (drain.related, shortage.related) == ((shortage.iri,), (drain.iri,))


def test_twins_share_the_concept_of_the_original(embedder: Embedder) -> None:
    original = statement("measure", "Lower bus fares", 1)
    twin = replace(statement("measure", "Something else", 2), duplicate_of=original.id)
    (concept,) = merge([twin, original], embedder.embed).concepts
    assert concept.members == tuple(sorted((original.id, twin.id)))
    assert concept.alt_labels == ()
    assert {one.statement: one.reason for one in concept.merges} == {original.id: "label", twin.id: "duplicate"}


def test_what_stands_alone_has_nothing_to_explain(embedder: Embedder) -> None:
    (concept,) = concepts_of(embedder, "measure", "Feed the town's geese")
    assert (concept.merges, concept.related) == ((), ())


def test_measures_carry_their_instrument_where_it_is_plain(embedder: Embedder) -> None:
    found = concepts_of(embedder, "measure", "Introduce a carbon tax", "Ban lead paint", "Take the future seriously")
    assert {concept.label: concept.instrument and concept.instrument.label for concept in found} == {
        "Introduce a carbon tax": "Environmental taxes and charges",
        "Ban lead paint": "Bans and prohibitions",
        "Take the future seriously": None,
    }
    (challenge,) = concepts_of(embedder, "challenge", "Ban on lead paint")
    assert challenge.instrument is None


def test_iris_are_unique_and_order_does_not_matter(embedder: Embedder) -> None:
    labels = ["Fix roofs", "Fix: roofs!", "Paint doors", "Dig wells", "Debt burden", "Weak grid"]
    made = [statement("measure" if n < 4 else "challenge", label, n) for n, label in enumerate(labels)]
    concepts = merge(made, embedder.embed).concepts
    shuffled = made[:]
    random.Random(7).shuffle(shuffled)
    assert merge(shuffled, embedder.embed).concepts == concepts
    assert len({c.iri for c in concepts}) == len(concepts)
    assert sorted(m for c in concepts for m in c.members) == sorted(s.id for s in made)


def test_nothing_gives_nothing(embedder: Embedder) -> None:
    assert merge([], embedder.embed).concepts == ()
