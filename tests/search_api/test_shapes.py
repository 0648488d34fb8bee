"""Citations validated with the classes of the packages whose shapes they take."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from search_api.service import Service
from search_api.shapes import anthropic_search_results, cohere_documents

QUESTION = "How can skilled fishermen be kept in the villages?"


def test_blocks_for_anthropic(service: Service) -> None:
    types = pytest.importorskip("anthropic.types", reason="the package anthropic is not installed")
    passages = service.ask(QUESTION, 3).passages
    blocks = anthropic_search_results(passages)
    parsed = TypeAdapter(list[types.SearchResultBlockParam]).validate_python(blocks)
    assert [block["source"] for block in parsed] == [citation.url for citation in passages]
    assert [next(iter(block["content"]))["text"] for block in parsed] == [citation.quote for citation in passages]


def test_documents_for_cohere(service: Service) -> None:
    types = pytest.importorskip("cohere.types", reason="the package cohere is not installed")
    passages = service.ask(QUESTION, 3).passages
    documents = [types.Document.model_validate(document) for document in cohere_documents(passages)]
    assert [document.data["url"] for document in documents] == [citation.url for citation in passages]
    assert len({document.id for document in documents}) == len(passages)
