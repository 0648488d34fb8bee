"""What is asked of a worker, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from kg.graph.port import Dataset
from kg.graph.server import Place

Body = bytes | IO[bytes]


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is asked: to answer a ``query``, to ``check`` its syntax, or to ``dump`` the graph ``name``."""

    graph: Path | Place
    task: Literal["query", "check", "dump"]
    query: str = ""
    syntax: str = "json"
    dataset: Dataset | None = None
    name: str = ""

    def as_json(self) -> dict[str, Any]:
        """What goes to a worker; a folder as its path."""
        return {
            "graph": str(self.graph) if isinstance(self.graph, Path) else self.graph.as_json(),
            "task": self.task,
            "query": self.query,
            "syntax": self.syntax,
            "name": self.name,
            "dataset": None if self.dataset is None else {"default": self.dataset.default, "named": self.dataset.named},
        }


@dataclass(frozen=True, slots=True)
class Finished:
    """A complete answer; a long body is an open file. ``message`` says where ``status`` is syntax what is wrong."""

    status: Literal["ok", "syntax"]
    count: int
    size: int
    body: Body
    message: str = ""
