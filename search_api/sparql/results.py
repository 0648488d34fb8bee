"""Query results as bytes: JSON, XML, CSV and TSV for rows, RDF syntaxes for graphs. Counts as it goes.

Rows are written here and not by Oxigraph because the count has to be known and the limit has to hold before the last
row, and because Oxigraph writes control characters into XML that no XML parser takes (page breaks in quotes).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Any, Final

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

Term = NamedNode | BlankNode | Literal | Triple
Row = Sequence[Term | None]

_GRAPH_FORMATS: Final = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_XML_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'


class TooManyRowsError(Exception):
    """The result has more rows or triples than allowed."""


def write(
    result: QueryBoolean | QuerySolutions | QueryTriples, syntax: str, limit: int, prefixes: dict[str, str]
) -> tuple[bytes, int]:
    """The result in a syntax and its number of rows or triples (1 for ASK); TooManyRowsError past the limit."""
    if isinstance(result, QueryBoolean):
        return _boolean(bool(result), syntax), 1
    if isinstance(result, QueryTriples):
        return _graph(result, syntax, limit, prefixes)
    rows = [tuple(row) for row in _limited(result, limit)]
    variables = [variable.value for variable in result.variables]
    text = "".join(_ROW_WRITERS[syntax](variables, rows))
    return text.encode("utf-8", "replace"), len(rows)


def _limited(items: Iterable[Any], limit: int) -> Iterator[Any]:
    for count, item in enumerate(items):
        if count >= limit:
            raise TooManyRowsError
        yield item


def _graph(result: QueryTriples, syntax: str, limit: int, prefixes: dict[str, str]) -> tuple[bytes, int]:
    triples = list(dict.fromkeys(_limited(result, limit)))
    plain = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    used = {prefix: base for prefix, base in prefixes.items() if f"<{base}".encode() in plain}
    body = serialize(triples, format=_GRAPH_FORMATS[syntax], prefixes=used) or b""
    if syntax == "rdfxml":
        body = _NOT_XML.sub("\ufffd", body.decode()).encode()
    return body, len(triples)


def _boolean(value: bool, syntax: str) -> bytes:
    text = "true" if value else "false"
    if syntax == "json":
        return json.dumps({"head": {}, "boolean": value}).encode()
    return f"{_XML_HEAD}<head/><boolean>{text}</boolean></sparql>".encode() if syntax == "xml" else text.encode()


def _json(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield f'{{"head":{{"vars":{json.dumps(variables)}}},"results":{{"bindings":['
    for number, row in enumerate(rows):
        bound = {name: _json_term(term) for name, term in zip(variables, row, strict=True) if term is not None}
        yield ("," if number else "") + "\n" + json.dumps(bound, ensure_ascii=False)
    yield "]}}"


def _json_term(term: Term) -> dict[str, Any]:
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case Literal():
            found = {"type": "literal", "value": term.value}
            if term.language:
                found["xml:lang"] = term.language
            elif term.datatype.value != _STRING:
                found["datatype"] = term.datatype.value
            return found
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}


def _xml(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    names = "".join(f'<variable name="{_xml_text(name)}"/>' for name in variables)
    yield f"{_XML_HEAD}<head>{names}</head><results>"
    for row in rows:
        bound = (
            f'<binding name="{_xml_text(name)}">{_xml_term(term)}</binding>'
            for name, term in zip(variables, row, strict=True)
            if term is not None
        )
        yield f"\n<result>{''.join(bound)}</result>"
    yield "</results></sparql>"


def _xml_term(term: Term) -> str:
    match term:
        case NamedNode():
            return f"<uri>{_xml_text(term.value)}</uri>"
        case BlankNode():
            return f"<bnode>{_xml_text(term.value)}</bnode>"
        case Literal():
            kind = ""
            if term.language:
                kind = f' xml:lang="{_xml_text(term.language)}"'
            elif term.datatype.value != _STRING:
                kind = f' datatype="{_xml_text(term.datatype.value)}"'
            return f"<literal{kind}>{_xml_text(term.value)}</literal>"
    subject, predicate, value = map(_xml_term, (term.subject, term.predicate, term.object))
    return f"<triple><subject>{subject}</subject><predicate>{predicate}</predicate><object>{value}</object></triple>"


def _xml_text(text: str) -> str:
    # A bare carriage return would come out of every XML parser as a line feed.
    return _NOT_XML.sub("\ufffd", escape(text)).replace("\r", "&#13;")


def _csv(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield ",".join(map(_csv_field, variables)) + "\r\n"
    for row in rows:
        yield ",".join(_csv_field(_csv_text(term)) for term in row) + "\r\n"


def _csv_text(term: Term | None) -> str:
    match term:
        case None:
            return ""
        case BlankNode() | Triple():
            return str(term)
    return term.value


def _csv_field(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text


def _tsv(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield "\t".join("?" + name for name in variables) + "\n"
    for row in rows:
        yield "\t".join("" if term is None else str(term) for term in row) + "\n"


_ROW_WRITERS: Final[dict[str, Callable[[Sequence[str], Iterable[Row]], Iterator[str]]]] = {
    "json": _json,
    "xml": _xml,
    "csv": _csv,
    "tsv": _tsv,
}
