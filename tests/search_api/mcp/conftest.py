"""A real server on loopback and the real command over stdio, each spoken to by the SDK's client in both generations."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from fastapi import FastAPI
from mcp import Client, StdioServerParameters

from kg.settings import Settings
from search_api.app import create_app

T = TypeVar("T")
Use = Callable[[Callable[[Client], Awaitable[T]]], T]


@pytest.fixture(scope="session")
def mcp_url(served: Settings, running: Callable[[FastAPI], AbstractContextManager[str]]) -> Iterator[str]:
    """The endpoint of a running server."""
    with running(create_app(served)) as base:
        yield f"{base}/mcp"


@pytest.fixture(scope="session")
def stdio(served: Settings) -> StdioServerParameters:
    """The command that serves over stdin and stdout."""
    command = str(Path(sys.executable).parent / "policyweave")
    return StdioServerParameters(command=command, args=["--data", str(served.data), "mcp"])


@pytest.fixture(params=["http-auto", "http-legacy"])
def use(request: pytest.FixtureRequest, mcp_url: str) -> Use[Any]:
    """Function that gives a connected client to an asynchronous function and returns what that returns."""
    mode = request.param.removeprefix("http-")
    return lambda function: anyio.run(_with_client, mcp_url, mode, function)


async def _with_client(server: Any, mode: str, function: Callable[[Client], Awaitable[T]]) -> T:
    async with Client(server, mode=mode) as client:
        return await function(client)


@pytest.fixture
def use_stdio(stdio: StdioServerParameters) -> Callable[..., Any]:
    """The same over stdio; the first argument is the mode."""
    return lambda mode, function: anyio.run(_with_client, stdio, mode, function)
