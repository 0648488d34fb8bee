"""The graph of a snapshot on a SPARQL 1.1 server, read over HTTP.

A query is parsed here first: so an error in it reads the same whatever server answers, its form is known, and only what
Oxigraph takes for SPARQL is sent. Rows come as JSON, whose end shows; a result that breaks off is an error and no
shorter result. What Virtuoso does otherwise than the standard says is set right here, too.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final, TypeVar, cast

import httpx
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from kg.errors import GraphServerError
from kg.graph.http import Connection, refuse_cut
from kg.graph.port import Dataset, NotHeldError, Result
from kg.graph.registry import ROWS, whole
from kg.graph.server import Place
from kg.graph.terms import PREFIXES, declarations

T = TypeVar("T")

_TRIPLES: Final = "application/n-triples"
_ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
# What was whole is looked at again after this time: a graph that someone drops must not read as "no results" for long.
_SURE_SECONDS: Final = 10.0
# What Virtuoso calls the only variable of an answer to ASK.
_ASKED: Final = "__ASK_RETVAL"


class RemoteGraph:
    """The graph at a place of a server. Waits without limit: whoever asks sets one."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._connection = Connection(place.server, None)
        self._seen = -_SURE_SECONDS

    def query(self, text: str, use: Callable[[Result], T], dataset: Dataset | None = None) -> T:
        """See ``kg.graph.port.Graph``. What DESCRIBE gives is up to the server."""
        parsed = Store().query(text, prefixes=dict(PREFIXES))
        self._check_names(() if dataset is None else (*dataset.default, *dataset.named))
        self._check_whole()
        # On one line, so that places in the server's own messages are those of the query.
        sent = f"{' '.join(declarations(text))} {text}"
        if isinstance(parsed, QueryTriples):
            return self._triples(sent, use)
        with self._asked(sent, ROWS) as (answer, body):
            found = parse_query_results(body, QueryResultsFormat.JSON)
            if isinstance(parsed, QueryBoolean) and isinstance(found, QuerySolutions):
                found = _boolean(found)
            refuse_cut(answer)
            return use(found)

    def dump(self, use: Callable[[Iterable[Triple]], T], name: str = "") -> T:
        """See ``kg.graph.port.Graph``; holds one triple at a time."""
        self._check_names((name,))
        self._check_whole()
        return self._triples(_ALL, use)

    def _triples(self, query: str, use: Callable[[Iterable[Triple]], T]) -> T:
        with self._asked(query, _TRIPLES) as (answer, body):
            refuse_cut(answer)
            if not {"content-length", "transfer-encoding"} & answer.headers.keys():
                raise GraphServerError(
                    f"the graph server {answer.url} does not say where a graph ends, so a whole one cannot be told "
                    "from a part: ask for rows (SELECT), or use a server or proxy that speaks HTTP/1.1"
                )
            return use(quad.triple for quad in parse(body, RdfFormat.N_TRIPLES))

    @contextmanager
    def _asked(self, query: str, accept: str) -> Iterator[tuple[httpx.Response, BinaryIO]]:
        with self._connection.query(query, self._place.graph, accept) as answer:
            given = answer.headers.get("content-type", "").partition(";")[0].strip()
            if given != accept:
                raise GraphServerError(
                    f"{answer.url} answers with {given or 'something unnamed'} instead of {accept}: is it a SPARQL "
                    "endpoint? Correct POLICYWEAVE_GRAPH_URL"
                )
            try:
                yield answer, cast(BinaryIO, io.BufferedReader(_Body(answer.iter_bytes())))
            except SyntaxError as error:
                raise GraphServerError(
                    f"the answer of the graph server {answer.url} breaks off or is damaged ({error.msg}): nothing of "
                    "it was used. Where the server ran out of time, narrow the query or raise the server's own limit"
                ) from error

    def _check_names(self, names: Iterable[str]) -> None:
        """All triples of a snapshot lie in its default graph, so no other name is held."""
        for name in filter(None, names):
            raise NotHeldError(name)

    def _check_whole(self) -> None:
        if time.monotonic() - self._seen < _SURE_SECONDS:
            return
        server, snapshot = self._place.server, self._place.snapshot
        if snapshot not in whole(self._connection):
            raise GraphServerError(
                f"the graph server {server.query_url} does not hold all of snapshot {snapshot}: run "
                "'policyweave publish' to send it"
            )
        self._seen = time.monotonic()


class _Body(io.RawIOBase):
    """The pieces of a body as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` with what there is; 0 at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _boolean(found: QuerySolutions) -> QueryBoolean | QuerySolutions:
    """Virtuoso answers ASK with a row for true and none for false."""
    if [variable.value for variable in found.variables] != [_ASKED]:
        return found
    truth = "true" if list(found) else "false"
    made = parse_query_results(f'{{"head":{{}},"boolean":{truth}}}', QueryResultsFormat.JSON)
    assert isinstance(made, QueryBoolean)
    return made
