"""Results are what Oxigraph would write, in every syntax, counted, and well-formed whatever the characters."""

from __future__ import annotations

import csv
import io
import json
import os
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from search_api.sparql import graphs, results
from search_api.sparql.counting import RowCounter
from search_api.sparql.errors import NotAcceptableError
from search_api.sparql.limits import INLINE, Spool, TooManyBytesError, TooManyRowsError
from search_api.sparql.negotiation import negotiate

QUERY = """SELECT ?a ?b ?c { VALUES (?a ?b ?c) {
  (<http://example.org/é?x=1&y=2> "plain" UNDEF) ("two\\nlines\\r\\nand \\"quotes\\", tab\\tend" "x"@en-GB 1.50)
  (UNDEF "<b>&amp;" true) ("" "日本" "2020"^^<http://www.w3.org/2001/XMLSchema#gYear>) } }"""


def write(result: Any, syntax: str, limit: int, prefixes: dict[str, str]) -> tuple[bytes, int]:
    out = io.BytesIO()
    count = results.write(result, syntax, limit, prefixes, out)
    return out.getvalue(), count


def _solutions(query: str = QUERY) -> QuerySolutions:
    found = Store().query(query)
    assert isinstance(found, QuerySolutions)
    return found


@pytest.mark.parametrize(
    ("syntax", "form"),
    [("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML), ("tsv", QueryResultsFormat.TSV)],
)
def test_rows_read_back_as_the_same_terms(syntax: str, form: QueryResultsFormat) -> None:
    body, count = write(_solutions(), syntax, 100, {})
    back = parse_query_results(body, format=form)
    assert isinstance(back, QuerySolutions)
    assert [list(row) for row in back] == [list(row) for row in _solutions()]
    assert count == 4


def test_csv_is_what_oxigraph_writes() -> None:
    assert write(_solutions(), "csv", 100, {})[0] == _solutions().serialize(format=QueryResultsFormat.CSV)


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_any_text_survives(text: str) -> None:
    store = Store()
    store.add(Quad(NamedNode("a:a"), NamedNode("a:b"), Literal(text)))
    bodies = {}
    for syntax in ("json", "xml", "csv"):
        found = store.query("SELECT ?o { ?s ?p ?o }")
        assert isinstance(found, QuerySolutions)
        bodies[syntax] = write(found, syntax, 1, {})[0].decode()
    assert json.loads(bodies["json"])["results"]["bindings"][0]["o"]["value"] == text
    assert next(csv.reader(io.StringIO(bodies["csv"].partition("\r\n")[2], newline="")), [""]) in ([text], [])
    ElementTree.fromstring(bodies["xml"])


def test_triples_inside_triples_are_written() -> None:
    query = "SELECT (TRIPLE(<a:a>, <a:b>, 1) AS ?t) {}"
    assert json.loads(write(_solutions(query), "json", 9, {})[0])["results"]["bindings"][0]["t"]["type"] == "triple"
    assert b"<triple><subject>" in write(_solutions(query), "xml", 9, {})[0]


@pytest.mark.parametrize(
    ("syntax", "body"), [("csv", b"true"), ("tsv", b"true"), ("json", b'{"head": {}, "boolean": true}')]
)
def test_ask(syntax: str, body: bytes) -> None:
    found = Store().query("ASK {}")
    assert isinstance(found, QueryBoolean)
    assert write(found, syntax, 1, {}) == (body, 1)


def test_ask_in_xml() -> None:
    found = Store().query("ASK { ?s ?p ?o }")
    assert isinstance(found, QueryBoolean)
    assert parse_query_results(write(found, "xml", 1, {})[0], format=QueryResultsFormat.XML) == found


@pytest.mark.parametrize(
    ("syntax", "form"),
    graphs.FORMATS.items(),
)
def test_graphs_hold_each_triple_once(syntax: str, form: RdfFormat) -> None:
    found = Store().query("CONSTRUCT { <a:a> <http://example.org/p> 'x y' } { VALUES ?x { 1 2 3 } }")
    body, count = write(found, syntax, 10, {"ex": "http://example.org/", "other": "http://other/"})
    assert count == 1
    assert len(list(parse(body, format=form))) == 1
    assert b"http://other/" not in body


def test_rdf_xml_is_well_formed_with_page_breaks() -> None:
    found = Store().query("CONSTRUCT { <a:a> <http://example.org/p> 'x\\f' } {}")
    ElementTree.fromstring(write(found, "rdf", 10, {})[0])


@pytest.mark.parametrize(
    "query", ["SELECT * { VALUES ?x { 1 2 3 } }", "CONSTRUCT { <a:a> <a:b> ?x } { VALUES ?x { 1 2 3 } }"]
)
def test_the_limit_holds_before_the_last_row(query: str) -> None:
    syntax = "json" if query.startswith("SELECT") else "ttl"
    assert write(Store().query(query), syntax, 3, {})[1] == 3
    with pytest.raises(TooManyRowsError):
        write(Store().query(query), syntax, 2, {})


@given(
    st.lists(st.lists(st.none() | st.text('{}[],:"\\\n ab', max_size=9), min_size=2, max_size=2), max_size=12),
    st.integers(1, 40),
)
def test_rows_of_json_are_counted_exactly_wherever_the_pieces_end(rows: list[list[str | None]], size: int) -> None:
    cells = ["(" + " ".join("UNDEF" if text is None else str(Literal(text)) for text in row) + ")" for row in rows]
    query = f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {' '.join(cells)} }} }}"
    whole = Store().query(query).serialize(format=QueryResultsFormat.JSON)  # type: ignore[union-attr]
    assert whole is not None
    out = io.BytesIO()
    counter = RowCounter(out, len(rows))
    for start in range(0, len(whole), size):
        counter.write(whole[start : start + size])
    assert (counter.finish(), out.getvalue()) == (len(rows), whole)


