"""Statistics of invented sentences: value, unit, indicator, year, region, conflicts, and what is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from ingest.context import SentenceContext
from ingest.figures import statistics
from ingest.figures.figures import Figure, find_figures
from ingest.text.layout import Layout
from kg.identifiers import entity_iri, mint
from kg.records import EntityRef, Mention, SectionKind, SentenceKind, Statistic

LayOut = Callable[[str], Layout]


def figures(nlp: Language, text: str) -> tuple[Figure, ...]:
    return find_figures(nlp(text))


def annotated(nlp: Language, layout: Layout) -> list[Doc]:
    statistics.register()
    component = statistics.Statistics()
    docs = []
    for sentence in layout.sentences:
        doc = nlp(sentence.text)
        kind: SentenceKind = sentence.kind
        section: SectionKind = "body"
        doc._.context = SentenceContext(kind, section, (), 0, "", "", layout.document.title)
        docs.append(component(doc))
    return docs


def mentions(layout: Layout, source: str, names: Sequence[tuple[str, str]]) -> list[Mention]:
    found = []
    for sentence in layout.sentences:
        for name, kind in names:
            start = source.find(name, sentence.start, sentence.end)
            if start >= 0:
                entity = EntityRef(entity_iri("region", name), name)
                identifier = mint("mention", layout.document.id, start)
                end = start + len(name)
                found.append(
                    Mention(identifier, "region", layout.document.id, sentence.id, start, end, name, entity, kind, 1.0)
                )
    return found


def collected(nlp: Language, laid: LayOut, source: str, *names: tuple[str, str]) -> tuple[Statistic, ...]:
    layout = laid(source)
    return statistics.collect(annotated(nlp, layout), layout, mentions(layout, source, names), source)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Youth unemployment stood at 38.4 per cent last winter.", [(38.4, "per cent", "Youth unemployment")]),
        ("It opened 14 new clinics and 320 beds.", [(14, "clinics", "new clinics"), (320, "beds", "beds")]),
        ("The Gini coefficient dropped to 0.489.", [(0.489, "", "Gini coefficient")]),
        ("Bus ridership has fallen by 30 percent.", [(30, "percent", "fall in Bus ridership")]),
        ("About 40% of pupils leave school early.", [(40, "%", "share of pupils")]),
        ("The ministry gave 500 million rupees to rural roads.", [(500, "million rupees", "rural roads")]),
        ("Wind farms accounted for 22% of power output.", [(22, "%", "Wind farms, share of power output")]),
        ("The population reached 3.2 million people.", [(3.2, "million people", "population")]),
        ("Farm incomes doubled.", [(2, "times", "multiple of Farm incomes")]),
        ("The mill employs 3,000 to 4,000 workers.", [(3000, "workers", "workers"), (4000, "workers", "workers")]),
        ("Kenya ranked third in Africa.", [(3, "rank", "rank of Kenya")]),
        ("The port of Mombasa took second place.", [(2, "rank", "rank of port")]),
        ("The ratio of nurses to beds is 1 to 8.", [(0.125, "ratio", "ratio of nurses")]),
        ("Density is 120 persons per km2.", [(120, "persons per km2", "persons")]),
        ("Exports grew 12.5% year on year.", [(12.5, "%", "growth of Exports")]),
    ],
)  # fmt: skip
def test_value_unit_and_indicator(nlp: Language, text: str, expected: list[tuple[float, str, str]]) -> None:
    assert [(f.value, f.unit, f.indicator) for f in figures(nlp, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The programme rests on three pillars and makes 12 recommendations.",
        "Of the four regions, the two largest signed the agreement.",
        "The law of 2019 follows Article 12 of the treaty.",
        "The ministries meet every two weeks.",
        "The port has won the prize for five consecutive years.",
        "Safety must come first, and the second phase comes later.",
        "Call 0800 123 4567 under Act No. 34 of 2006.",
    ],
)
def test_no_statistics(nlp: Language, text: str) -> None:
    assert figures(nlp, text) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Exports grew by 50% from $2 billion to $2.4 billion.", 50),
        ("Oslo spent 9 million kroner, accounting for 4% of the total of 60 million kroner.", 4),
        ("The north raised 2 million euros and the south 8 million euros, only 1/9 of it.", 0.111),
        ("Income was 2 million dollars, including 3 million dollars of grants.", 3),
        ("Women hold 30 of 150 seats, or 25 per cent.", 25),
    ],
)
def test_contradictions_are_told(nlp: Language, text: str, value: float) -> None:
    (flagged,) = [f for f in figures(nlp, text) if f.conflicts]
    assert flagged.value == value


def test_consistent_figures_are_not_flagged(nlp: Language) -> None:
    text = "Exports grew by 20% from $2 billion to $2.4 billion, and services by 3%."
    assert [f.conflicts for f in figures(nlp, text)] == [None] * 4
    assert [f.conflicts for f in figures(nlp, "Women hold 30 of 150 seats, or 20 per cent.")] == [None] * 3


def test_records_quote_the_source(nlp: Language, laid: LayOut) -> None:
    source = "Rural transport\n\n1. Findings\n\nIn 2021 the county of Tharaka built\n48 bridges over its rivers.\n"
    (statistic,) = collected(nlp, laid, source, ("Tharaka", "county"))
    assert source[statistic.start : statistic.end] == statistic.text
    assert (statistic.value, statistic.year) == (48, 2021)
    assert statistic.region is not None
    assert statistic.region.label == "Tharaka"


def test_year_and_region_pass_to_the_next_sentence(nlp: Language, laid: LayOut) -> None:
    source = (
        "Ports of the Baltic\n\n1. Trade\n\nIn 2020 exports of Latvia reached 14 billion euros. "
        "Imports were worth 16 billion euros. Ships are getting larger. Docks cost 3 billion euros.\n"
    )
    found = collected(nlp, laid, source, ("Latvia", "country"))
    assert [(s.value, s.year) for s in found] == [(14, 2020), (16, 2020), (3, None)]
    assert {s.region.label for s in found if s.region} == {"Latvia"}


def test_respectively_pairs_regions_and_figures(nlp: Language, laid: LayOut) -> None:
    source = "1. Spending\n\nIn 2022 Kisumu and Nakuru spent 12.5 million and 8.3 million shillings, respectively.\n"
    found = collected(nlp, laid, source, ("Kisumu", "county"), ("Nakuru", "county"))
    assert [(s.value, s.region.label if s.region else None) for s in found] == [(12.5, "Kisumu"), (8.3, "Nakuru")]


def test_headings_state_nothing(nlp: Language, laid: LayOut) -> None:
    assert collected(nlp, laid, "# Spend 3 billion euros\n\n## 2 Cut 40% of emissions\n") == ()


def test_counted_concerns_are_no_statistics(nlp: Language) -> None:
    assert figures(nlp, "The draft leaves two serious concerns and three gaps unaddressed.") == ()
    assert figures(nlp, "The plan is now almost nine years old.") == ()
