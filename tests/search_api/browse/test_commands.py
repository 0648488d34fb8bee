"""Browsing as a user types it: plain lines in a pipe, JSON, CSV, exit statuses, and tables on a terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from kg.settings import Settings
from search_api.browse.ids import PLURALS

PROGRAM = str(Path(sys.executable).parent / "policyweave")


def policyweave(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("POLICYWEAVE_")}
    command = [PROGRAM, "--data", str(settings.data), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


def on_terminal(settings: Settings, *arguments: str) -> str:
    """What the command writes to a terminal of 100 columns."""
    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": "100", "TERM": "dumb"}
    with subprocess.Popen([PROGRAM, "--data", settings.data, *arguments], stdout=slave, env=environment) as process:
        os.close(slave)
        written = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:
                break
            if not piece:
                break
            written += piece
        os.close(master)
        assert process.wait() == 0
    return written.decode()


def test_a_pipe_gets_a_line_a_row(served: Settings) -> None:
    done = policyweave(served, "measures", "-f", "region=Peru")
    assert done.returncode == 0, done.stderr
    head, row, *_ = done.stdout.splitlines()
    assert head.split() == ["measure", "theme", "papers", "places", "challenges", "where", "status", "proof"]
    assert "“Peru has already built two cold stores for the catch in its harbours.” fishing.txt [" in row
    assert "1 of 1 measures" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_terminal_gets_a_table_that_fits(served: Settings) -> None:
    shown = on_terminal(served, "measures")
    assert "─" in shown
    assert max(len(line) for line in shown.splitlines()) <= 100
    assert "fishing.txt" in shown


@pytest.mark.parametrize("plural", PLURALS.values())
def test_json_goes_on_and_shows_one_whole(served: Settings, plural: str) -> None:
    first = json.loads(policyweave(served, plural, "-k", "1", "--json").stdout)
    if first["total"] == 0:
        assert "No " in policyweave(served, plural).stdout
        return
    name = first["items"][0]["id"]
    assert json.loads(policyweave(served, plural, name, "--json").stdout)["iri"] == first["items"][0]["iri"]
    told = policyweave(served, plural, name).stdout
    assert "EVIDENCE" in told
    assert ".txt [" in told


def test_matrix_and_comparison(served: Settings) -> None:
    matrix = policyweave(served, "matrix", "--rows", "challenge", "--columns", "status").stdout
    assert "Sawmills in Finland lack dry timber in most winters" in matrix
    assert "0 challenges without a measure" in matrix
    compared = policyweave(served, "compare", "Peru", "Finland").stdout
    assert "MEASURES: 2, 0 shared; 1 only Peru, 1 only Finland" in compared
    papers = policyweave(served, "compare", "fishing.txt", "timber.txt", "--by", "paper", "--json").stdout
    assert [side["title"] for side in json.loads(papers)["sides"]] == [
        "Fishing on a dry coast",
        "Timber from the north",
    ]
    lines = list(csv.DictReader(io.StringIO(policyweave(served, "compare", "Peru", "Finland", "--csv").stdout)))
    assert {line["side"] for line in lines} == {"Peru", "Finland"}


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("measures", "-f", "colour=red"), 2, "unknown filter 'colour'"),
        (("measures", "-f", "region"), 2, "is not name=value"),
        (("measures", "--cursor", "x"), 2, "not a cursor"),
        (("measures", "-k", "0"), 2, "-k"),
        (("measures", "x", "-q", "y"), 2, "leave out filters"),
        (("measures", "none"), 1, "no measure 'none'"),
        (("matrix", "--rows", "size"), 2, "unknown rows"),
        (("compare", "Peru"), 2, "1 given"),
        (("compare", "Peru", "Finland", "--by", "colour"), 2, "region, industry, paper"),
    ],
)
def test_misuse_and_failure_are_told(served: Settings, arguments: tuple[str, ...], status: int, told: str) -> None:
    done = policyweave(served, *arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_knowledge_base_the_way_out_is_told(tmp_path: Path) -> None:
    for command in (["regions"], ["matrix"], ["compare", "a", "b"]):
        done = policyweave(Settings(data=tmp_path / "none"), *command)
        assert done.returncode == 1
        assert "policyweave ingest" in done.stderr
