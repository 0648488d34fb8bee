"""The forms in which routes give what they found: JSON, tables and bibliographies, by name or by the Accept header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from fastapi import Request
from starlette.responses import Response

from kg.exports import bibliography, tables
from search_api.accept import preferred

JSON: Final = "json"
MEDIA_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {JSON: "application/json", **tables.MEDIA_TYPES, **bibliography.MEDIA_TYPES}
)
_SUFFIXES: Final[Mapping[str, str]] = MappingProxyType({"csv": "csv", "xlsx": "xlsx", **bibliography.SUFFIXES})


def chosen(request: Request, form: str | None, choices: Sequence[str]) -> str:
    """The form that was named, else the one that the Accept header likes best, else the first.

    ``choices`` are keys of MEDIA_TYPES.
    """
    if form is not None:
        return form
    liked = preferred(request.headers.get("accept"), [MEDIA_TYPES[choice] for choice in choices])
    return next((choice for choice in choices if MEDIA_TYPES[choice] in liked), choices[0])


def as_file(content: bytes | str, form: str, name: str) -> Response:
    """Content as a file to save under ``name`` with the ending of its form."""
    media_type = MEDIA_TYPES[form]
    headers = {"Vary": "Accept", "Content-Disposition": f'attachment; filename="{name}.{_SUFFIXES[form]}"'}
    body = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    charset = "; charset=utf-8" if form == "csv" else ""
    return Response(body, media_type=f"{media_type}{charset}", headers=headers)


def described(choices: Sequence[str]) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of an answer that comes in these forms besides JSON."""
    binary = {"xlsx": {"schema": {"type": "string", "format": "binary"}}}
    return {200: {"content": {MEDIA_TYPES[form]: binary.get(form, {"schema": {"type": "string"}}) for form in choices}}}
