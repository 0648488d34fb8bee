"""A query from text to bytes: admitted by the guard, a syntax agreed on, evaluated by a worker, errors explained."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Triple

from kg.graph.port import Dataset
from kg.graph.server import Place
from kg.settings import Settings
from search_api.sparql import federation, hints, services
from search_api.sparql.errors import TimeLimitError, UnknownGraphError
from search_api.sparql.finds import Looked
from search_api.sparql.guard import Form, admit, check_length
from search_api.sparql.jobs import Body, Finished, Job
from search_api.sparql.negotiation import Offer, negotiate
from search_api.sparql.pool import WorkerPool
from search_api.sparql.search import Search

_CHUNK: Final = 1 << 18
DEFAULT_GRAPH: Final = "urn:x-arq:DefaultGraph"


def _no_statistics() -> Iterable[Triple]:
    return ()


@dataclass(frozen=True, slots=True)
class Source:
    """One snapshot as queries see it: its graph, the search over its index (None: there is none), the server's URL.

    ``statistics`` counts the graph in VoID; it may take a while and is asked once.
    """

    graph: Path | Place
    search: Search | None = None
    public_url: str = ""
    statistics: Callable[[], Iterable[Triple]] = _no_statistics

    @property
    def graph_name(self) -> str:
        """The IRI of the default graph, which is all of the dataset."""
        return f"{self.public_url}/dataset"

    @property
    def search_endpoint(self) -> str:
        """The endpoint that other stores ask for searches."""
        return f"{self.public_url}/sparql/search"


@dataclass(frozen=True, slots=True)
class Request:
    """A query as it comes: ``name`` (of a format) wins over ``accept``, ``dataset`` over what FROM names.

    ``bare_search``: the patterns of a search stand in the query itself, as other stores send them.
    """

    query: str
    accept: str | None = None
    name: str | None = None
    dataset: Dataset | None = None
    bare_search: bool = False


@dataclass(frozen=True, slots=True)
class QueryResult:
    """A complete result: its form, media type, number of rows or triples (1 for ASK; 0 for a dump) and bytes.

    ``searches`` says for each search inside the query what was looked at. Close it, or read it to its end.
    """

    form: Form | None
    media_type: str
    count: int
    size: int
    content: Body
    searches: tuple[Looked, ...] = ()

    @property
    def body(self) -> bytes:
        """All bytes at once; for results that are known to be short."""
        return b"".join(self.chunks())

    def chunks(self) -> Iterator[bytes]:
        """The bytes, some hundred kilobytes at a time."""
        if isinstance(self.content, bytes):
            yield self.content
            return
        with self.content as file:
            at = 0
            # By offset: the descriptor came from the worker, whose last write left it at the end.
            while piece := os.pread(file.fileno(), _CHUNK, at):
                at += len(piece)
                yield piece

    def close(self) -> None:
        """Let go of a result that is not read."""
        if not isinstance(self.content, bytes):
            self.content.close()


class Alone:
    """Evaluates queries one after the other with a worker of its own, for code that has no event loop.

    Use it as a context manager.
    """

    def __init__(self, source: Source, settings: Settings) -> None:
        self._source = source
        self._runner = asyncio.Runner()
        self._pool = WorkerPool(settings.model_copy(update={"sparql_workers": 1}))

    def evaluate(self, query: str, accept: str | None = None) -> QueryResult:
        """Evaluate one query; ``accept`` is an Accept header or a short name such as ``csv``."""
        by_name = accept is not None and "/" not in accept
        request = Request(query, None if by_name else accept, accept if by_name else None)
        return self._runner.run(evaluate(self._pool, self._source, request))

    def __enter__(self) -> Alone:
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._pool.close())
        self._runner.close()


def execute(query: str, accept: str | None, source: Source, settings: Settings) -> QueryResult:
    """Evaluate a single query; ``accept`` is an Accept header or a short name such as ``csv``."""
    with Alone(source, settings) as alone:
        return alone.evaluate(query, accept)


async def evaluate(pool: WorkerPool, source: Source, request: Request) -> QueryResult:
    """Evaluate a query on a pool. Raises QueryError and its kinds, or NotAcceptableError, never gives half a result.

    The usual prefixes (``kg.graph.terms.PREFIXES``) need no declaration; a declaration in the query goes first.
    """
    check_length(request.query)
    if request.bare_search or "service" in request.query.lower():
        return await _with_searches(pool, source, request)
    admitted = admit(request.query)
    offer = negotiate(admitted.form, request.accept, request.name)
    job = Job(source.graph, "query", admitted.text, offer.syntax, _held(source, request.dataset or admitted.dataset))
    return _result(request.query, admitted.form, offer, await _run(pool, job, source))


async def dump(pool: WorkerPool, source: Source, graph: str, accept: str | None, name: str | None) -> QueryResult:
    """All triples of a graph (the default graph if ``graph`` is empty). Raises UnknownGraphError."""
    offer = negotiate("GRAPH", accept, name)
    wanted = "" if graph in _aliases(source) else graph
    finished = await _run(pool, Job(source.graph, "dump", syntax=offer.syntax, name=wanted), source)
    return QueryResult(None, offer.media_type, finished.count, finished.size, finished.body)


async def _with_searches(pool: WorkerPool, source: Source, request: Request) -> QueryResult:
    deadline = time.monotonic() + pool.settings.sparql_timeout
    text = federation.wrapped(request.query) if request.bare_search else request.query
    blanked = services.blanked(text, source.search_endpoint)
    admitted = admit(blanked)
    offer = negotiate(admitted.form, request.accept, request.name)
    dataset = _held(source, request.dataset or admitted.dataset)
    if text != blanked:
        checked = await _run(pool, Job(source.graph, "check", blanked), source)
        if checked.status == "syntax":
            raise hints.explain(request.query, checked.message)

    async def rows(query: str) -> bytes:
        job = Job(source.graph, "query", admit(query).text, "tsv", dataset)
        return _result(query, "SELECT", offer, await _run(pool, job, source, deadline)).body

    rewritten, looked = await services.answered(text, source.search_endpoint, source.search, rows)
    job = Job(source.graph, "query", admit(rewritten).text, offer.syntax, dataset)
    return _result(request.query, admitted.form, offer, await _run(pool, job, source, deadline), looked)


def _result(query: str, form: Form, offer: Offer, finished: Finished, looked: tuple[Looked, ...] = ()) -> QueryResult:
    if finished.status == "syntax":
        raise hints.explain(query, finished.message)
    return QueryResult(form, offer.media_type, finished.count, finished.size, finished.body, looked)


async def _run(pool: WorkerPool, job: Job, source: Source, deadline: float | None = None) -> Finished:
    seconds = None if deadline is None else deadline - time.monotonic()
    if seconds is not None and seconds <= 0:
        raise TimeLimitError(f"the query and its searches took more than {pool.settings.sparql_timeout:g} s")
    try:
        return await pool.run(job, seconds)
    except UnknownGraphError as error:
        raise UnknownGraphError(
            f"there is no graph <{error}> here: all triples lie in the default graph, so leave it out or name "
            f"<{source.graph_name}>"
        ) from error


def _aliases(source: Source) -> Mapping[str, str]:
    graph_store = f"{source.public_url}/rdf-graph-store?default"
    return dict.fromkeys(("", source.graph_name, graph_store, DEFAULT_GRAPH), "")


def _held(source: Source, dataset: Dataset | None) -> Dataset | None:
    """A dataset with the names of the default graph resolved; each graph counts once however often it is named."""
    if dataset is None:
        return None
    aliases = _aliases(source)
    default = dict.fromkeys(aliases.get(name, name) for name in dataset.default)
    return Dataset(tuple(default), dataset.named)
