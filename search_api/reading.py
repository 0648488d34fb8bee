"""Routes that are read by GET and HEAD, documented once: the HEAD of a GET needs no operation of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter
from starlette.responses import Response

Handler = TypeVar("Handler", bound=Callable[..., Any])


def reading(
    router: APIRouter, path: str, *, summary: str, response_class: type[Response] = Response, description: str = ""
) -> Callable[[Handler], Handler]:
    """A decorator that adds a handler for GET and HEAD; ``description`` is its docstring where it is left out."""

    def add(handler: Handler) -> Handler:
        # The first that matches answers, so that a refusal names both methods; the second only documents it.
        router.add_api_route(path, handler, methods=["GET", "HEAD"], include_in_schema=False, response_model=None)
        router.add_api_route(
            path,
            handler,
            methods=["GET"],
            summary=summary,
            description=description or None,
            response_class=response_class,
        )
        return handler

    return add
