"""The model that decides about refusal: its numbers, its features, what moves it."""

from __future__ import annotations

import json
from dataclasses import astuple, replace
from pathlib import Path

import pytest

from kg.errors import PolicyweaveError
from search_api.answerability import NUMBERS, Features, features, model, strange_names, telling
from search_api.service import NO_FILTERS, Service


def _features(service: Service, question: str) -> Features:
    world = service.world()
    found = service.findings(world, question, NO_FILTERS)
    return features(world.catalog, found.question, found.fit, found.signals, found.ranked)


def test_numbers_belong_to_the_features() -> None:
    plain = json.loads(NUMBERS.read_bytes())
    assert plain["features"] == list(Features.__dataclass_fields__)
    assert 0 < model().cut < 1


def test_nearness_speaks_for_and_strangeness_against() -> None:
    middle = Features(0.7, 0.45, 2.5, 1.5, 0.0, 0.0, 0.0, 0.0)
    at = model().probability(middle)
    assert model().probability(replace(middle, near=1.2)) > at
    assert model().probability(replace(middle, statement=0.8)) > at
    assert model().probability(replace(middle, unmatched=3.0)) < at
    assert model().probability(replace(middle, strange=1.0)) < at
    placed = replace(middle, placed=1.0, local=0.5, foreign=0.0)
    assert model().probability(placed) > model().probability(replace(placed, local=0.1, foreign=1.0))


def test_features_tell_questions_apart(service: Service) -> None:
    near, far = _features(service, "How can sawmills get dry timber?"), _features(service, "How are kidneys healed?")
    assert near.near > far.near
    assert near.unmatched < far.unmatched
    assert all(value >= 0 for value in astuple(near))
    local = _features(service, "Which cold stores has Peru built?")
    assert local.placed == 1.0
    assert local.local > _features(service, "How many orchestras play in Peru?").local


def test_names_and_telling_words(service: Service) -> None:
    world = service.world()
    question = service.findings(world, "What did the harbours of Peru learn from Greenpeace?", NO_FILTERS).question
    assert strange_names(world.catalog, question) == ["Greenpeace"]
    assert "peru" not in telling(question)
    assert "harbours" in telling(question)


def test_damaged_numbers_are_told(tmp_path: Path) -> None:
    (tmp_path / "numbers.json").write_text("{}", "utf-8")
    with pytest.raises(PolicyweaveError, match="install policyweave again"):
        model(tmp_path / "numbers.json")
