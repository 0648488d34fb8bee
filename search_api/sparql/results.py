"""Rows as bytes: JSON, XML, CSV and TSV. Counts as it goes, and holds one row at a time.

JSON is written by Oxigraph and its rows are counted as they pass. The others are written here, because the limit on
rows has to hold before the last one, and because Oxigraph writes control characters into XML that no XML parser takes
(page breaks in quotes).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Any, BinaryIO, Final

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, Triple

from kg.graph.port import Result
from search_api.sparql import graphs
from search_api.sparql.counting import RowCounter
from search_api.sparql.limits import TooManyRowsError

Term = NamedNode | BlankNode | Literal | Triple
Row = Sequence[Term | None]

_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_XML_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
_BATCH: Final = 1 << 16


def write(
    result: Result,
    syntax: str,
    limit: int,
    prefixes: dict[str, str],
    out: BinaryIO,
) -> int:
    """Write a result in a syntax; its number of rows or triples (1 for ASK). TooManyRowsError past the limit."""
    if isinstance(result, QueryBoolean):
        out.write(_boolean(bool(result), syntax))
        return 1
    if not isinstance(result, QuerySolutions):
        return graphs.write(result, syntax, limit, prefixes, out)
    if syntax == "json":
        counter = RowCounter(out, limit)
        result.serialize(counter, format=QueryResultsFormat.JSON)  # type: ignore[arg-type]
        return counter.finish()
    rows = _Counted(result, limit)
    _in_batches(_ROW_WRITERS[syntax]([variable.value for variable in result.variables], rows), out)
    return rows.count


class _Counted:
    """The rows of a result, counted while they pass; TooManyRowsError where one more than the limit comes."""

    def __init__(self, rows: Iterable[Any], limit: int) -> None:
        self._rows = rows
        self._limit = limit
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            if self.count >= self._limit:
                raise TooManyRowsError
            self.count += 1
            yield tuple(row)


def _in_batches(pieces: Iterable[str], out: BinaryIO) -> None:
    batch: list[str] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += len(piece)
        if size >= _BATCH:
            out.write("".join(batch).encode("utf-8", "replace"))
            batch, size = [], 0
    out.write("".join(batch).encode("utf-8", "replace"))


def _boolean(value: bool, syntax: str) -> bytes:
    text = "true" if value else "false"
    if syntax == "json":
        return json.dumps({"head": {}, "boolean": value}).encode()
    return f"{_XML_HEAD}<head/><boolean>{text}</boolean></sparql>".encode() if syntax == "xml" else text.encode()


def _xml(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    names = "".join(f'<variable name="{xml_text(name)}"/>' for name in variables)
    yield f"{_XML_HEAD}<head>{names}</head><results>"
    for row in rows:
        bound = (
            f'<binding name="{xml_text(name)}">{_xml_term(term)}</binding>'
            for name, term in zip(variables, row, strict=True)
            if term is not None
        )
        yield f"\n<result>{''.join(bound)}</result>"
    yield "</results></sparql>"


def _xml_term(term: Term) -> str:
    match term:
        case NamedNode():
            return f"<uri>{xml_text(term.value)}</uri>"
        case BlankNode():
            return f"<bnode>{xml_text(term.value)}</bnode>"
        case Literal():
            kind = ""
            if term.language:
                kind = f' xml:lang="{xml_text(term.language)}"'
            elif term.datatype.value != _STRING:
                kind = f' datatype="{xml_text(term.datatype.value)}"'
            return f"<literal{kind}>{xml_text(term.value)}</literal>"
    subject, predicate, value = map(_xml_term, (term.subject, term.predicate, term.object))
    return f"<triple><subject>{subject}</subject><predicate>{predicate}</predicate><object>{value}</object></triple>"


def xml_text(text: str) -> str:
    """Text as XML character data, without what no XML parser takes."""
    # A bare carriage return would come out of every XML parser as a line feed.
    return graphs.NOT_XML.sub("\ufffd", escape(text)).replace("\r", "&#13;")


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
    "xml": _xml,
    "csv": _csv,
    "tsv": _tsv,
}
