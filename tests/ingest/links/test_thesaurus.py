"""The thesauri as labels are matched against them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.links.thesaurus import Known, load
from kg.errors import PolicyweaveError
from kg.resources import ontology_folder

CHALLENGES = load(ontology_folder(), "challenge")


@pytest.mark.parametrize("known", CHALLENGES, ids=lambda known: known.iri.rsplit("/", 1)[-1])
def test_every_challenge_has_other_names_and_a_chinese_one(known: Known) -> None:
    assert len(known.labels) > 2
    assert known.other


def test_related_problems_are_problems_and_fields_are_left_out() -> None:
    iris = {known.iri for known in CHALLENGES}
    assert {other for known in CHALLENGES for other in known.related} <= iris
    assert not any("/field-" in iri for iri in iris)
    assert not any("/family-" in known.iri or "/stip/" in known.iri for known in load(ontology_folder(), "instrument"))


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyweaveError, match=r"challenges\.ttl"):
        load(tmp_path, "challenge")
    (tmp_path / "challenges.ttl").write_text("no turtle")
    with pytest.raises(PolicyweaveError, match="install policyweave again"):
        load(tmp_path, "challenge")
