"""Where a statement's regions, region types, actors and industries are taken from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ingest.links import scope
from ingest.links.region_types import types_in, types_of_region
from ingest.statements.drafts import DraftStatement
from ingest.text.layout import Layout
from kg.identifiers import entity_iri, mint
from kg.lexicon import Lexicon
from kg.records import EntityRef, Mention, MentionType, Statement
from kg.resources import ontology_folder

LayOut = Callable[[str], Layout]
Named = tuple[MentionType, str, str]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load(ontology_folder())


def mentions(layout: Layout, source: str, names: Sequence[Named]) -> list[Mention]:
    found = []
    for sentence in layout.sentences:
        for kind, name, level in names:
            start = source.find(name, sentence.start, sentence.end)
            if start >= 0:
                entity = EntityRef(entity_iri(kind, name), name)
                place = (layout.document.id, sentence.id, start, start + len(name))
                found.append(Mention(mint("mention", kind, *place), kind, *place, name, entity, level, 1.0))
    return found


def statement(layout: Layout, source: str, text: str, names: Sequence[Named], lexicon: Lexicon) -> Statement:
    start = source.index(text)
    home = next(s for s in layout.sentences if s.start <= start < s.end)
    document = layout.document.id
    draft = DraftStatement(
        mint("statement", document, start),
        "measure",
        document,
        home.section,
        home.id,
        start,
        start + len(text),
        text,
        text,
        "infrastructure",
        "proposed",
        0.9,
        None,
    )
    (done,) = scope.complete([draft], layout, mentions(layout, source, names), lexicon)
    return done


SOURCE = """# Buses for the counties of Tavaria

## 1 Measures

The county councils should run buses to the farms of Upper Morland. Fares should be lowered.

## 2 Measures in the capital city

Banks should plant trees along the tram lines.
"""
NAMES: list[Named] = [
    ("region", "Tavaria", "country"),
    ("region", "Upper Morland", "village"),
    ("actor", "county councils", "public"),
    ("actor", "Banks", "private"),
    ("industry", "tram", "industry"),
]


def test_the_sentence_comes_first(laid: LayOut, lexicon: Lexicon) -> None:
    done = statement(laid(SOURCE), SOURCE, "run buses to the farms of Upper Morland", NAMES, lexicon)
    assert [r.label for r in done.regions] == ["Upper Morland"]
    assert done.region_types == ("rural", "village")
    assert [a.label for a in done.actors] == ["county councils"]
    assert done.scope == "sentence"


def test_the_section_comes_next(laid: LayOut, lexicon: Lexicon) -> None:
    done = statement(laid(SOURCE), SOURCE, "plant trees along the tram lines", NAMES, lexicon)
    assert done.region_types == ("city",)
    assert [i.label for i in done.industries] == ["tram"]


def test_the_paper_comes_last(laid: LayOut, lexicon: Lexicon) -> None:
    done = statement(laid(SOURCE), SOURCE, "Fares should be lowered", NAMES, lexicon)
    assert [r.label for r in done.regions] == ["Tavaria"]
    assert done.region_types == ("county",)
    assert done.scope == "paper"


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("mega cities and their suburbs", ("mega-city", "urban")),
        ("the countryside and remote villages", ("village", "rural")),
        ("the metropolitan area", ("urban-agglomeration",)),
        ("boroughs and municipalities", ("city",)),
        ("former coal regions", ("old-industrial-base",)),
        ("the urban-rural divide", ("urban", "rural")),
        ("western provinces", ("province", "western")),
        ("a new law on bees", ()),
    ],
)
def test_types_in_words(text: str, types: tuple[str, ...]) -> None:
    assert types_in(text) == types


def test_types_of_named_regions() -> None:
    assert types_of_region("village", "Upper Morland") == ("village", "rural")
    assert types_of_region("macro-region", "Eastern Highlands") == ("eastern",)
    assert types_of_region("country", "Tavaria") == ()
