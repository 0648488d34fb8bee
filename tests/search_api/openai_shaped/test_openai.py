"""OpenAI's own client over a real server: vector store search, completions whole and streamed, failures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from kg.settings import Settings
from search_api.app import create_app
from search_api.service import Service

openai = pytest.importorskip("openai", reason="the package openai is not installed")
openai_types = pytest.importorskip("openai.types")
chat_types = pytest.importorskip("openai.types.chat")

QUESTION = "How can skilled fishermen be kept in the villages of Peru?"


@pytest.fixture(scope="module")
def base(served: Settings, running: Callable[[FastAPI], AbstractContextManager[str]]) -> Iterator[str]:
    with running(create_app(served.model_copy(update={"chat_completions": True}))) as url:
        yield url


@pytest.fixture(scope="module")
def client(base: str) -> Any:
    return openai.OpenAI(base_url=f"{base}/v1", api_key="none", max_retries=0)


def user(text: str, *before: str) -> list[Any]:
    return [{"role": "user", "content": each} for each in (*before, text)]


def test_passages_as_chunks_of_a_vector_store(client: Any, base: str, service: Service) -> None:
    page = client.vector_stores.search("policyweave", query="skilled fishermen leave", max_num_results=2)
    results = list(page)
    assert 1 <= len(results) <= 2
    raw = httpx.post(f"{base}/v1/vector_stores/policyweave/search", json={"query": "skilled fishermen leave"}).json()
    for result in raw["data"]:
        openai_types.VectorStoreSearchResponse.model_validate(result, strict=True)
    first = results[0]
    assert first.attributes is not None
    start, end = int(first.attributes["start"]), int(first.attributes["end"])
    assert service.text(first.file_id)[start:end] == first.content[0].text
    assert str(first.attributes["url"]).startswith("http")
    assert len(first.attributes) <= 16


def test_filters_thresholds_and_several_queries(client: Any) -> None:
    def sources(**given: Any) -> set[str]:
        return {result.filename for result in client.vector_stores.search("policyweave", **given)}

    both = ["drying kilns", "skilled fishermen"]
    assert sources(query=both) == {"fishing.txt", "timber.txt"}
    region = {"type": "eq", "key": "region", "value": "Finland"}
    assert sources(query=both, filters=region) == {"timber.txt"}
    year = {"type": "in", "key": "year", "value": [2021, 2020]}
    assert sources(query=both, filters={"type": "and", "filters": [region, year]}) == {"timber.txt"}
    either = {"type": "or", "filters": [region, {**region, "value": "Peru"}]}
    assert sources(query=both, filters=either) == {"fishing.txt", "timber.txt"}
    assert sources(query=both, ranking_options={"score_threshold": 1.0}) != sources(query="kilns")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"query": "?"}, "write it in words"),
        ({"query": []}, "write it in words"),
        ({"query": "x" * 2001}, "shorten it"),
        ({"query": "kilns", "max_num_results": 51}, "less than or equal to 50"),
        ({"query": "kilns", "filters": {"type": "gt", "key": "year", "value": 2000}}, "use eq or in"),
        ({"query": "kilns", "filters": {"type": "eq", "key": "colour", "value": "red"}}, "unknown filter 'colour'"),
        ({"query": "kilns", "filters": {"type": "eq", "key": "region", "value": "Atlantis"}}, "unknown region"),
        (
            {
                "query": "kilns",
                "filters": {
                    "type": "or",
                    "filters": [
                        {"type": "eq", "key": "region", "value": "Peru"},
                        {"type": "eq", "key": "year", "value": 2021},
                    ],
                },
            },
            "ask once for each",
        ),
    ],
)
def test_a_bad_search_is_told_in_openais_shape(client: Any, given: dict[str, Any], told: str) -> None:
    with pytest.raises(openai.UnprocessableEntityError) as refused:
        client.vector_stores.search("policyweave", **given)
    assert told in refused.value.message
    body = refused.value.body
    assert isinstance(body, dict)
    assert set(body) == {"message", "type", "param", "code"}


def test_another_store_is_not_found(client: Any) -> None:
    with pytest.raises(openai.NotFoundError, match="the papers are in 'policyweave'"):
        client.vector_stores.search("vs_1", query="kilns")


def test_a_completion_cites_exact_spans(client: Any, service: Service) -> None:
    made = client.chat.completions.create(model="policyweave", messages=user(QUESTION), temperature=0.1)
    message = made.choices[0].message
    assert (made.object, made.choices[0].finish_reason, message.role) == ("chat.completion", "stop", "assistant")
    assert message.content is not None
    answer = service.ask(QUESTION)
    assert message.content.startswith(answer.text)
    assert message.annotations
    urls = {citation.url for item in answer.items for citation in item.citations}
    for annotation in message.annotations:
        cited = annotation.url_citation
        mark = message.content[cited.start_index : cited.end_index]
        assert mark.startswith("[")
        assert f"\n{mark} “" in message.content
        assert cited.url in message.content
        assert cited.url in urls


def test_shapes_are_those_of_the_classes(base: str) -> None:
    body = {"model": "policyweave", "messages": user(QUESTION)}
    whole = httpx.post(f"{base}/v1/chat/completions", json=body).json()
    chat_types.ChatCompletion.model_validate({**whole, "policyweave": None}, strict=True)


def test_a_stream_makes_the_same_message(client: Any) -> None:
    whole = client.chat.completions.create(model="policyweave", messages=user(QUESTION)).choices[0].message
    said, annotations, ends = "", [], []
    for chunk in client.chat.completions.create(model="policyweave", messages=user(QUESTION), stream=True):
        chat_types.ChatCompletionChunk.model_validate(chunk.model_dump(), strict=True)
        delta = chunk.choices[0].delta
        said += delta.content or ""
        annotations += (delta.model_extra or {}).get("annotations", [])
        ends.append(chunk.choices[0].finish_reason)
    assert said == whole.content
    assert annotations == [annotation.model_dump() for annotation in whole.annotations or []]
    assert ends[-1] == "stop"
    assert set(ends[:-1]) == {None}


def test_a_completion_follows_the_conversation(client: Any) -> None:
    parts = [{"type": "text", "text": "and in Finland?"}]
    messages = [
        {"role": "system", "content": "Be brief."},
        *user(QUESTION),
        {"role": "assistant", "content": "A school."},
        {"role": "user", "content": parts},
    ]
    made = client.chat.completions.create(model="policyweave", messages=messages)
    told = (made.model_extra or {})["policyweave"]
    assert told["follows"]
    assert "Finland" in told["read_as"]
    assert told["wording"]["by"] == "extraction"


def test_no_answer_says_so_and_shows_the_nearest(client: Any) -> None:
    made = client.chat.completions.create(
        model="policyweave", messages=user("Which tax did Portugal put on vineyards?")
    )
    message = made.choices[0].message
    assert message.content is not None
    assert message.content.startswith("No answer.")
    for annotation in message.annotations or []:
        cited = annotation.url_citation
        assert message.content[cited.start_index : cited.end_index].startswith("[")
        assert cited.url in message.content


@pytest.mark.parametrize("messages", [[], [{"role": "assistant", "content": "x"}], user("?!")])
def test_a_bad_completion_is_told(client: Any, messages: list[Any]) -> None:
    with pytest.raises(openai.UnprocessableEntityError):
        client.chat.completions.create(model="policyweave", messages=messages)


def test_completions_are_off_unless_the_settings_say_so(
    served: Settings, running: Callable[[FastAPI], AbstractContextManager[str]], client: Any
) -> None:
    assert [model.id for model in client.models.list()] == ["policyweave"]
    with running(create_app(served)) as url:
        closed = openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0)
        assert list(closed.models.list()) == []
        with pytest.raises(openai.NotFoundError, match="POLICYWEAVE_CHAT_COMPLETIONS=true"):
            closed.chat.completions.create(model="policyweave", messages=user(QUESTION))
