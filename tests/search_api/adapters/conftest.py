"""A running server, for clients and retrievers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from fastapi import FastAPI

from kg.settings import Settings
from search_api.app import create_app


@pytest.fixture(scope="module")
def url(served: Settings, running: Callable[[FastAPI], AbstractContextManager[str]]) -> Iterator[str]:
    """Where it listens."""
    with running(create_app(served)) as base:
        yield base
