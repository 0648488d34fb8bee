"""SPARQL over HTTP beside bare Oxigraph on the same snapshot, beside a query that never ends, and with a long result.

    python benchmarks/sparql.py DATA [--rounds 200]

Each query runs over one kept connection, in this process (parsed, evaluated and written as JSON by pyoxigraph), and
as a request of the same length to the same web server with an application that answers nothing: one after the other, so
that a busy machine slows all alike; no text repeats. Bare and empty together are the floor of SPARQL over HTTP.
Reported are medians, the quickest twentieth (what the code takes where nothing else runs), and the processor time of
server and worker together. The long result is
a CSV of 50,000 rows, of which the largest resident memory of server and workers is watched.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import QueryResultsFormat, QuerySolutions, Store

from kg.graph.queries import load
from kg.graph.store import open_read_only
from kg.graph.terms import PREFIXES
from kg.snapshot import open_snapshot

QUERIES = {
    "ask": "ASK { ?m a pw:Measure }",
    "10 labels": "SELECT ?l { ?m a pw:Measure ; rdfs:label ?l } LIMIT 10",
    "100 labels": "SELECT ?m ?l { ?m a pw:Measure ; rdfs:label ?l } LIMIT 100",
    **{name: load(name) for name in ("causes-of-challenges", "challenges-without-measure", "measures-by-status")},
}
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
EMPTY = """
import uvicorn
from search_api.commands import _listen

async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})

with _listen("127.0.0.1", 0) as listener:
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off")).run(sockets=[listener])
"""
LONG = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 50000"


class Connection:
    """One kept HTTP connection with as little of its own as can be."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, query: str, accept: str = "application/sparql-results+json") -> tuple[int, int]:
        """Status and length of the answer to a query; the body is read and dropped."""
        path = f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n"
        self._socket.sendall(path.encode())
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._socket.recv(1 << 16)
        length = int(data[:end].lower().split(b"content-length:")[1].split(b"\r\n")[0])
        rest = length - (len(data) - end - 4)
        while rest > 0:
            rest -= len(self._socket.recv(1 << 16))
        return int(data.split()[1]), length


