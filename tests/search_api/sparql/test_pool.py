"""Worker processes over real stores: limits that hold, life after a runaway, and nothing left behind."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import QueryLimitError, SnapshotError
from kg.graph.store import write
from kg.graph.terms import LABEL, PW, TYPE
from kg.settings import Settings
from search_api.sparql import engine
from search_api.sparql.engine import QueryResult, Request, Source
from search_api.sparql.errors import (
    BusyError,
    MemoryLimitError,
    QuerySyntaxError,
    RowLimitError,
    SizeLimitError,
    TimeLimitError,
    UnknownGraphError,
)
from search_api.sparql.pool import WorkerPool

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
LABELS = "SELECT ?label { ?m a pw:Measure ; rdfs:label ?label } ORDER BY ?label LIMIT 2"
# Room for the interpreter and the store, little for a query.
SETTINGS = Settings(sparql_timeout=2.0, sparql_memory=256 * 2**20, sparql_max_rows=3000, sparql_workers=2)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    folder = tmp_path_factory.mktemp("pool") / "graph"
    nodes = [NamedNode(f"https://example.org/old/{number}") for number in range(1000)]
    labels = [Triple(node, LABEL, Literal(f"old {number:04d}")) for number, node in enumerate(nodes)]
    write(folder, [*(Triple(node, TYPE, PW("Measure")) for node in nodes), *labels])
    return Source(folder)


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def pool(runner: asyncio.Runner) -> Iterator[WorkerPool]:
    pool = WorkerPool(SETTINGS)
    yield pool
    runner.run(pool.close())


def _ask(pool: WorkerPool, source: Source, query: str, accept: str | None = "text/csv") -> asyncio.Future[QueryResult]:
    return asyncio.ensure_future(engine.evaluate(pool, source, Request(query, accept)))


async def _count(pool: WorkerPool, source: Source, query: str) -> int:
    return (await engine.evaluate(pool, source, Request(query))).count


# Seconds: a hungry query must meet the limit of memory first, however slow the machine is just now.
@pytest.mark.parametrize(
    ("query", "seconds", "error"), [(RUNAWAY, 5.0, TimeLimitError), (HUNGRY, 120.0, MemoryLimitError)]
)
def test_a_worker_that_is_lost_is_replaced(
    runner: asyncio.Runner, source: Source, query: str, seconds: float, error: type[Exception]
) -> None:
    async def lose_one() -> None:
        async with WorkerPool(SETTINGS.model_copy(update={"sparql_timeout": seconds, "sparql_workers": 1})) as pool:
            assert await _count(pool, source, LABELS) == 2
            before = _workers()
            with pytest.raises(error):
                await _count(pool, source, query)
            assert await _count(pool, source, LABELS) == 2
            assert len(_workers() - before) == 1

    runner.run(lose_one())


def test_a_worker_stays_for_the_next_query(runner: asyncio.Runner, source: Source) -> None:
    async def twice() -> list[set[int]]:
        async with WorkerPool(SETTINGS.model_copy(update={"sparql_workers": 1})) as pool:
            seen = []
            for _ in range(2):
                await _count(pool, source, LABELS)
                seen.append(_workers())
            return seen

    first, second = runner.run(twice())
    assert first == second != set()


def test_a_missing_graph_is_told(runner: asyncio.Runner, pool: WorkerPool, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="policyweave verify"):
        runner.run(_count(pool, Source(tmp_path), "ASK {}"))


def test_too_many_rows_are_an_error_and_not_a_cut(runner: asyncio.Runner, pool: WorkerPool, source: Source) -> None:
    with pytest.raises(RowLimitError, match="3000 rows"):
        runner.run(_count(pool, source, "SELECT * { ?a ?b ?c . ?d ?e ?f }"))
    assert runner.run(_count(pool, source, "SELECT * { ?a ?b ?c }")) == 2000


def test_too_many_bytes_are_an_error_and_not_a_cut(runner: asyncio.Runner, source: Source) -> None:
    async def whole(limit: int) -> int:
        async with WorkerPool(SETTINGS.model_copy(update={"sparql_max_bytes": limit})) as pool:
            result = await engine.evaluate(pool, source, Request("SELECT * { ?a ?b ?c }", "text/csv"))
            assert len(result.body) == result.size
            return result.size

    size = runner.run(whole(10**6))
    assert runner.run(whole(size)) == size > 65536
    with pytest.raises(SizeLimitError, match=f"{size - 1} bytes"):
        runner.run(whole(size - 1))


def test_no_room_for_a_long_result_is_told(source: Source) -> None:
    """A worker whose files may not grow stands for a full disk: both fail at the same call."""
    query = "SELECT * { ?a ?b ?c }"
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
        "from pathlib import Path; from kg.settings import Settings; from kg.errors import QueryLimitError;"
        "from search_api.sparql.engine import Source, execute\n"
        "try: execute(sys.argv[2], 'csv', Source(Path(sys.argv[1])), Settings())\n"
        "except QueryLimitError as error: print(error)"
    )
    command = [sys.executable, "-c", program, str(source.graph), query]
    assert "Make room" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_function_that_nobody_knows_is_told_and_not_left_unbound(
    runner: asyncio.Runner, pool: WorkerPool, source: Source
) -> None:
    with pytest.raises(QuerySyntaxError, match="functions of SPARQL"):
        runner.run(_count(pool, source, "SELECT (<https://example.org/f>(1) AS ?x) {}"))


def test_execute_for_the_command_line(source: Source) -> None:
    assert engine.execute(LABELS, "csv", source, SETTINGS).body == b"label\r\nold 0000\r\nold 0001\r\n"
    assert engine.execute(LABELS, None, source, SETTINGS).media_type == "application/sparql-results+json"


def test_too_little_memory_to_start_is_told(source: Source) -> None:
    with pytest.raises(QueryLimitError, match="sparql_memory"):
        engine.execute("ASK {}", None, source, SETTINGS.model_copy(update={"sparql_memory": 1024}))


def test_a_closed_pool_leaves_no_process_and_can_go_on(runner: asyncio.Runner, source: Source) -> None:
    async def closing() -> None:
        before = _workers()
        # It ends because the pool does, long before its own time is over.
        pool = WorkerPool(SETTINGS.model_copy(update={"sparql_timeout": 300.0}))
        await _count(pool, source, LABELS)
        running = _ask(pool, source, RUNAWAY)
        await asyncio.sleep(0.3)
        await pool.close()
        with pytest.raises(QueryLimitError):
            await asyncio.wait_for(running, 30)
        assert _workers() == before
        assert await _count(pool, source, LABELS) == 2
        await pool.close()

    runner.run(closing())


def test_whoever_gives_up_frees_the_worker(runner: asyncio.Runner, source: Source) -> None:
    settings = SETTINGS.model_copy(update={"sparql_workers": 1, "sparql_timeout": 60.0})

    async def giving_up() -> None:
        before = _workers()
        async with WorkerPool(settings) as pool:
            running = _ask(pool, source, RUNAWAY)
            await asyncio.sleep(0.4)
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
            assert _workers() == before
            assert await asyncio.wait_for(_count(pool, source, LABELS), 30) == 2

    runner.run(giving_up())


def test_slow_queries_move_over_and_leave_their_places_to_quick_ones(runner: asyncio.Runner, source: Source) -> None:
    settings = SETTINGS.model_copy(update={"sparql_timeout": 60.0})

    async def crowded() -> None:
        async with WorkerPool(settings) as pool:
            runaways = [_ask(pool, source, RUNAWAY) for _ in range(settings.sparql_workers)]
            assert await asyncio.wait_for(_count(pool, source, LABELS), 30) == 2
            assert not any(runaway.done() for runaway in runaways)
            for runaway in runaways:
                runaway.cancel()
            await asyncio.gather(*runaways, return_exceptions=True)

    runner.run(crowded())


def test_a_full_house_is_told_and_then_goes_on(runner: asyncio.Runner, source: Source) -> None:
    settings = SETTINGS.model_copy(update={"sparql_workers": 1, "sparql_timeout": 4.0})

    async def full() -> set[type]:
        async with WorkerPool(settings) as pool:
            lost = await asyncio.gather(*(_ask(pool, source, RUNAWAY) for _ in range(4)), return_exceptions=True)
            assert await _count(pool, source, LABELS) == 2
            return {type(error) for error in lost}

    assert runner.run(full()) == {TimeLimitError, BusyError}


def test_a_graph_that_is_not_held_is_told(runner: asyncio.Runner, pool: WorkerPool, source: Source) -> None:
    with pytest.raises(UnknownGraphError, match=r"example\.org/none"):
        runner.run(_count(pool, source, "ASK FROM <https://example.org/none> {}"))


def _workers() -> set[int]:
    command = ["ps", "-axww", "-o", "pid=,ppid=,args="]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    mine = [line.split(maxsplit=2) for line in listed.splitlines() if "search_api.sparql.worker" in line]
    return {int(pid) for pid, parent, _ in mine if int(parent) == os.getpid()}
