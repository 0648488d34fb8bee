"""Every tool, called by the SDK's client in both generations of the protocol over HTTP and over stdio."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from mcp import Client
from mcp.types import CallToolResult

from kg.graph.queries import names
from search_api.schemas import Answer
from search_api.service import Service

QUESTION = "How can skilled fishermen be kept in the villages?"
Use = Callable[[Callable[[Client], Any]], Any]


def call(use: Use, name: str, /, **arguments: Any) -> CallToolResult:
    async def calling(client: Client) -> CallToolResult:
        return await client.call_tool(name, arguments)

    return use(calling)


def text(result: CallToolResult) -> str:
    (content,) = result.content
    assert content.type == "text"
    return content.text


def checked(use: Use, name: str, /, **arguments: Any) -> Any:
    """Structured content that meets the tool's own schema; the text beside it holds a URL."""
    result = call(use, name, **arguments)
    assert not result.is_error, text(result)
    schema = {tool.name: tool.output_schema for tool in use(lambda client: client.list_tools()).tools}[name]
    jsonschema.validate(result.structured_content, schema)
    assert "http://127.0.0.1" in text(result)
    return result.structured_content


def test_the_tools_are_closed_and_only_read(use: Use) -> None:
    tools = {tool.name: tool for tool in use(lambda client: client.list_tools()).tools}
    assert set(tools) == {
        *("search", "fetch", "ask", "find_measures", "find_challenges", "get_entity"),
        *("compare_regions", "run_sparql", "list_queries", "run_query"),
    }
    for tool in tools.values():
        assert tool.description
        assert tool.input_schema["additionalProperties"] is False
        assert tool.output_schema["type"] == "object"
        assert tool.annotations.read_only_hint is True
    assert tools["search"].input_schema["required"] == ["query"]
    assert tools["fetch"].input_schema["required"] == ["id"]


def test_search_and_fetch_have_the_shape_of_connectors(use: Use, service: Service) -> None:
    result = call(use, "search", query="skilled fishermen leave the villages")
    assert json.loads(text(result)) == result.structured_content
    first = result.structured_content["results"][0]
    assert set(first) == {"id", "title", "url", "text"}
    assert all(first.values())
    fetched = call(use, "fetch", id=first["id"])
    assert json.loads(text(fetched)) == fetched.structured_content
    assert set(fetched.structured_content) == {"id", "title", "text", "url", "metadata"}
    assert fetched.structured_content["text"] == service.passage(first["id"]).text
    assert fetched.structured_content["url"]


def test_fetch_reads_by_url_and_iri_and_documents_too(use: Use, service: Service) -> None:
    document = service.documents()[0]
    whole = checked(use, "fetch", id=document.iri)
    assert whole["text"] == service.text(document.id)
    assert "next_start" not in whole["metadata"]
    rest = checked(use, "fetch", id=document.id, start=10)
    assert rest["text"] == service.text(document.id)[10:]
    url = checked(use, "search", query="drying kilns", k=1)["results"][0]["url"]
    assert "kilns" in checked(use, "fetch", id=url)["text"]


def test_ask_gives_the_answer_of_http(use: Use, service: Service) -> None:
    result = call(use, "ask", question=QUESTION, k=3, filters={"region": "Peru"}, wants="measure")
    answer = Answer.model_validate(result.structured_content)
    assert answer.items == service.ask(QUESTION, 3, answer_filters("Peru"), "measure").items
    said = text(result)
    assert answer.items[0].citations[0].quote in said
    assert answer.items[0].citations[0].url in said
    marks = {int(mark) for mark in re.findall(r"\[(\d+)\]", answer.text)}
    assert marks <= {int(mark) for mark in re.findall(r"^\[(\d+)\] “", said, re.MULTILINE)}


def answer_filters(region: str) -> Any:
    from search_api.schemas import Filters

    return Filters(region=region)


def test_ask_says_that_there_is_no_answer(use: Use) -> None:
    result = call(use, "ask", question="Which tax did Portugal put on vineyards?")
    assert result.structured_content["status"] == "no_answer"
    assert "No answer." in text(result)


def test_lists_of_measures_and_challenges(use: Use) -> None:
    measures = checked(use, "find_measures", filters={"region": "Peru", "status": "implemented"})
    assert [item["statuses"] for item in measures["items"]] == [["implemented"]]
    challenge = checked(use, "find_challenges", addressed=True, k=1)
    assert challenge["total"] > 1
    more = checked(use, "find_challenges", addressed=True, k=1, cursor=challenge["next"])
    assert more["items"][0]["id"] != challenge["items"][0]["id"]
    answering = checked(use, "find_measures", challenge=challenge["items"][0]["id"])
    assert answering["total"] >= 1


