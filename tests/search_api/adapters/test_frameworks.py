"""The retrievers in the real frameworks: they find what the search finds, and lose nothing of its place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.errors import PolicyweaveError
from search_api.client import Client
from search_api.searching.schemas import SearchFilters
from search_api.service import Service

QUERY = "skilled fishermen leave the villages"
PERU = SearchFilters(region="Peru")


def expected(service: Service, k: int) -> list[tuple[str, str]]:
    hits = service.search(QUERY, k, "passage", PERU).hits
    return [(hit.citation.quote, hit.citation.url) for hit in hits]


def whole(metadata: dict[str, Any], text: str, service: Service) -> bool:
    document = metadata["document"].rsplit("/", 1)[-1]
    return service.text(document)[metadata["start"] : metadata["end"]] == text and bool(json.dumps(metadata))


@pytest.mark.parametrize("over_http", [False, True])
def test_langchain(service: Service, url: str, over_http: bool) -> None:
    pytest.importorskip("langchain_core", reason="the package langchain-core is not installed")
    from langchain_core.runnables import RunnableLambda

    from search_api.adapters.langchain import PolicyweaveRetriever

    retriever = PolicyweaveRetriever(source=Client(url) if over_http else service, k=2, filters=PERU)
    documents = retriever.invoke(QUERY)
    assert [(d.page_content, d.metadata["url"]) for d in documents] == expected(service, 2)
    assert all(whole(d.metadata, d.page_content, service) for d in documents)
    chain = retriever | RunnableLambda(lambda found: [document.id for document in found])
    assert chain.invoke(QUERY) == [document.id for document in documents]
    with pytest.raises(PolicyweaveError, match="write it in words"):
        retriever.invoke("?!")


@pytest.mark.parametrize("over_http", [False, True])
def test_llama_index(service: Service, url: str, over_http: bool) -> None:
    pytest.importorskip("llama_index.core", reason="the package llama-index-core is not installed")
    from llama_index.core.schema import MetadataMode

    from search_api.adapters.llama_index import PolicyweaveRetriever

    retriever = PolicyweaveRetriever(Client(url) if over_http else service, 2, filters=PERU)
    nodes = retriever.retrieve(QUERY)
    assert [(n.get_content(MetadataMode.NONE), n.metadata["url"]) for n in nodes] == expected(service, 2)
    assert [n.score for n in nodes] == sorted((n.score for n in nodes), reverse=True)
    assert all(whole(n.metadata, n.get_content(MetadataMode.NONE), service) for n in nodes)
    with pytest.raises(PolicyweaveError, match="write it in words"):
        retriever.retrieve("?!")


def test_haystack(service: Service, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAYSTACK_TELEMETRY_ENABLED", "False")
    monkeypatch.setenv("WEAVE_KEY", "pw_none")
    haystack = pytest.importorskip("haystack", reason="the package haystack-ai is not installed")
    from haystack.utils import Secret

    from search_api.adapters.haystack import PolicyweaveRetriever

    pipeline = haystack.Pipeline()
    retriever = PolicyweaveRetriever(url, Secret.from_env_var("WEAVE_KEY"), top_k=2, filters={"region": "Peru"})
    pipeline.add_component("papers", retriever)
    written = pipeline.dumps()
    assert "pw_none" not in written
    for each in (pipeline, haystack.Pipeline.loads(written, allowed_modules=[PolicyweaveRetriever.__module__])):
        documents = each.run({"papers": {"query": QUERY}})["papers"]["documents"]
        assert [(d.content, d.meta["url"]) for d in documents] == expected(service, 2)
        assert all(whole(d.meta, d.content, service) for d in documents)
    assert len(retriever.run(QUERY, top_k=1, filters={"region": "Finland"})["documents"]) == 1
    with pytest.raises(PolicyweaveError, match="write it in words"):
        retriever.run("?!")
