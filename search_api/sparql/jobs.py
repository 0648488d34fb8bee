"""What is asked of a worker, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

Body = bytes | IO[bytes]


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query is put to, by name; the empty name is the default graph."""

    default: tuple[str, ...] = ("",)
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is asked: to answer a ``query``, to ``check`` its syntax, or to ``dump`` the graph ``name``."""

    graph: Path
    task: Literal["query", "check", "dump"]
    query: str = ""
    syntax: str = "json"
    dataset: Dataset | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """A complete answer; a long body is an open file. ``message`` says where ``status`` is syntax what is wrong."""

    status: Literal["ok", "syntax"]
    count: int
    size: int
    body: Body
    message: str = ""
