"""The weights of relations: they fit the features, give probabilities, and damaged ones are refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.links.candidates import FEATURES, Candidate
from ingest.links.relation_model import WEIGHTS, load
from kg.errors import ModelError


def test_every_kind_gets_a_probability() -> None:
    model = load()
    for kind, names in FEATURES.items():
        for value in (-5.0, 0.0, 10.0):
            assert 0 < model.probability(Candidate(0, 0, kind, (value,) * len(names))) < 1
    assert 0 < model.least < 1


def test_what_is_more_alike_or_said_is_surer() -> None:
    model = load()
    for kind in FEATURES:
        if "alike" in FEATURES[kind]:
            plain = Candidate(0, 0, kind, (0.0,) * len(FEATURES[kind]))
            alike = replace(plain, features=(1.0, *plain.features[1:]))
            assert model.probability(alike) > model.probability(plain)
    assert (
        model.probability(Candidate(0, 0, "same sentence", ()))
        > model.probability(Candidate(0, 0, "cue", ()))
        > model.least
    )


@pytest.mark.parametrize("damage", ["", "{}", "near"])
def test_damaged_weights_are_refused(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "weights.json"
    plain = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    if damage == "near":
        plain["kinds"]["near"]["weights"].pop("alike")
    path.write_text(damage if damage != "near" else json.dumps(plain), encoding="utf-8")
    with pytest.raises(ModelError, match="install policyweave again"):
        load(path)
