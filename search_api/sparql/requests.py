"""What an HTTP request asks: the query operation of the SPARQL 1.1 Protocol (section 2.1), and nothing but it."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request as HttpRequest

from kg.errors import MisuseError
from kg.graph.port import Dataset
from search_api.sparql.engine import Request
from search_api.sparql.errors import ForbiddenQueryError, ReadOnlyError, UnsupportedMediaTypeError
from search_api.sparql.guard import MAX_LENGTH

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_READ_ONLY: Final = "this endpoint is read-only: it takes queries (parameter 'query'), no updates"
# The longest that percent-encoding makes a query that the guard still reads.
_MAX_BYTES: Final = MAX_LENGTH * 12
_ONCE: Final = ("query", "format")

Parameters = list[tuple[str, str]]


async def read(request: HttpRequest, *, bare_search: bool = False) -> Request | None:
    """The query of a request; None for a GET or HEAD without any parameter of the protocol.

    Raises MisuseError (400), ReadOnlyError (403), UnsupportedMediaTypeError (415).
    """
    parameters: Parameters = list(request.query_params.multi_items())
    queries = [value for key, value in parameters if key == "query"]
    if request.method == "POST":
        body, is_form = await _body(request)
        if is_form:
            form = _fields(body)
            parameters += form
            queries += [value for key, value in form if key == "query"]
        else:
            queries.append(body)
    elif not {key for key, _ in parameters} & {"query", "update", "default-graph-uri", "named-graph-uri"}:
        return None
    _refuse(parameters, queries)
    default, named = _graphs(parameters, "default-graph-uri"), _graphs(parameters, "named-graph-uri")
    return Request(
        query=queries[0],
        accept=accept(request),
        name=next((value for key, value in parameters if key == "format"), None),
        dataset=Dataset(default, named) if default or named else None,
        bare_search=bare_search,
    )


def accept(request: HttpRequest) -> str | None:
    """All Accept headers as one."""
    return ",".join(request.headers.getlist("accept")) or None


def _refuse(parameters: Parameters, queries: list[str]) -> None:
    names = [key for key, _ in parameters]
    if "update" in names:
        if queries:
            raise MisuseError("a request holds a query or an update, not both: leave 'update' out")
        raise ReadOnlyError(_READ_ONLY)
    if len(queries) != 1:
        raise MisuseError(f"a request needs exactly one query, this one has {len(queries)}: use ?query=SELECT…")
    if names.count("format") > 1:
        raise MisuseError("the parameter 'format' stands more than once: give one format")


def _graphs(parameters: Parameters, name: str) -> tuple[str, ...]:
    """Graph names in order; forms send an empty one where nothing is filled in."""
    return tuple(dict.fromkeys(value for key, value in parameters if key == name and value))


async def _body(request: HttpRequest) -> tuple[str, bool]:
    """The body as text, and whether it is a form."""
    media_type, *options = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    if media_type == _UPDATE:
        raise ReadOnlyError(_READ_ONLY)
    if media_type not in {FORM, QUERY}:
        raise UnsupportedMediaTypeError(
            f"a query is posted as {QUERY} or {FORM}, not as {media_type or 'a body without Content-Type'}"
        )
    charsets = [value.strip("\"' ") for name, _, value in (o.partition("=") for o in options) if name == "charset"]
    if any(charset not in {"utf-8", "utf8", "us-ascii"} for charset in charsets):
        raise UnsupportedMediaTypeError(f"a query is UTF-8 text, not {charsets[0]}: send it as UTF-8")
    return await _text(request), media_type == FORM


async def _text(request: HttpRequest) -> str:
    chunks = bytearray()
    async for chunk in request.stream():
        chunks += chunk
        if len(chunks) > _MAX_BYTES:
            raise ForbiddenQueryError(f"the request is longer than {_MAX_BYTES} bytes: shorten the query")
    try:
        return chunks.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MisuseError(f"the query is not UTF-8 (byte {error.start}): send it as UTF-8") from error


def _fields(body: str) -> Parameters:
    try:
        return parse_qsl(body, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise MisuseError(f"the form cannot be read ({error}): send query=… percent-encoded as UTF-8") from error
