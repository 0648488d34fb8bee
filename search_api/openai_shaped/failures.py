"""Failures in OpenAI's shape: a problem that also has the member ``error``, so that both kinds of client read it."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import Response

from kg.errors import MisuseError, PolicyweaveError
from search_api import problems
from search_api.routes import InvalidRequestError


class OpenAIRoute(APIRoute):
    """A route whose failures have the member ``error``."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with failures told in both shapes."""
        handle = super().get_route_handler()

        async def telling(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                first = error.errors()[0]
                place = "/".join(str(part) for part in first["loc"][1:])
                return _told(InvalidRequestError(f"{place}: {first['msg']}"), place)
            except PolicyweaveError as error:
                return _told(InvalidRequestError(str(error)) if type(error) is MisuseError else error)

        return telling


def _told(error: PolicyweaveError, param: str | None = None) -> Response:
    response = problems.of(error)
    members = json.loads(bytes(response.body))
    kind = "invalid_request_error" if response.status_code < 500 else "server_error"
    code = members["type"].rsplit("/", 1)[-1]
    members["error"] = {"message": members["detail"], "type": kind, "param": param, "code": code}
    headers = {name: value for name, value in response.headers.items() if name == "retry-after"}
    body = json.dumps(members, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(body, response.status_code, headers, problems.MEDIA_TYPE)
