"""How a query can fail, each with the HTTP status and the problem type that it has on the wire."""

from __future__ import annotations

from typing import ClassVar

from kg.errors import MisuseError, QueryError, QueryLimitError


class QuerySyntaxError(QueryError):
    """The query cannot be parsed."""

    status: ClassVar[int] = 400
    kind: ClassVar[str] = "query-syntax"


class ReadOnlyError(QueryError):
    """An update was sent to an endpoint that only answers queries."""

    status: ClassVar[int] = 403
    kind: ClassVar[str] = "read-only"


class ForbiddenQueryError(QueryError):
    """The query reaches out to other servers or graphs."""

    status: ClassVar[int] = 403
    kind: ClassVar[str] = "query-forbidden"


class UnknownGraphError(QueryError):
    """A request names a graph that is not held here: SPARQL 1.1 Protocol lets a service refuse it with 400."""

    status: ClassVar[int] = 400
    kind: ClassVar[str] = "unknown-graph"


class SearchError(QueryError):
    """A search inside a query is not written as it must be."""

    status: ClassVar[int] = 400
    kind: ClassVar[str] = "query-search"

    def __init__(
        self, message: str, line: int | None = None, column: int | None = None, hint: str | None = None
    ) -> None:
        place = "" if line is None else f" (line {line}, column {column})"
        super().__init__(message + place, line, column, hint)


class TimeLimitError(QueryLimitError):
    """The query took too long and was stopped."""

    status: ClassVar[int] = 504
    kind: ClassVar[str] = "query-timeout"


class MemoryLimitError(QueryLimitError):
    """The query needed too much memory and was stopped."""

    status: ClassVar[int] = 503
    kind: ClassVar[str] = "query-memory"


class RowLimitError(QueryLimitError):
    """The result is larger than the endpoint gives; nothing of it is sent."""

    status: ClassVar[int] = 413
    kind: ClassVar[str] = "query-rows"


class SizeLimitError(QueryLimitError):
    """The result has more bytes than the endpoint gives; nothing of it is sent."""

    status: ClassVar[int] = 413
    kind: ClassVar[str] = "query-bytes"


class BusyError(QueryLimitError):
    """All workers were busy for as long as a query may wait."""

    status: ClassVar[int] = 503
    kind: ClassVar[str] = "query-busy"


class NotAcceptableError(MisuseError):
    """None of the media types that the client accepts can be given for this form of query."""

    status: ClassVar[int] = 406
    kind: ClassVar[str] = "not-acceptable"


class UnsupportedMediaTypeError(MisuseError):
    """A query was posted in a form that the SPARQL protocol does not know."""

    status: ClassVar[int] = 415
    kind: ClassVar[str] = "unsupported-media-type"
