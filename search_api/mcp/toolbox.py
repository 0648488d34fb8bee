"""Makes tools out of plain functions: unknown arguments are refused, expected failures are told to the model."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, Final

from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, create_model

from kg.errors import PolicyweaveError

_READING: Final = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def tool(function: Callable[..., Any], title: str) -> Tool:
    """A reading tool named like the function, described by its docstring, with a closed set of arguments."""
    made = Tool.from_function(_telling(function), title=title, annotations=_READING, description=_described(function))
    # The SDK lets unknown arguments pass; a filter that is spelt wrong would silently find too much.
    arguments = made.fn_metadata.arg_model
    closed = create_model(arguments.__name__, __base__=arguments, __cls_kwargs__={"extra": "forbid"})
    return made.model_copy(
        update={
            "fn_metadata": made.fn_metadata.model_copy(update={"arg_model": closed}),
            "parameters": closed.model_json_schema(by_alias=True),
        }
    )


def result(content: BaseModel, text: str) -> CallToolResult:
    """The same answer twice: structured, and as text with the URLs, for clients that show the model only text."""
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=content.model_dump(mode="json", by_alias=True)
    )


def told(error: PolicyweaveError) -> str:
    """What happened and what to do, with the hint where the error has one."""
    hint = getattr(error, "hint", None)
    return f"{error}. {hint}" if hint else str(error)


def _telling(function: Callable[..., Any]) -> Callable[..., Any]:
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def waiting(*args: Any, **kwargs: Any) -> Any:
            try:
                return await function(*args, **kwargs)
            except PolicyweaveError as error:
                raise ToolError(told(error)) from error

        return waiting

    @functools.wraps(function)
    def telling(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except PolicyweaveError as error:
            raise ToolError(told(error)) from error

    return telling


def _described(function: Callable[..., Any]) -> str:
    return " ".join((inspect.getdoc(function) or "").split())
