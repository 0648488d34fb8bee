"""Many clients at once on a server of several processes: do all calls succeed, and how long do they take?

``python benchmarks/mixed_calls.py DATA [CALLS [WORKERS]]`` starts ``policyweave serve`` on a free port, sends it 1,000
calls (not counting handshakes) from eight clients at once, two each of MCP in the protocol without sessions, MCP with
the handshake, and four of HTTP, and prints failures, latencies, and how many calls each process answered.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
from mcp import Client

TOOLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("search", {"query": "keeping skilled people in small towns", "k": 5}),
    ("ask", {"question": "Which measures support new industries?", "k": 5}),
    ("find_measures", {"k": 5, "filters": {"status": "implemented"}}),
    ("find_challenges", {"k": 5, "addressed": False}),
    ("run_sparql", {"query": "SELECT ?m { ?m a pw:Measure } LIMIT 5"}),
    ("run_query", {"name": "papers"}),
    ("list_queries", {}),
)
ROUTES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("POST", "/ask", {"json": {"question": "What holds back small firms?", "k": 5}}),
    ("GET", "/search", {"params": {"q": "rural finance", "k": "5"}}),
    ("GET", "/measures", {"params": {"k": "5"}}),
    ("GET", "/sparql", {"params": {"query": "SELECT ?c { ?c a pw:Challenge } LIMIT 5"}}),
    ("POST", "/chat", {"json": {"messages": [{"role": "user", "content": "Which measures support farmers?"}]}}),
    ("POST", "/v1/vector_stores/policyweave/search", {"json": {"query": "digital services", "max_num_results": 5}}),
    ("POST", "/open-webui/search", {"json": {"query": "green growth", "count": 3}}),
    ("GET", "/documents", {}),
)


@dataclass
class Tally:
    """What came of the calls: milliseconds by kind, and what went wrong."""

    took: dict[str, list[float]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    async def time(self, kind: str, name: str, call: Callable[[], Awaitable[str | None]]) -> None:
        """Make one call, which gives what is wrong with its answer."""
        began = time.perf_counter()
        wrong = await call()
        self.took.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
        if wrong is not None:
            self.failures.append(f"{kind} {name}: {wrong}")


@contextmanager
def serving(data: Path, workers: int, audit: Path) -> Iterator[str]:
    """The address of a server of several processes."""
    command = [str(Path(sys.executable).parent / "policyweave"), "--data", str(data), "serve", "--port", "0"]
    environment = {**os.environ, "POLICYWEAVE_AUDIT_LOG": str(audit)}
    with subprocess.Popen(
        [*command, "--workers", str(workers)], stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        if " at " not in line:
            raise SystemExit(line)
        try:
            yield line.split(" at ")[1].split(" ")[0]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


async def ready(url: str) -> None:
    """Wait until some process answers."""
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        for _ in range(600):
            try:
                if (await client.get("/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    raise SystemExit("the server did not start")


async def over_mcp(url: str, mode: str, calls: int, tally: Tally) -> None:
    """Calls of tools, one after the other."""
    async with Client(f"{url}/mcp", mode=mode) as client:
        for _, (name, given) in zip(range(calls), cycle(TOOLS), strict=False):

            async def call(name: str = name, given: dict[str, Any] = given) -> str | None:
                result = await client.call_tool(name, given)
                return str(result.content) if result.is_error or not result.structured_content else None

            await tally.time(f"MCP {mode}", name, call)


async def over_http(url: str, calls: int, tally: Tally) -> None:
    """Requests, one after the other."""
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        for _, (method, path, given) in zip(range(calls), cycle(ROUTES), strict=False):

            async def call(method: str = method, path: str = path, given: dict[str, Any] = given) -> str | None:
                response = await client.request(method, path, **given)
                return None if response.status_code == 200 else f"{response.status_code} {response.text[:200]}"

            await tally.time("HTTP", path, call)


async def mixed(url: str, calls: int) -> Tally:
    """All calls, from eight clients at once."""
    await ready(url)
    tally, share = Tally(), calls // 8
    clients = [over_mcp(url, mode, share, tally) for mode in ("auto", "legacy", "auto", "legacy")]
    rest = calls - 7 * share
    clients += [over_http(url, count, tally) for count in (share, share, share, rest)]
    await asyncio.gather(*clients)
    return tally


def main(data: Path, calls: int, workers: int) -> None:
    """Print what came of the calls."""
    with tempfile.TemporaryDirectory() as folder:
        audit = Path(folder) / "audit.jsonl"
        with serving(data, workers, audit) as url:
            began = time.perf_counter()
            tally = asyncio.run(mixed(url, calls))
            took = time.perf_counter() - began
        entries = [json.loads(line) for line in audit.read_text(encoding="utf-8").splitlines()]
    answered = Counter(entry["process"] for entry in entries)
    print(f"{sum(map(len, tally.took.values()))} calls, {len(tally.failures)} failures, {took:.1f} s")
    print(f"requests by process: {sorted(answered.values(), reverse=True)}")
    for kind, times in sorted(tally.took.items()):
        ranked = sorted(times)
        p95 = ranked[len(times) * 95 // 100]
        print(f"{kind}: {len(times)} calls, median {statistics.median(times):.0f} ms, 95 of 100 within {p95:.0f} ms")
    for failure in tally.failures:
        print(failure)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(n) for n in [*sys.argv[2:], *("1000", "2")[len(sys.argv) - 2 :]]))
