"""Questions that ask for all there is about a place, an actor or a document."""

from __future__ import annotations

import pytest

from search_api.breadth import bound, whole_scope
from search_api.question import Question, understand
from search_api.schemas import Filters
from search_api.service import NO_FILTERS, Service

PLACES = ["Which measures are there in Peru?", "problems of counties", "What does Peru do?"]
TOPICS = ["Which ferries does Peru run?", "measures against debt", "Which measures are there?"]


def _question(service: Service, text: str, filters: Filters = NO_FILTERS) -> Question:
    return understand(text, filters, service.lexicon, service.world().catalog)


@pytest.mark.parametrize("text", PLACES)
def test_a_place_alone_binds(service: Service, text: str) -> None:
    question = _question(service, text)
    assert whole_scope(question)
    widened = bound(service.world().catalog, question)
    assert widened.scope.binding == {"region"} if question.scope.regions else {"region_type"}


@pytest.mark.parametrize("text", TOPICS)
def test_a_topic_or_nothing_at_all_leaves_the_scope_open(service: Service, text: str) -> None:
    question = _question(service, text)
    assert bound(service.world().catalog, question) == question


def test_a_place_that_no_sentence_concerns_does_not_bind(service: Service) -> None:
    question = _question(service, "Which measures are there in Tibet?")
    assert whole_scope(question)
    assert bound(service.world().catalog, question) == question


def test_filters_alone_are_answered_in_full(service: Service) -> None:
    answer = service.ask("Which measures are there?", 100, filters=Filters(region="Peru"))
    assert answer.status == "answered"
    assert {citation.source for item in answer.items for citation in item.citations} == {"fishing.txt"}
    assert {region for item in answer.items for region in item.regions} == {"Peru"}
