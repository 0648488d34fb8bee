"""What stands for a file: its bytes, what is said beside it, and how its format is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.files import hashed
from ingest.report import Failure
from kg.settings import Settings


def _whole(path: Path, **settings: str) -> str:
    failures: list[Failure] = []
    (given,) = hashed([path], Settings(data=path.parent, **settings), failures, {})  # type: ignore[arg-type]
    assert not failures
    return given.whole(given.digest)


@pytest.mark.parametrize("setting", [{"ocr": "auto"}, {"protected_pdf": "read"}, {"ocr_languages": "deu"}])
def test_a_setting_that_changes_what_is_read_makes_another_file_of_it(tmp_path: Path, setting: dict[str, str]) -> None:
    paper, note = tmp_path / "paper.pdf", tmp_path / "note.txt"
    paper.write_bytes(b"%PDF-1.4\n")
    note.write_text("Ferries should run at night.\n")
    assert _whole(paper, **setting) != _whole(paper)
    assert _whole(note, **setting) == _whole(note)


def test_what_is_said_beside_a_file_counts_as_part_of_it(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.4\n")
    alone = _whole(paper)
    (tmp_path / "paper.yaml").write_text("title: Ferries at night\n")
    assert _whole(paper) != alone
