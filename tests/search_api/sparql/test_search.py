"""Search inside SPARQL over a real index: what is found, what restricts it, and what is said of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, Store
from rdflib import Graph

from kg.errors import QueryError
from kg.graph.store import open_read_only
from kg.graph.terms import PREFIXES
from kg.settings import Settings
from search_api.app import create_app
from search_api.search_in_sparql import SnapshotSearch
from search_api.service import Service
from search_api.sparql.engine import Alone, Source
from search_api.sparql.errors import ForbiddenQueryError, SearchError
from search_api.sparql.federation import wrapped
from search_api.sparql.search import Kind, Wanted
from search_api.sparql.services import blanked

Rows = list[dict[str, str]]
TEXT = "skilled people leaving the villages"


@pytest.fixture(scope="module")
def search(service: Service) -> SnapshotSearch:
    return SnapshotSearch(service, service.world())


@pytest.fixture(scope="module")
def alone(service: Service, search: SnapshotSearch, served: Settings) -> Iterator[Alone]:
    source = Source(service.world().snapshot.graph_path, search, "https://pw.example.org")
    with Alone(source, served) as made:
        yield made


@pytest.fixture(scope="module")
def store(service: Service) -> Store:
    return open_read_only(service.world().snapshot.graph_path)


def _rows(alone: Alone, query: str) -> Rows:
    found = json.loads(alone.evaluate(query, "json").body)
    return [{name: term["value"] for name, term in row.items()} for row in found["results"]["bindings"]]


@pytest.mark.parametrize("kind", ["passage", "sentence", "statement", "concept", "measure", "challenge"])
def test_each_kind_is_ranked_as_by_the_index(alone: Alone, search: SnapshotSearch, kind: Kind) -> None:
    expected = search(Wanted(TEXT, kind, limit=5))
    rows = _rows(
        alone,
        f"""SELECT * {{ SERVICE pw:search {{ ?hit pw:query "{TEXT}" ; pw:kind "{kind}" ; pw:limit 5 ; pw:score ?score ;
            pw:rank ?rank ; pw:text ?text ; pw:total ?total ; pw:examined ?examined }} }} ORDER BY ?rank""",
    )
    assert [(row["hit"], float(row["score"]), row["text"]) for row in rows] == [
        (found.iri, found.score, found.text) for found in expected.found
    ]
    assert [row["rank"] for row in rows] == [str(rank) for rank in range(1, len(rows) + 1)]
    assert {(row["total"], row["examined"]) for row in rows} == {(str(expected.total), str(expected.examined))}
    assert len(rows) == len(expected.found) > 0


@pytest.mark.parametrize("kind", ["passage", "sentence", "statement", "concept"])
@pytest.mark.parametrize("text", [TEXT, "cold storage", "which measures help sawmills?", "quantum entanglement"])
def test_a_search_finds_what_the_search_route_finds(alone: Alone, client: TestClient, text: str, kind: str) -> None:
    found = client.get("/search", params={"q": text, "k": 8, "type": kind}).json()
    rows = _rows(
        alone,
        f"""SELECT * {{ SERVICE pw:search {{ ?hit pw:query "{text}" ; pw:kind "{kind}" ; pw:limit 8 ; pw:rank ?rank ;
            pw:score ?score ; pw:reason ?reason ; pw:total ?total }} }} ORDER BY ?rank""",
    )
    assert [(row["hit"], float(row["score"]), row["reason"], int(row["total"])) for row in rows] == [
        (hit["id"], hit["score"], hit["reason"], found["total"]) for hit in found["hits"]
    ]
    assert rows


def test_things_are_of_their_class(alone: Alone) -> None:
    for name in ("Passage", "Statement", "Measure", "Challenge"):
        rows = _rows(
            alone, f'SELECT ?x {{ SERVICE pw:search {{ ?x a pw:{name} ; pw:query "harbour" }} ?x a pw:{name} }}'
        )
        assert rows, name


def test_the_pattern_restricts_before_the_limit_cuts(alone: Alone, search: SnapshotSearch, store: Store) -> None:
    implemented = {
        row[0].value for row in _solutions(store, "SELECT ?m { ?m pw:status pw:implemented ; a pw:Measure }")
    }
    ranked = [found.iri for found in search(Wanted(TEXT, "measure", limit=1000)).found]
    assert ranked[0] not in implemented
    rows = _rows(
        alone,
        f"""SELECT ?m ?n {{ SERVICE pw:search {{ ?m pw:query "{TEXT}" ; a pw:Measure ; pw:limit 1 ; pw:examined ?n }}
            ?m pw:status pw:implemented }}""",
    )
    assert [row["m"] for row in rows] == [iri for iri in ranked if iri in implemented][:1]
    apart = _rows(
        alone,
        f"""SELECT ?m {{ {{ SERVICE pw:search {{ ?m pw:query "{TEXT}" ; a pw:Measure ; pw:limit 1 }} }}
            ?m pw:status pw:implemented }}""",
    )
    assert apart == []


def test_texts_and_places_may_come_from_values(alone: Alone, search: SnapshotSearch) -> None:
    rows = _rows(
        alone,
        """SELECT ?q ?f ?p ?r { VALUES ?q { "cold storage" "drying timber" } ?d pw:sourceFile ?f .
            SERVICE pw:search { ?p pw:query ?q ; pw:within ?d ; pw:limit 2 ; pw:rank ?r } ?p pw:inDocument ?d }""",
    )
    assert {(row["q"], row["f"], row["r"]) for row in rows} == {
        (q, f, r) for q in ("cold storage", "drying timber") for f in ("fishing.txt", "timber.txt") for r in ("1", "2")
    }


def test_a_later_search_ranks_what_an_earlier_one_leaves(alone: Alone, search: SnapshotSearch) -> None:
    rows = _rows(
        alone,
        """SELECT ?p ?b { SERVICE pw:search { ?p pw:query "harbour" ; pw:limit 2 }
            SERVICE pw:search { ?p pw:query "timber" ; pw:score ?b ; pw:limit 1 } }""",
    )
    best = {found.iri for found in search(Wanted("harbour", limit=2)).found}
    (row,) = rows
    assert row["p"] in best
    two = _rows(
        alone,
        """SELECT ?p ?c { SERVICE pw:search { ?p pw:query "harbour" ; pw:limit 2 . ?c a skos:Concept ;
            pw:query "school" ; pw:limit 3 } }""",
    )
    assert len(two) == 6


def test_sentences_join_by_their_passage(alone: Alone) -> None:
    rows = _rows(
        alone,
        """SELECT ?s ?p { ?p pw:inDocument/pw:sourceFile "timber.txt" .
            SERVICE pw:search { ?s pw:query "skilled" ; pw:kind "sentence" ; pw:inPassage ?p ; pw:limit 4 } }""",
    )
    assert len(rows) == 4


def test_nested_in_optional_union_and_subselect(alone: Alone) -> None:
    block = 'SERVICE pw:search { ?m pw:query "school" ; a pw:Measure ; pw:limit 1 ; pw:score ?s }'
    assert _rows(alone, f"SELECT ?m {{ ?m a pw:Measure OPTIONAL {{ {block} }} FILTER(BOUND(?s)) }}")
    both = f"SELECT DISTINCT ?m {{ {{ {block} }} UNION {{ {block.replace('school', 'tide data')} }} }}"
    assert len(_rows(alone, both)) == 2
    assert _rows(alone, f"SELECT ?n {{ {{ SELECT (COUNT(*) AS ?n) {{ {block} }} }} }}") == [{"n": "1"}]


# Each is quick to evaluate, so that no combination comes near the time limit.
PARTS = st.sampled_from([
    "?m a pw:Measure .", "?m pw:appliesIn ?r .", "OPTIONAL { ?m pw:appliesIn ?r }", "FILTER(?s > 0.5)",
    "FILTER(BOUND(?r))", "FILTER(!BOUND(?r))", "MINUS { ?m pw:status pw:implemented }", "BIND(?s * 2 AS ?d)",
    "{ ?m pw:status pw:proposed } UNION { ?r a pw:Region . FILTER(?r = region:PE) }", "FILTER(?d > 1.0)",
    "FILTER NOT EXISTS { ?m pw:status pw:implemented }", "FILTER EXISTS { ?m pw:appliesIn ?r }",
    "MINUS { ?m pw:appliesIn ?r }", "{ SELECT ?m (COUNT(*) AS ?c) { ?m a pw:Measure ; ?p ?o } GROUP BY ?m }",
    "FILTER(STRLEN(STR(?m)) > 80)", "FILTER(CONTAINS(STR(?m), 'school'))", "VALUES ?r { UNDEF }",
    "OPTIONAL { ?m pw:status ?x FILTER(?s > 0.5) }", "FILTER(?x = pw:proposed)", "BIND(?x AS ?y)",
    "{ ?m a pw:Measure FILTER(STRLEN(STR(?m)) > 70) }", "VALUES (?s ?z) { (UNDEF 1) }",
    "MINUS { ?m a pw:Measure . ?x pw:addresses ?s }",
])  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PARTS, max_size=4, unique=True), st.lists(PARTS, max_size=3, unique=True))
def test_candidates_never_lose_an_answer(
    alone: Alone, search: SnapshotSearch, store: Store, before: list[str], after: list[str]
) -> None:
    """With room for all finds, a search gives what joining all finds by hand gives, whatever stands beside it."""
    table = " ".join(f"(<{each.iri}> {each.score})" for each in search(Wanted("school", "measure", 10_000)).found)
    block = 'SERVICE pw:search { ?m pw:query "school" ; a pw:Measure ; pw:score ?s ; pw:limit 10000 }'
    query = "SELECT ?m ?s ?r ?d ?x {{ {} {} {} }}"
    try:
        expected = _solutions(store, query.format(" ".join(before), f"VALUES (?m ?s) {{ {table} }}", " ".join(after)))
    except SyntaxError:
        return
    wanted = sorted(",".join("" if term is None else term.value for term in row) for row in expected)
    body = alone.evaluate(query.format(" ".join(before), block, " ".join(after)), "csv").body.decode()
    assert sorted(body.splitlines()[1:]) == wanted


@pytest.mark.parametrize(
    ("inside", "told", "hint"),
    [
        ("", "empty", None),
        ("?p pw:score ?s", "no pw:query", None),
        ('?p pw:qeury "x"', "no property", "query"),
        ('?p pw:query "x" ; rdfs:label ?l', "no property", "outside"),
        ('?p pw:query "x" ; pw:rank 1', "FILTER it outside", None),
        ('?p pw:query "x" ; pw:limit 0', "pw:limit", None),
        ('?p pw:query "x" ; pw:limit "many"', "takes a number", None),
        ('?p pw:query "x" ; pw:kind "paper"', "cannot be searched for", "passage"),
        ('?p pw:query "x" ; pw:query "y"', "twice", None),
        ('?p pw:query "x" ; pw:score ?p', "twice", None),
        ("?p pw:query ?q", "has no value", None),
        ("?p pw:query pw:Measure", "takes a text", None),
        ('?p pw:query "x" ; pw:within "y"', "IRI", None),
        ('?p pw:query "..."', "empty", None),
        ('?p pw:query "x" ; a pw:Measure ; pw:inPassage ?q', "many passages", None),
        ('?p pw:query/pw:score "x"', "cannot stand", None),
        ('?p pw:query ( "x" )', "cannot stand", None),
        ("?p pw:query", "breaks off", None),
        ('"p" pw:query "x"', "variable", None),
    ],
)
def test_a_wrong_search_is_told_with_its_place(alone: Alone, inside: str, told: str, hint: str | None) -> None:
    with pytest.raises(SearchError, match=told) as caught:
        alone.evaluate(f"SELECT * {{\n SERVICE pw:search {{ {inside} }} }}")
    assert caught.value.line == 2
    assert hint is None or hint in (caught.value.hint or "")


def test_a_search_stands_in_no_named_graph(alone: Alone) -> None:
    with pytest.raises(SearchError, match="GRAPH"):
        alone.evaluate('SELECT * { GRAPH ?g { SERVICE pw:search { ?p pw:query "x" } } }')


def test_errors_beside_a_search_keep_their_place(alone: Alone) -> None:
    with pytest.raises(QueryError) as caught:
        alone.evaluate('SELECT * {\n SERVICE pw:search { ?p pw:query "x" }\n ?p a }')
    assert caught.value.line == 3


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE pw:search { ?p pw:query 'x' } SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
        "SELECT * { SERVICE pw:search { ?p pw:query 'x' . SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } } }",
        "PREFIX pw: <http://127.0.0.1:1/> SELECT * { SERVICE pw:search { ?p pw:query 'x' } }",
        "SELECT * { SERVICE ?pw { ?p pw:query 'x' } }",
        "SELECT * { SERVICE pw:search { ?p pw:query 'x\\u0022 . SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } #' } \n",
    ],
)
def test_no_other_server_is_asked(alone: Alone, query: str) -> None:
    with pytest.raises((ForbiddenQueryError, SearchError, QueryError)):
        alone.evaluate(query)


def test_a_text_with_quotes_and_keywords_is_only_a_text(alone: Alone) -> None:
    text = r"""say 'SERVICE <http://x> {}' } and # it's a \\ harbour"""
    assert _rows(alone, f'SELECT ?t {{ VALUES ?q {{ "{text}" }} SERVICE pw:search {{ ?p pw:query ?q ; pw:text ?t }} }}')


