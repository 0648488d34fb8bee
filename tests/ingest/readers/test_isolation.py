"""Reading in another process: whatever a file does to its reader, an error says which limit it met, others go on."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.readers.isolation import Isolation
from ingest.readers.port import Limits
from kg.errors import UnreadableSourceError
from kg.settings import Settings

READER = '''
"""A reader that does what the file says."""
import ctypes, os, subprocess, time
from kg.errors import UnreadableSourceError
from kg.identifiers import sha256
from kg.records import Source, TextBlock

def read(data, name, limits):
    order = data.decode("utf-8", "replace")
    if order == "loop":
        while True:
            pass
    if order == "children":
        child = subprocess.Popen(["sleep", "60"])
        open(os.environ["CHILD"], "w").write(str(child.pid))
        time.sleep(60)
    if order == "eat":
        kept = []
        while True:
            kept.append(bytearray(1 << 24))
    if order == "crash":
        ctypes.string_at(0)
    if order == "dig":
        dig = lambda n: dig(n + 1)
        dig(0)
    if order == "stumble":
        raise KeyError("no such part")
    if order == "refuse":
        raise UnreadableSourceError(f"{name} is no good")
    block = TextBlock("paragraph", 0, len(order))
    return Source(name, "text/odd", sha256(data), order, blocks=(block,), facts=(("pid", str(os.getpid())),))
'''


@pytest.fixture
def limits() -> Limits:
    return replace(Limits.of(Settings.model_construct()), seconds=20.0, memory=1 << 29)


@pytest.fixture
def isolation(tmp_path: Path, limits: Limits, monkeypatch: pytest.MonkeyPatch) -> Iterator[Isolation]:
    (tmp_path / "obedient_reader.py").write_text(READER)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    isolation = Isolation(limits)
    yield isolation
    isolation.close()


def runs(process: int) -> bool:
    """Whether it runs; one that ended and that nobody has asked about yet does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return state.stdout.strip()[:1] not in {"", "Z"}


def process_of(isolation: Isolation) -> int:
    return int(dict(isolation.read("obedient_reader", b"fine", "a.odd").facts)["pid"])


def test_one_process_reads_all_documents_and_ends_with_its_owner(isolation: Isolation) -> None:
    source = isolation.read("obedient_reader", "Straße \u4e2d".encode(), "b.odd")
    assert (source.text, source.blocks[0].end) == ("Straße \u4e2d", 8)
    first = process_of(isolation)
    assert process_of(isolation) == first
    isolation.close()
    assert not runs(first)
    assert process_of(isolation) != first


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("eat", "needs more than 536,870,912 bytes of memory.*POLICYWEAVE_READ_MEMORY"),
        ("crash", "signal 11"),
        ("dig", "nested too deeply"),
        ("stumble", "KeyError: 'no such part'"),
        ("refuse", "bad.odd is no good"),
    ],
)
def test_a_document_that_breaks_its_reader_is_reported_and_the_next_is_read(
    isolation: Isolation, order: str, said: str
) -> None:
    with pytest.raises(UnreadableSourceError, match=f"bad.odd.*{said}|{said}"):
        isolation.read("obedient_reader", order.encode(), "bad.odd")
    assert isolation.read("obedient_reader", b"fine", "good.odd").text == "fine"


def test_a_document_that_takes_too_long_is_stopped(isolation: Isolation, limits: Limits, tmp_path: Path) -> None:
    hasty = Isolation(replace(limits, seconds=0.5))
    try:
        with pytest.raises(UnreadableSourceError, match=r"0\.5 seconds.*POLICYWEAVE_READ_TIMEOUT"):
            hasty.read("obedient_reader", b"loop", "bad.odd")
        assert hasty.read("obedient_reader", b"fine", "good.odd").text == "fine"
    finally:
        hasty.close()


def test_what_a_reader_started_ends_with_it(
    limits: Limits, isolation: Isolation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHILD", str(tmp_path / "child"))
    with pytest.raises(UnreadableSourceError, match="seconds"):
        Isolation(replace(limits, seconds=1.0)).read("obedient_reader", b"children", "bad.odd")
    child = int((tmp_path / "child").read_text())
    assert not runs(child)