def test_one_thing_whole_by_iri_by_url_and_by_id(use: Use) -> None:
    item = checked(use, "find_measures", k=1)["items"][0]
    by_iri = checked(use, "get_entity", id=item["iri"])
    assert by_iri["kind"] == "measure"
    assert by_iri["view"]["evidence"]["items"][0]["citation"]["url"]
    assert checked(use, "get_entity", id=item["url"]) == by_iri
    assert checked(use, "get_entity", id=item["id"], kind="measure") == by_iri
    assert checked(use, "get_entity", id="PE", kind="region")["view"]["label"] == "Peru"


def test_regions_side_by_side(use: Use) -> None:
    compared = checked(use, "compare_regions", regions=["Peru", "Finland"])
    assert [side["label"] for side in compared["sides"]] == ["Peru", "Finland"]


def test_sparql_gives_rows_truth_and_turtle(use: Use) -> None:
    rows = checked(use, "run_sparql", query="SELECT ?l { ?m a pw:Measure ; rdfs:label ?l } ORDER BY ?l", max_rows=2)
    assert (rows["columns"], len(rows["rows"]), rows["cut"]) == (["l"], 2, True)
    assert rows["total"] > 2
    assert checked(use, "run_sparql", query="ASK { ?m a pw:Measure }")["boolean"] is True
    turtle = checked(use, "run_sparql", query="CONSTRUCT { ?m a pw:Measure } { ?m a pw:Measure } LIMIT 1")["turtle"]
    assert "pw:Measure" in turtle
    search = 'SELECT ?m { SERVICE pw:search { ?m pw:query "drying kilns" ; a pw:Measure ; pw:limit 1 } }'
    found = checked(use, "run_sparql", query=search)
    assert len(found["rows"]) == 1
    assert found["searched"].startswith("measure;returned=1;")


def test_named_queries_are_listed_and_run(use: Use) -> None:
    listed = checked(use, "list_queries")["queries"]
    assert [query["name"] for query in listed] == list(names())
    rows = checked(use, "run_query", name="measures-in-regions", parameters={"region": "Peru"})
    assert rows["total"] >= 1
    assert rows["url"].endswith("/queries/measures-in-regions?region=Peru")


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("ask", {"question": "?!"}, "write it in words"),
        ("ask", {"question": "towns", "filters": {"colour": "red"}}, "colour"),
        ("ask", {"question": "towns", "filters": {"region": "Atlantis"}}, "unknown region 'Atlantis'"),
        ("ask", {"question": "towns", "k": 0}, "greater than or equal to 1"),
        ("ask", {"question": "towns", "depth": 3}, "Extra inputs are not permitted"),
        ("search", {"query": ""}, "write it in words"),
        ("fetch", {"id": "nothing"}, "use an id that search or ask"),
        ("find_measures", {"challenge": "no such trouble"}, "no such trouble"),
        ("find_measures", {"cursor": "x"}, "cursor"),
        ("find_challenges", {"filters": {"status": "planned"}}, "unknown filter 'status'"),
        ("get_entity", {"id": "PE"}, "give its IRI, or kind as well"),
        ("get_entity", {"id": "Peru", "kind": "region"}, "near: Peru (id PE)"),
        ("compare_regions", {"regions": ["Peru"]}, "name 2 to 5"),
        ("run_sparql", {"query": "SELECT * { ?s ?p }"}, "line 1"),
        ("run_sparql", {"query": "SELECT * { ?s sko:x ?o }"}, "did you mean 'skos:'?"),
        ("run_sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "read-only"),
        ("run_sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}, "SERVICE"),
        ("run_query", {"name": "no-such-query"}, "no-such-query"),
        ("run_query", {"name": "papers", "parameters": {"colour": "red"}}, "colour"),
    ],
)
def test_errors_say_what_to_do(use: Use, name: str, arguments: dict[str, Any], told: str) -> None:
    result = call(use, name, **arguments)
    assert result.is_error
    assert told in text(result)
    assert "Traceback" not in text(result)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_all_tools_over_stdio(use_stdio: Any, mode: str, service: Service) -> None:
    async def all_of_them(client: Client) -> dict[str, CallToolResult]:
        document = service.documents()[0].id
        calls: dict[str, dict[str, Any]] = {
            "search": {"query": "kilns"},
            "fetch": {"id": document},
            "ask": {"question": QUESTION},
            "find_measures": {},
            "find_challenges": {},
            "get_entity": {"id": "PE", "kind": "region"},
            "compare_regions": {"regions": ["Peru", "Finland"]},
            "run_sparql": {"query": "SELECT * { ?s a pw:Measure }"},
            "list_queries": {},
            "run_query": {"name": "papers"},
        }
        assert {tool.name for tool in (await client.list_tools()).tools} == set(calls)
        return {name: await client.call_tool(name, given) for name, given in calls.items()}

    for name, result in use_stdio(mode, all_of_them).items():
        assert not result.is_error, (name, text(result))
        assert result.structured_content