def test_blanking_keeps_every_place() -> None:
    query = "SELECT * {\n SERVICE pw:search { ?p\n pw:query 'x' } ?p a ?c }"
    made = blanked(query, "")
    start, end = query.index("SERVICE"), query.index("} ?p") + 1
    assert (made[:start], made[end:], len(made)) == (query[:start], query[end:], len(query))
    assert made[start:end].split() == ["{}"]
    assert made[start:end].index("\n") == query[start:end].index("\n")


def test_bare_patterns_are_wrapped_and_others_stay() -> None:
    pw = PREFIXES["pw"]
    made = wrapped(f"SELECT * WHERE {{ ?p <{pw}query> 'x.y' . ?p a ?c . ?p <{pw}score> ?s FILTER(?s > 0.5) }}")
    assert "?p a ?c . SERVICE" in made
    assert f"{{ ?p <{pw}query> 'x.y' . ?p <{pw}score> ?s . }}FILTER" in made.replace("} FILTER", "}FILTER")
    assert wrapped(made) == made


def test_the_header_says_what_was_looked_at(client: TestClient) -> None:
    query = 'SELECT * { SERVICE pw:search { ?p pw:query "harbour" ; pw:limit 3 } }'
    answer = client.get("/sparql", params={"query": query})
    kind, *facts = answer.headers["policyweave-search"].split(";")
    told = dict(fact.split("=") for fact in facts)
    assert (kind, told["returned"]) == ("passage", "3")
    assert int(told["examined"]) >= int(told["total"]) >= 1
    assert "policyweave-search" not in client.get("/sparql", params={"query": "ASK {}"}).headers