@pytest.mark.parametrize("text", ["1", "UNDEF", '"}},{\\"type\\":"', '"},{"'])
def test_one_row_of_json_too_many_is_told_before_the_end(text: str) -> None:
    query = f"SELECT ?x {{ VALUES ?x {{ {' '.join([text] * 5001)} }} }}"
    assert write(Store().query(query), "json", 5001, {})[1] == 5001
    out = io.BytesIO()
    with pytest.raises(TooManyRowsError):
        results.write(Store().query(query), "json", 3000, {}, out)
    assert len(out.getvalue()) < len(write(Store().query(query), "json", 5001, {})[0])


@pytest.mark.parametrize("syntax", graphs.FORMATS)
def test_a_whole_graph_is_given_in_every_syntax(syntax: str) -> None:
    triples = [Triple(NamedNode("http://e.org/a"), NamedNode("http://e.org/p"), Literal(number)) for number in range(9)]
    out = io.BytesIO()
    graphs.dump(iter(triples), syntax, {"e": "http://e.org/"}, out)
    assert {quad.triple for quad in parse(out.getvalue(), format=graphs.FORMATS[syntax])} == set(triples)


def test_a_long_result_waits_in_a_file_that_has_no_name() -> None:
    with Spool(10 * INLINE) as spool:
        spool.write(b"a" * INLINE)
        assert (len(spool.inline()), spool.descriptor()) == (INLINE, None)
        spool.write(b"b" * INLINE)
        descriptor = spool.descriptor()
        assert descriptor is not None
        assert os.fstat(descriptor).st_nlink == 0
        assert os.pread(descriptor, 3 * INLINE, 0) == b"a" * INLINE + b"b" * INLINE
        with pytest.raises(TooManyBytesError):
            spool.write(b"c" * 9 * INLINE)


@pytest.mark.parametrize(
    ("form", "accept", "name", "expected"),
    [
        ("SELECT", None, None, "application/sparql-results+json"),
        ("SELECT", "*/*", None, "application/sparql-results+json"),
        ("SELECT", "text/csv;q=0.5, application/sparql-results+xml;q=0.9", None, "application/sparql-results+xml"),
        ("SELECT", "text/*;q=0.5, text/csv;q=0.1", None, "text/tab-separated-values; charset=utf-8"),
        ("SELECT", "text/html, application/xml;q=0.9, */*;q=0.8", None, "application/xml"),
        ("SELECT", "application/json", None, "application/json"),
        ("SELECT", "text/turtle", "csv", "text/csv; charset=utf-8"),
        ("ASK", "application/sparql-results+xml", None, "application/sparql-results+xml"),
        ("CONSTRUCT", None, None, "text/turtle; charset=utf-8"),
        ("CONSTRUCT", "application/n-triples", None, "application/n-triples"),
        ("CONSTRUCT", "application/trig;q=0.3, application/n-quads;q=0.4", None, "application/n-quads"),
        ("GRAPH", "application/trig", None, "application/trig"),
        ("DESCRIBE", None, "nq", "application/n-quads"),
        ("DESCRIBE", None, "nt", "application/n-triples"),
        ("DESCRIBE", "text/turtle;q=0, application/ld+json", None, "application/ld+json"),
    ],
)
def test_negotiation(form: str, accept: str | None, name: str | None, expected: str) -> None:
    assert negotiate(form, accept, name).media_type == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("accept", "name"), [("image/png", None), ("text/turtle", None), (None, "doc"), ("*/*;q=0", None)]
)
def test_nothing_acceptable_is_told(accept: str | None, name: str | None) -> None:
    with pytest.raises(NotAcceptableError, match="text/csv"):
        negotiate("SELECT", accept, name)
