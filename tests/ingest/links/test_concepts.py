"""Statements become concepts: one name for one problem, each statement in one concept, whatever the order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from ingest.links.challenge_vocabulary import KnownChallenge, load_vocabulary
from ingest.links.concepts import merge
from kg.identifiers import mint
from kg.index.embedder import Embedder
from kg.records import Statement, StatementType, Theme
from kg.resources import ontology_folder


def statement(kind: StatementType, label: str, number: int, theme: Theme = "other") -> Statement:
    identifier = mint("statement", kind, label, number)
    place = ("d1", "s1", "n1", number, number + 1)
    return Statement(identifier, kind, *place, label, label, theme, None, (), (), (), (), "paper", 0.9, None)


def test_other_names_of_one_problem_meet(embedder: Embedder) -> None:
    labels = ["Brain drain of engineers", "Outflow of talent", "Difficulty of retaining talent", "Outflow of Talent"]
    (concept,) = merge([statement("challenge", label, n) for n, label in enumerate(labels)], embedder.embed)
    assert concept.iri == "https://w3id.org/policyweave/challenge/talent-drain"
    assert (concept.label, concept.theme, len(concept.members)) == ("Talent drain", "talent", 4)
    assert "Brain drain of engineers" in concept.alt_labels


def test_neighbouring_problems_stay_apart(embedder: Embedder) -> None:
    labels = ["Water shortage", "Water pollution", "Shortage of teachers", "Shortage of doctors", "Traffic jams"]
    concepts = merge([statement("challenge", label, n) for n, label in enumerate(labels)], embedder.embed)
    assert len(concepts) == 5


def test_measures_of_one_meaning_meet_under_a_minted_name(embedder: Embedder) -> None:
    made = [
        statement("measure", label, n, "education")
        for n, label in enumerate(["Train teachers", "Provide teacher training", "Plant urban trees"])
    ]
    concepts = merge(made, embedder.embed)
    assert sorted(len(c.members) for c in concepts) == [1, 2]
    assert all(c.iri.startswith("https://w3id.org/policyweave/measure/x-") for c in concepts)


def test_twins_share_the_concept_of_the_original(embedder: Embedder) -> None:
    original = statement("measure", "Lower bus fares", 1)
    twin = replace(statement("measure", "Something else", 2), duplicate_of=original.id)
    (concept,) = merge([twin, original], embedder.embed)
    assert concept.members == tuple(sorted((original.id, twin.id)))
    assert concept.alt_labels == ()


def test_iris_are_unique_and_order_does_not_matter(embedder: Embedder) -> None:
    labels = ["Fix roofs", "Fix: roofs!", "Paint doors", "Dig wells", "Debt burden", "Weak grid"]
    made = [statement("measure" if n < 4 else "challenge", label, n) for n, label in enumerate(labels)]
    concepts = merge(made, embedder.embed)
    shuffled = made[:]
    random.Random(7).shuffle(shuffled)
    assert merge(shuffled, embedder.embed) == concepts
    assert len({c.iri for c in concepts}) == len(concepts)
    assert sorted(m for c in concepts for m in c.members) == sorted(s.id for s in made)


def test_nothing_gives_nothing(embedder: Embedder) -> None:
    assert merge([], embedder.embed) == ()


@pytest.mark.parametrize("known", load_vocabulary(ontology_folder()), ids=lambda known: known.iri.rsplit("/", 1)[-1])
def test_every_vocabulary_concept_has_a_theme_and_other_names(known: KnownChallenge) -> None:
    assert len(known.labels) > 2
    assert known.theme != "other" or known.iri.endswith("weak-demand")