def test_another_store_searches_by_plain_http(
    served: Settings, running: Callable[[FastAPI], AbstractContextManager[str]]
) -> None:
    """Oxigraph, which knows nothing of this project, federates to the endpoint with its own SERVICE."""
    pattern = f'?p <{PREFIXES["pw"]}query> "harbour" ; <{PREFIXES["pw"]}score> ?s ; <{PREFIXES["pw"]}limit> 4'
    with running(create_app(served)) as url:
        found = Store().query(f"SELECT ?p ?s {{ SERVICE <{url}/sparql/search> {{ {pattern} }} }} ORDER BY DESC(?s)")
        assert isinstance(found, QuerySolutions)
        theirs = [(row["p"].value, row["s"].value) for row in found]
        query = f"SELECT ?p ?s {{ SERVICE pw:search {{ {pattern} }} }} ORDER BY DESC(?s)"
        ours = httpx.get(f"{url}/sparql", params={"query": query, "format": "json"}, timeout=30).json()
        own = httpx.get(
            f"{url}/sparql", params={"query": query.replace("pw:search", f"<{url}/sparql/search>"), "format": "json"}
        )
        described = httpx.get(f"{url}/sparql/search")
    assert theirs == [(row["p"]["value"], row["s"]["value"]) for row in ours["results"]["bindings"]]
    assert len(theirs) == 4
    # The public URL in the settings is another one here, so that this server does not know the endpoint for its own.
    assert own.status_code == 403
    assert described.headers["content-type"].startswith("text/turtle")


def test_rdflib_sends_what_it_knows_and_gets_a_search_for_each(
    served: Settings, running: Callable[[FastAPI], AbstractContextManager[str]]
) -> None:
    with running(create_app(served)) as url:
        found = Graph().query(
            f"""PREFIX pw: <{PREFIXES["pw"]}> SELECT ?q ?p {{ VALUES ?q {{ "harbour" "school" }}
                SERVICE <{url}/sparql/search> {{ ?p pw:query ?q ; pw:limit 2 }} }}"""
        )
        assert sorted(str(row[0]) for row in found) == ["harbour"] * 2 + ["school"] * 2  # type: ignore[index]


def _solutions(store: Store, query: str) -> list[Any]:
    found = store.query(query, prefixes=dict(PREFIXES))
    assert isinstance(found, QuerySolutions)
    return [tuple(row) for row in found]
