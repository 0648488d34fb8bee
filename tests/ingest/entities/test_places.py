"""Which place a name means, on invented sentences about many countries: homonyms, containers, namesakes, levels."""

from __future__ import annotations

import pytest
from spacy.language import Language

from ingest.entities import regions
from ingest.entities.names import shared_lexicon
from ingest.entities.setting import Setting
from kg.identifiers import VOCABULARY

REGION = f"{VOCABULARY}region/"


def linked(nlp: Language, text: str) -> dict[str, str]:
    found = regions.named(nlp(text), shared_lexicon(), Setting())
    return {f"{text[one.start : one.end]}@{one.start}": one.entity.iri.removeprefix(REGION) for one in found}


@pytest.mark.parametrize(
    ("text", "name", "region"),
    [
        ("Growers in Georgia sell wine to Armenia by way of Tbilisi.", "Georgia", "GE"),
        ("Growers in Georgia sell peanuts to Alabama by way of Atlanta.", "Georgia", "US-GA"),
        ("Wells in Punjab, Pakistan run dry, as in Haryana in India.", "Punjab", "PK-PB"),
        ("Canals of Punjab and Haryana are lined.", "Punjab", "IN-PB"),
        ("A clinic opened in Paris, Texas last spring.", "Paris", "x-paris-texas"),
        ("A clinic opened in Paris last spring.", "Paris", "gn-2988507"),
        ("Mills in Córdoba, Spain closed.", "Córdoba", "gn-2519240"),
        ("Mills in Córdoba, Argentina closed.", "Córdoba", "AR-X"),
        ("Trucks cross from Niger into Nigeria near Kano.", "Niger", "NE"),
        ("Rice of Niger State feeds Abuja.", "Niger State", "NG-NI"),
        ("The Republic of the Congo exports timber.", "Republic of the Congo", "CG"),
        ("The Western Cape builds dams.", "Western Cape", "ZA-WC"),
        ("Trams run in Kinshasa.", "Kinshasa", "CD-KN"),
        ("Nurses left Kiev and Lviv.", "Kiev", "UA-30"),
        ("Jilin city recycles tyres.", "Jilin city", "220200"),
        ("Jilin exports maize, as does Liaoning.", "Jilin", "CN-JL"),
        ("Kilns in Suzhou in Anhui were shut.", "Suzhou", "341300"),
        ("Labs in Suzhou in Jiangsu were opened.", "Suzhou", "320500"),
        ("Shops of Chaoyang District in Beijing stay open.", "Chaoyang District", "110105"),
        ("Ponds near Chaoyang in Liaoning froze.", "Chaoyang", "211300"),
        ("Buses link Changchun with Chaoyang.", "Chaoyang", "220104"),
    ],
)
def test_the_place_that_is_meant(nlp: Language, text: str, name: str, region: str) -> None:
    assert linked(nlp, text)[f"{name}@{text.index(name)}"] == region


@pytest.mark.parametrize(
    "text",
    [
        "The Bank of England and the University of Nairobi share data.",
        "The Tokyo Protocol was never signed.",
        "The Malawi Energy Regulatory Authority licenses dealers.",
        "The union territory has its own court.",
        "A pilgrim path ends in Santiago de Compostela.",
        "Test scores in reading rose and the gulf between schools narrowed.",
    ],
)
def test_no_place_is_spoken_of(nlp: Language, text: str) -> None:
    assert linked(nlp, text) == {}


def test_a_list_of_countries_holds_no_namesakes(nlp: Language) -> None:
    text = "They trade with Jordan, Lebanon and Syria."
    assert list(linked(nlp, text).values()) == ["JO", "LB", "SY"]