def main() -> None:
    """Print all three parts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--rounds", type=int, default=200)
    given = parser.parse_args()
    store = open_read_only(open_snapshot(given.data).graph_path)
    with served(given.data) as (server, port), empty() as floor:
        side_by_side(store, server, port, floor, given.rounds)
        beside_a_runaway(port, given.rounds)
        long_result(server, port)


def side_by_side(store: Store, server: int, port: int, floor: int, rounds: int) -> None:
    """HTTP, bare and empty, query by query."""
    connection, nothing = Connection(port), Connection(floor)
    print(
        "query | bare ms, median (p5) | empty HTTP | HTTP ms, median (p5) | p5 to bare | p5 to bare + empty "
        "| CPU ms bare | CPU ms HTTP"
    )
    for name, query in QUERIES.items():
        bare(store, query)
        connection.get(query)
        http, alone, none, spent_http, spent_alone = [], [], [], 0.0, 0.0
        for number in range(rounds):
            text = f"{query}\n# {number}"
            before, own = processor_time(server), time.process_time()
            alone.append(timed(lambda text=text: bare(store, text)))  # type: ignore[misc]
            spent_alone += time.process_time() - own
            http.append(timed(lambda text=text: connection.get(text)))  # type: ignore[misc]
            spent_http += processor_time(server) - before
            none.append(timed(lambda text=text: nothing.get(text)))  # type: ignore[misc]
        low, low_alone, low_none = fifth(http), fifth(alone), fifth(none)
        print(
            f"{name} | {statistics.median(alone):.2f} ({low_alone:.2f}) | "
            f"{statistics.median(none):.2f} ({low_none:.2f}) | "
            f"{statistics.median(http):.2f} ({low:.2f}) | {low / low_alone:.2f} | {low / (low_alone + low_none):.2f} | "
            f"{spent_alone / rounds * 1000:.2f} | {spent_http / rounds * 1000:.2f}"
        )


def beside_a_runaway(port: int, rounds: int) -> None:
    """p95 of a small query alone, and while a query runs that never ends."""
    connection, query = Connection(port), QUERIES["100 labels"]
    alone = [timed(lambda n=n: connection.get(f"{query} # a{n}")) for n in range(rounds)]  # type: ignore[misc]
    answers: list[tuple[int, int]] = []
    runaway = threading.Thread(target=lambda: answers.append(Connection(port).get(RUNAWAY)))
    runaway.start()
    time.sleep(1.5)
    beside = []
    while runaway.is_alive() and len(beside) < rounds:
        beside.append(timed(lambda: connection.get(f"{query} # b{len(beside)}")))
    print(f"p95 of '100 labels': {p95(alone):.1f} ms alone, {p95(beside):.1f} ms beside a query that never ends")
    print(f"  ratio {p95(beside) / p95(alone):.2f}, {len(beside)} queries beside it", end="")
    runaway.join()
    print(f", which ended with HTTP {answers[0][0]}")


def long_result(server: int, port: int) -> None:
    """Resident memory of server and workers before and during a CSV of 50,000 rows."""
    connection = Connection(port)
    connection.get("ASK {}")
    before = {pid: resident(pid) for pid in (server, *children(server))}
    highest = dict(before)
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.005):
            for pid in (server, *children(server)):
                highest[pid] = max(highest.get(pid, 0), resident(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    lengths = [connection.get(LONG + f" # {number}", "text/csv")[1] for number in range(3)]
    done.set()
    watcher.join()
    print(f"50,000 rows, {lengths[0] / 1e6:.1f} MB of CSV, three times:")
    for pid, most in highest.items():
        kind = "server" if pid == server else "worker"
        print(f"  {kind}: {before.get(pid, 0) / 1e6:.0f} MB before, {most / 1e6:.0f} MB at most")


def bare(store: Store, query: str) -> bytes:
    """A result as pyoxigraph alone gives it."""
    found = store.query(query, prefixes=dict(PREFIXES))
    if isinstance(found, QuerySolutions):
        return found.serialize(format=QueryResultsFormat.JSON) or b""
    return b"true" if found else b"false"


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of wall time."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def fifth(times: list[float]) -> float:
    """The fifth percentile."""
    return sorted(times)[len(times) // 20]


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[len(times) * 95 // 100]


def processor_time(server: int) -> float:
    """Seconds of processor time of a server and its workers so far."""
    spent = 0
    for pid in (server, *children(server)):
        try:
            spent += int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
        except OSError:
            continue
    return spent / 1e9


def children(pid: int) -> list[int]:
    """Worker processes of a server; a child that is only just being started still looks like its parent."""
    found = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [each for each in found if b"sparql.worker" in command_line(each)]


def command_line(pid: int) -> bytes:
    """Arguments of a process, nothing for one that has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def resident(pid: int) -> int:
    """Bytes of private resident memory, files that are mapped left out; 0 for a process that has ended."""
    try:
        _, whole, shared, *_ = map(int, Path(f"/proc/{pid}/statm").read_text().split())
    except OSError:
        return 0
    return (whole - shared) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def empty() -> Iterator[int]:
    """Port of a web server like that of ``serve``, with an application that answers each request with nothing."""
    with subprocess.Popen([sys.executable, "-c", EMPTY], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield int(server.stdout.readline())
        finally:
            server.terminate()


@contextmanager
def served(data: Path) -> Iterator[tuple[int, int]]:
    """Process id and port of a server of its own, which ends with the block."""
    start = "from kg.cli import main; main()"
    command = [sys.executable, "-c", start, "--data", str(data), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            line = server.stderr.readline()
            yield server.pid, int(line.split("http://127.0.0.1:")[1].split()[0])
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
