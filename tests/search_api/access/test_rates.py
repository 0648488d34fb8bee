"""Rates: as many at once as the rate says, then one by one, for all processes together."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from kg.errors import SnapshotError
from search_api.access.callers import Caller
from search_api.access.rates import Rates, TooManyRequestsError


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def admitted(rates: Rates, caller: Caller, asked: int) -> int:
    passed = 0
    for _ in range(asked):
        with suppress(TooManyRequestsError):
            rates.count(caller)
            passed += 1
    return passed


def test_a_minutes_worth_at_once_then_one_by_one(tmp_path: Path) -> None:
    clock = Clock()
    rates, caller = Rates(tmp_path / "rates", clock), Caller("k", rate=6)
    assert admitted(rates, caller, 10) == 6
    clock.now += 9.9
    assert admitted(rates, caller, 1) == 0
    clock.now += 0.2
    assert admitted(rates, caller, 2) == 1
    clock.now += 3600
    assert admitted(rates, caller, 10) == 6


def test_the_wait_that_is_told_is_enough(tmp_path: Path) -> None:
    clock = Clock()
    rates, caller = Rates(tmp_path / "rates", clock), Caller("k", rate=7)
    admitted(rates, caller, 7)
    with pytest.raises(TooManyRequestsError) as refused:
        rates.count(caller)
    clock.now += refused.value.retry_after
    rates.count(caller)


def test_callers_do_not_use_up_each_others_rate(tmp_path: Path) -> None:
    rates = Rates(tmp_path / "rates", Clock())
    assert admitted(rates, Caller("a", rate=2), 3) == admitted(rates, Caller("b", rate=2), 3) == 2
    assert admitted(rates, Caller("c", rate=0), 50) == 50


def test_a_clock_set_back_locks_nobody_out(tmp_path: Path) -> None:
    clock = Clock()
    rates, caller = Rates(tmp_path / "rates", clock), Caller("k", rate=2)
    admitted(rates, caller, 2)
    clock.now -= 86_400
    clock.now += 61
    assert admitted(rates, caller, 1) == 0
    clock.now += 31
    assert admitted(rates, caller, 1) == 1


def test_processes_count_together(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from search_api.access.callers import Caller\n"
        "from search_api.access.rates import Rates, TooManyRequestsError\n"
        "rates, passed = Rates(Path(sys.argv[1])), 0\n"
        "for _ in range(30):\n"
        "    try: rates.count(Caller('k', rate=20)); passed += 1\n"
        "    except TooManyRequestsError: pass\n"
        "print(passed)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "rates")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    passed = sum(int(process.communicate()[0]) for process in running)
    # While the processes ran, the bucket may have leaked a few.
    assert 20 <= passed <= 26


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "rates").mkdir()
    with pytest.raises(SnapshotError, match="make it writable"):
        Rates(tmp_path / "rates").count(Caller("k", rate=1))
