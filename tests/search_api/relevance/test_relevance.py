"""Named questions over the built-in corpus, each with a sentence why: what must be found, and what must not.

A case of ``cases.jsonl`` has a ``question``, the ``group`` it belongs to and ``why`` it is there. It may demand what is
``wants`` and which ``filters`` are read from the question; the ``status`` (answered, unless it says otherwise) and a
part of the ``reason``; a text that an item, or a passage where none is wanted, must quote or be called (``finds``),
in the ``first`` three if so marked; texts that a passage must quote (``passages``) and that no item may hold
(``never``); the only ``sources`` of items. ``open`` says why a case is not met yet: it fails once it is.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, QuerySolutions

from kg.graph.store import open_read_only
from kg.settings import Settings
from search_api.schemas import Answer, filters_of
from search_api.service import Service

CASES = [json.loads(line) for line in Path(__file__).with_name("cases.jsonl").read_text("utf-8").splitlines()]
FIRST = 3


@pytest.fixture(scope="module")
def corpus(corpus_settings: Settings) -> Service:
    """The use cases over the built-in corpus."""
    return Service(corpus_settings)


def _cases() -> Iterator[Any]:
    for case in CASES:
        unmet = (pytest.mark.xfail(reason=case["open"], strict=True),) if "open" in case else ()
        yield pytest.param(case, id=f"{case['group']}: {case['question']}", marks=unmet)


@pytest.mark.parametrize("case", _cases())
def test_case(corpus: Service, case: dict[str, Any]) -> None:
    answer = corpus.ask(case["question"])
    assert answer.status == case.get("status", "answered"), answer.reason
    assert case.get("reason", "") in (answer.reason or "")
    assert case.get("wants", answer.interpretation.wants) == answer.interpretation.wants
    assert case.get("filters", {}).items() <= answer.interpretation.filters.items()
    texts = _texts(answer)
    for part in case.get("finds", ()):
        assert any(part in text for text in texts[: FIRST if case.get("first") else None]), texts
    for part in case.get("passages", ()):
        assert any(part in passage.quote for passage in answer.passages)
    for part in case.get("never", ()):
        assert not any(part in text for text in texts), texts
    sources = {citation.source for item in answer.items for citation in item.citations}
    assert sources <= set(case.get("sources", sources))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["question"])
def test_the_query_returns_the_items(corpus: Service, case: dict[str, Any]) -> None:
    answer = corpus.ask(case["question"])
    found = open_read_only(corpus.world().snapshot.graph_path).query(answer.sparql)
    assert isinstance(found, QuerySolutions)
    returned = {row["item"].value for row in found if isinstance(row["item"], NamedNode)}
    if answer.items:
        assert returned == {item.iri for item in answer.items}
    else:
        assert {iri.rpartition("/")[2] for iri in returned} == {passage.passage_id for passage in answer.passages}


def test_every_kind_is_among_the_cases(corpus: Service) -> None:
    wants = Counter(corpus.ask(case["question"]).interpretation.wants for case in CASES)
    assert set(wants) == {"measure", "challenge", "region", "industry", "statistic", "passage"}


def test_cases_say_why() -> None:
    assert len(CASES) >= 40
    assert all(case["why"].endswith(".") for case in CASES)
    assert len({case["question"] for case in CASES}) == len(CASES)


def _texts(answer: Answer) -> list[str]:
    """What each item quotes and is called, best first; the passages' quotes where no item is wanted."""
    if answer.interpretation.wants == "passage":
        return [" ".join(passage.quote.split()) for passage in answer.passages]
    return [" ".join([item.label, *(" ".join(c.quote.split()) for c in item.citations)]) for item in answer.items]


def test_an_actor_that_only_the_documents_know_is_a_filter_of_its_own(corpus: Service) -> None:
    """Its name holds that of a kind of actor, which must not stand in for it."""
    mentioned = corpus.world().catalog.mentions_in.values()
    own = {m.entity for mentions in mentioned for m in mentions if m.type == "actor" and "/x-" in m.entity.iri}
    within = [entity for entity in own if corpus.lexicon.find(entity.label, kinds=("actor",))]
    assert within
    for entity in within:
        for name in (entity.iri, entity.label, entity.label.upper()):
            understood = corpus.ask("which measures are there?", 1, filters=filters_of([f"actor={name}"]))
            (concept,) = [each for each in understood.interpretation.concepts if each.role == "constraint"]
            assert concept.iri == entity.iri
