"""Requests a second that two workers answer with pages, and the CPU time that each page costs them.

``python -m benchmarks.pages DATA [--workers 2] [--seconds 8]`` serves DATA on loopback, keeps eight connections busy
with each sort of page in turn, and prints a line for each. Every search and every question is another one, so that
nothing is remembered; the client runs on the same cores, so that a server by itself answers more. CPU time is that of
the workers (Linux, /proc).
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote_plus

from fastapi import FastAPI

from kg.settings import Settings
from search_api.app import create_app
from search_api.browse.browser import Browser
from search_api.service import Service

CONNECTIONS = 8
HEADERS = "Host: 127.0.0.1\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\nConnection: keep-alive\r\n"


def app() -> FastAPI:
    """What each worker serves; its data folder is named by the environment."""
    return create_app(Settings())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=8.0)
    given = parser.parse_args()
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "benchmarks.pages:app", "--port", str(port)]
    command += ["--workers", str(given.workers), "--log-level", "warning"]
    served = subprocess.Popen(command, env={**os.environ, "POLICYWEAVE_DATA": str(given.data)})
    try:
        pages = _pages(given.data)
        asyncio.run(_warm(port, [paths[0] for paths in pages.values()], given.workers))
        print(f"{'page':22}{'requests/s':>11}{'median ms':>11}{'p95 ms':>9}{'kB':>7}{'CPU ms':>8}")
        for name, paths in pages.items():
            before = _cpu(served.pid)
            took, sizes = asyncio.run(_load(port, itertools.cycle(paths), given.seconds))
            cpu = 1000 * (_cpu(served.pid) - before) / len(took)
            row = (len(took) / given.seconds, 1000 * statistics.median(took), 1000 * _p95(took), statistics.mean(sizes))
            print(f"{name:22}{row[0]:11.0f}{row[1]:11.1f}{row[2]:9.1f}{row[3] / 1000:7.1f}{cpu:8.1f}")
    finally:
        served.terminate()
        served.wait()


def _pages(data: Path) -> Mapping[str, Sequence[str]]:
    """Paths by sort of page. Names of what the documents state serve as queries, alone and in pairs."""
    service = Service(Settings(data=data))
    browser = Browser(service)
    names = [row.label for kind in ("measure", "challenge") for row in browser.listing(kind, (), 1000).items]
    pairs = [f"{one} {other}" for one, other in itertools.combinations(names, 2)]
    words = [quote_plus(text) for text in [*names, *pairs[:: max(1, len(pairs) // 20_000)]]]
    half = len(words) // 2
    regions = [row.id for row in browser.listing("region", (), 1000).items]
    return {
        "/search?q=…": [f"/search?q={text}" for text in words[:half]],
        "/search?q=… (the same)": [f"/search?q={words[0]}"],
        "/ask?q=…": [f"/ask?q={text}" for text in words[half:]],
        "/measures": ["/measures"],
        "/regions/{id}": [f"/regions/{name}" for name in regions],
        "/documents/{id}": [f"/documents/{paper.id}" for paper in service.documents()],
        "/matrix": ["/matrix"],
        "/": ["/"],
    }


async def _warm(port: int, paths: Sequence[str], workers: int) -> None:
    """Wait for the server, then let each worker do everything once (connections land on workers by chance)."""
    for _ in range(600):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            break
        except OSError:
            await asyncio.sleep(0.1)
    for path in paths:
        await _load(port, itertools.repeat(path), 1.0 * workers)


async def _load(port: int, paths: Iterator[str], seconds: float) -> tuple[list[float], list[int]]:
    """Seconds and bytes of each answer; all must be pages."""
    took: list[float] = []
    sizes: list[int] = []
    end = time.perf_counter() + seconds

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (began := time.perf_counter()) < end:
            writer.write(f"GET {next(paths)} HTTP/1.1\r\n{HEADERS}\r\n".encode())
            sizes.append(await _answer(reader))
            took.append(time.perf_counter() - began)
        writer.close()

    await asyncio.gather(*(client() for _ in range(CONNECTIONS)))
    return took, sizes


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"not a page: {head[:200]!r}")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )
    await reader.readexactly(length)
    return length + len(head)


def _cpu(parent: int) -> float:
    """CPU seconds of a process and those below it."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat.parent.name) == parent or int(fields[1]) == parent:
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(0.95 * len(values))]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    main()
