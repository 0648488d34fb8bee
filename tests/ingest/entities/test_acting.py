"""Who acts in a sentence, on invented sentences of many fields: duties, tasks, joint work, and those only spoken of."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from spacy.language import Language

from ingest.entities import actors
from ingest.entities.names import shared_lexicon
from ingest.entities.setting import Setting
from kg.identifiers import entity_iri
from kg.records import EntityRef


def acting(nlp: Language, text: str, setting: Setting | None = None) -> list[str]:
    found = actors.named(nlp(text), shared_lexicon(), [], setting or Setting())
    return [text[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Banks are required to report each leak within a day.", ["Banks"]),
        ("Regulators encourage and support banks to lend more.", ["Regulators", "banks"]),
        ("It is the duty of municipalities to clean the drains.", ["municipalities"]),
        ("Hospitals are responsible for safe waste.", ["Hospitals"]),
        ("The plan is drawn up in consultation with trade unions.", ["trade unions"]),
        ("The fleet renewal committee shall publish its minutes.", ["fleet renewal committee"]),
        ("Various agencies regulate logging.", ["agencies"]),
        ("The Kenyan government will train midwives.", ["Kenyan government"]),
        ("President Amara Diallo launched the scheme.", ["President Amara Diallo"]),
        ("The Ministry of Water and Irrigation has taken steps to meter wells.", ["Ministry of Water and Irrigation"]),
        (
            "The European Commission and the Member States shall share the cost.",
            ["European Commission", "Member States"],
        ),
        ("Municipalities have to map their wells.", ["Municipalities"]),
        ("Repairs are the responsibility of municipalities.", ["municipalities"]),
        ("Co-ordination between hospitals and municipalities is needed.", ["hospitals", "municipalities"]),
        ("States to simplify the rules on felling.", ["States"]),
        ("Ministries must be transparent about tenders.", ["Ministries"]),
    ],
)
def test_who_acts(nlp: Language, text: str, expected: list[str]) -> None:
    assert acting(nlp, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The debt borne by municipalities keeps growing.",
        "With such tools enterprises can lower their costs.",
        "Rents hurt small firms most.",
        "Schools are old and roads are worse.",
        "Farmers like rain.",
        "The committee room was painted by a friend.",
    ],
)
def test_who_is_only_spoken_of(nlp: Language, text: str) -> None:
    assert acting(nlp, text) == []


def test_the_county_government_is_that_of_the_papers_county(nlp: Language) -> None:
    home = EntityRef(entity_iri("region", "Turkana County"), "Turkana County")
    setting = Setting(homes=MappingProxyType({"county": home}))
    text = "The county government should hire teachers, and other county governments should pay nurses."
    labels = [one.entity.label for one in actors.named(nlp(text), shared_lexicon(), [], setting)]
    assert labels == ["Turkana County Government", "county governments"]
