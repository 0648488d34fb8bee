"""An exported file is whole or not there: what stood in its place survives a failure."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import MisuseError
from kg.exports.files import output, text_output
from kg.exports.tables import write_table

FULL = """
import resource, signal, sys
from pathlib import Path
from kg.exports.tables import write_table
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
rows = ({"a": "x" * 40 + str(number)} for number in range(20_000))
write_table(Path(sys.argv[1]), sys.argv[2], "Rows", ("a",), rows)
"""


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_full_disk_leaves_what_was_there(form: str, tmp_path: Path) -> None:
    place = tmp_path / f"table.{form}"
    place.write_text("before")
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(place), form], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 1
    assert "OutputError" in done.stderr
    assert "cannot be written: File too large. What stood there before is unchanged" in done.stderr
    assert place.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == [place.name]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 50_000


def test_a_failure_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    halves = iter(["half"])
    with pytest.raises(StopIteration):
        _write_two(tmp_path / "new.txt", halves)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"before")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with output(tmp_path / "link") as stream:
        stream.write(b"after")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"after"


@pytest.mark.parametrize("name", ["", "no/such/folder.csv"])
def test_a_place_that_cannot_be_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="cannot write"):
        write_table(tmp_path / name, "csv", "Rows", ("a",), [])


def test_stdout_gets_text_as_it_is_made(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    for place in (None, Path("-")):
        with text_output(place) as stream:
            stream.write("é\r\n")
    assert capfdbinary.readouterr().out == "é\r\né\r\n".encode()


def _write_two(path: Path, parts: Iterator[str]) -> None:
    with text_output(path) as stream:
        stream.write(next(parts))
        stream.write(next(parts))
