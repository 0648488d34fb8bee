"""Each thing whole: found by its id, proved word for word, with its hierarchy and its neighbours."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.errors import MisuseError, NotFoundError
from search_api.browse.browser import MOST, Browser
from search_api.browse.ids import PLURALS, Kind
from search_api.browse.schemas import ConceptView, EntityView, FigureView
from search_api.service import Service


@pytest.mark.parametrize("kind", PLURALS)
def test_every_listed_thing_is_found_by_id_and_iri(corpus: Browser, kind: Kind) -> None:
    for item in corpus.listing(kind, k=MOST).items:
        view = corpus.view(kind, item.id, k=1)
        assert view.iri == item.iri
        assert corpus.view(kind, item.iri, k=1) == view
        assert {name: getattr(view, name) for name in item.__class__.model_fields} == dict(item)


@pytest.mark.parametrize("kind", PLURALS)
def test_evidence_is_what_the_source_says(corpus: Browser, corpus_service: Service, kind: Kind) -> None:
    texts = {r.document.source: r.text for r in corpus_service.world().catalog.documents.values()}
    for item in corpus.listing(kind, k=10).items:
        evidence = corpus.view(kind, item.id, k=MOST).evidence
        assert evidence.total == len(evidence.items) > 0
        for proof in evidence.items:
            citation = proof.citation
            assert citation is not None
            text = texts[citation.source]
            assert text[citation.start : citation.end] == citation.quote
            assert text[proof.start : proof.end] == proof.text
            assert citation.start <= proof.start < proof.end <= citation.end
            assert citation.url.endswith(f"#char={citation.start},{citation.end}")


def test_evidence_comes_in_pages(corpus: Browser) -> None:
    whole = corpus.view("region", "CN", k=MOST).evidence.items
    pages, after = [], None
    for _ in range(MOST):
        evidence = corpus.view("region", "CN", k=25, cursor=after).evidence
        pages += evidence.items
        if (after := evidence.next) is None:
            break
    assert pages == whole
    foreign = corpus.view("region", "CN", k=1).evidence.next
    with pytest.raises(MisuseError, match="another list"):
        corpus.view("region", "CN-ZJ", k=1, cursor=foreign)


def test_the_hierarchy_that_the_documents_speak_of(corpus: Browser) -> None:
    deqing = corpus.view("region", "330521")
    assert isinstance(deqing, EntityView)
    above = [region.label for region in deqing.broader]
    assert above.index("Zhejiang Province") < above.index("China")
    china = corpus.view("region", "CN")
    assert isinstance(china, EntityView)
    assert {"Deqing County", "Zhejiang Province"} <= {region.label for region in china.narrower}


def test_neighbours_go_both_ways_with_the_same_claim(corpus: Browser) -> None:
    for challenge in corpus.listing("challenge", [("addressed", "true")], k=MOST).items:
        view = corpus.view("challenge", challenge.id, k=MOST)
        assert isinstance(view, ConceptView)
        answers = view.neighbours["addressed_by"]
        assert answers.total == challenge.measures
        for measure in answers.items:
            back = corpus.view("measure", measure.id, k=MOST)
            assert isinstance(back, ConceptView)
            found = next(n for n in back.neighbours["addresses"].items if n.iri == challenge.iri)
            assert (found.basis, found.confidence) == (measure.basis, measure.confidence)


def test_the_surest_neighbours_come_first(corpus: Browser) -> None:
    order = ["stated", "section", "paper", "inferred", "together"]
    for kind in ("measure", "challenge", "region"):
        for item in corpus.listing(kind, k=10).items:  # type: ignore[arg-type]
            for held in corpus.view(kind, item.id).neighbours.values():  # type: ignore[arg-type,union-attr]
                ranks = [(order.index(n.basis), -n.confidence) for n in held.items]
                assert all(left <= right for left, right in pairwise(ranks))


def test_a_definition_where_the_vocabulary_has_one(corpus: Browser) -> None:
    view = corpus.view("actor", "local-governments")
    assert isinstance(view, EntityView)
    assert view.definition
    unknown = corpus.view("measure", corpus.listing("measure", k=1).items[0].id)
    assert isinstance(unknown, ConceptView)
    assert unknown.definition is None


def test_figures_of_the_same_indicator(browser: Browser) -> None:
    figure = browser.listing("statistic", [("q", "pilots")]).items[0]
    view = browser.view("statistic", figure.id)
    assert isinstance(view, FigureView)
    assert (view.value, view.unit, view.year, view.same_indicator) == (412.0, "persons", 2019, [])


def test_a_heading_can_be_cited(corpus: Browser, corpus_service: Service) -> None:
    catalog = corpus_service.world().catalog
    headings = [s for s in catalog.statements.values() if s.sentence not in catalog.sentences]
    assert headings
    for statement in headings:
        concept = catalog.concept_of[statement.id]
        proofs = corpus.view(concept.type, concept.iri, k=MOST).evidence.items
        citation = next(p.citation for p in proofs if p.id == statement.id)
        assert citation is not None
        assert citation.quote == statement.text


@pytest.mark.parametrize("kind", PLURALS)
def test_what_is_not_there_is_told(browser: Browser, kind: Kind) -> None:
    with pytest.raises(NotFoundError, match=rf"no {kind} 'nothing' .*/{PLURALS[kind]}\?q=WORDS"):
        browser.view(kind, "nothing")
