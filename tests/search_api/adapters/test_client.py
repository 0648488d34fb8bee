"""The client over HTTP gives what the use cases give in the server, and tells refusals apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from fastapi import FastAPI

from kg.settings import Settings
from search_api.access.keys import KeyFile
from search_api.app import create_app
from search_api.client import Client, RequestError
from search_api.schemas import Filters
from search_api.searching.schemas import SearchFilters
from search_api.service import Service

QUESTION = "How can skilled fishermen be kept in the villages?"


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[Client]:
    with Client(url) as made:
        yield made


def test_answers_are_those_of_the_service(client: Client, service: Service) -> None:
    filters = Filters(region="Peru")
    asked = client.ask(QUESTION, 3, filters, "measure").model_dump(exclude={"took_ms"})
    assert asked == service.ask(QUESTION, 3, filters, "measure").model_dump(exclude={"took_ms"})


def test_searches_are_those_of_the_service(client: Client, service: Service) -> None:
    given = ("drying kilns", 2, "passage", SearchFilters(region=["Finland", "Peru"], year=[2021]), "-year")
    found = client.search(*given).model_dump(exclude={"took_ms"})
    assert found == service.search(*given).model_dump(exclude={"took_ms"})


def test_a_conversation(client: Client) -> None:
    reply = client.chat([QUESTION, "and in Finland?"], 3)
    assert reply.follows
    assert reply.answer.interpretation.filters["region"] == "Finland"


def test_lists_things_and_comparisons(client: Client) -> None:
    measures = client.measures(k=1, status=["implemented", "proposed"])
    assert measures.total > 1
    more = client.measures(k=1, cursor=measures.next, status=["implemented", "proposed"])
    assert more.items[0].id != measures.items[0].id
    assert client.challenges(addressed=False).total < client.challenges().total
    assert client.thing(measures.items[0].url).iri == measures.items[0].iri
    assert client.thing("/regions/PE").label == "Peru"
    assert client.entities("regions", q="peru").items[0].id == "PE"
    assert client.statistics().items
    assert [side.id for side in client.compare(["Peru", "Finland"]).sides] == ["PE", "FI"]


def test_records_and_sparql(client: Client) -> None:
    document = client.document(client.documents()[0].id)
    assert client.passage(document.sections[0].passages[0]).source == document.source
    rows = client.sparql("SELECT ?l { ?m a pw:Measure ; rdfs:label ?l } ORDER BY ?l LIMIT 2")
    assert len(rows) == 2
    assert all(row["l"] for row in rows)
    assert client.status().documents == 2


def test_refusals_carry_what_to_do(client: Client) -> None:
    for call, status, told in (
        (lambda: client.ask("?!"), 422, "write it in words"),
        (lambda: client.measures(region="Atlantis"), 422, "unknown region 'Atlantis'"),
        (lambda: client.passage("none"), 404, "no passage 'none'"),
        (lambda: client.sparql("SELECT * { ?s ?p }"), 400, "line 1"),
    ):
        with pytest.raises(RequestError, match=told) as refused:
            call()
        assert refused.value.status == status
        assert refused.value.problem["status"] == status


def test_keys_and_rates(
    served: Settings, tmp_path: Path, running: Callable[[FastAPI], AbstractContextManager[str]]
) -> None:
    _, secret = KeyFile(tmp_path / "keys.json").add("desk", [], 2)
    with running(create_app(served.model_copy(update={"keys": tmp_path / "keys.json"}))) as base:
        with Client(base) as closed, pytest.raises(RequestError) as refused:
            closed.documents()
        assert refused.value.status == 401
        with Client(base, key=secret) as client:
            assert client.documents()
            assert client.documents()
            with pytest.raises(RequestError) as refused:
                client.documents()
    assert refused.value.status == 429
    assert refused.value.retry_after is not None


def test_a_server_that_is_not_there() -> None:
    with Client("http://127.0.0.1:9") as client, pytest.raises(RequestError, match="is the server running") as failed:
        client.status()
    assert failed.value.status == 0
