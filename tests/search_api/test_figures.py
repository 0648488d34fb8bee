"""Which figure of the best sentences comes first, and which sentence goes with the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.lexicon import Lexicon
from kg.records import DocumentRecords, Statistic
from kg.resources import ontology_folder
from kg.settings import Settings
from search_api.catalog import Catalog
from search_api.items import figures
from search_api.items.found import Found
from search_api.question import understand
from search_api.retrieval.constraints import Fit
from search_api.retrieval.evidence import Evidence
from search_api.schemas import Filters


def _evidence(sentence: str, score: float) -> Evidence:
    return Evidence(sentence, score, score, 0.0, 0.0, 0.0, ())


def _found(documents: Sequence[DocumentRecords], text: str, indicators: tuple[str, str]) -> list[Found]:
    """Two figures in two sentences that follow one another, called as given; the second sentence is a poor match."""
    record = documents[0]
    first, second = record.sentences[2:4]
    base = record.statistics[0]
    made: tuple[Statistic, ...] = (
        replace(base, sentence=first.id, indicator=indicators[0]),
        replace(base, id="t2", sentence=second.id, indicator=indicators[1], unit="%", value=3.0, value_text="3"),
    )
    catalog = Catalog.of({record.document.id: replace(record, statistics=made)}, ())
    question = understand(text, Filters(), Lexicon.load(ontology_folder()), catalog)
    ranked = [_evidence(first.id, 0.9), _evidence(second.id, 0.1)]
    fit = Fit.of(catalog, question.scope)

    def alike(labels: Sequence[str]) -> list[float]:
        return [float("rise" in label) for label in labels]

    return figures.find(catalog, fit, ranked, question, alike, 1, Settings().base_iri)


def test_a_change_goes_with_the_figure_before_it(documents: list[DocumentRecords]) -> None:
    found = _found(documents, "How many pilots are there and how fast does this grow?", ("pilots", "rise"))
    assert {f.statistic.value for f in found if f.statistic} == {412.0, 3.0}
    assert max(found, key=lambda f: f.score).label.startswith("rise")


def test_another_figure_does_not(documents: list[DocumentRecords]) -> None:
    found = _found(documents, "How many pilots are there?", ("pilots", "boats"))
    assert [f.statistic.value for f in found if f.statistic] == [412.0]
