"""The file of merges in a whole run: applied without extracting again, refused with its line, undone with the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.progress import silent
from ingest.run import run
from kg.errors import MisuseError
from kg.merges import merged
from kg.settings import Settings
from kg.snapshot import current_id, open_snapshot
from kg.verification import verify

HILLS = """# Young people of the hills

## 1 Problems

The hill districts suffer from brain drain. The brain drain of nurses is serious.

## 2 Recommendations

The province should ban new quarries. Districts should build three libraries.
"""


@pytest.fixture
def settings(data: Path, settings_for: Callable[..., Settings]) -> Settings:
    return settings_for(data)


@pytest.fixture
def hills(tmp_path: Path) -> Path:
    path = tmp_path / "hills.md"
    path.write_text(HILLS, encoding="utf-8")
    return path


def labels_in(settings: Settings, concept: str) -> dict[str, str]:
    """Labels of the statements that were merged into a concept, with the reasons."""
    (one,) = merged(open_snapshot(settings.data), concept)
    return {member.label: member.merge.reason for member in one.members}


def test_a_merge_is_undone_by_a_line_and_comes_back_without_it(hills: Path, settings: Settings) -> None:
    first = run([hills], settings, silent)
    before = labels_in(settings, "talent-drain")
    assert len(before) == 2
    (one,) = merged(open_snapshot(settings.data), "talent-drain")
    member = next(each for each in one.members if "nurses" in each.label)
    settings.merges_file.write_text(one.undoing(member) + "\n", encoding="utf-8")

    second = run([hills], settings, silent)
    assert (second.published, second.extracted, second.notes) == (True, (), ())
    assert labels_in(settings, "talent-drain") == {k: v for k, v in before.items() if k != member.label}
    assert verify(settings.data) == []
    assert not run([hills], settings, silent).published

    settings.merges_file.unlink()
    assert run([hills], settings, silent).snapshot == first.snapshot
    assert labels_in(settings, "talent-drain") == before


def test_a_join_is_applied_and_a_line_without_effect_is_noted(hills: Path, settings: Settings) -> None:
    run([hills], settings, silent)
    label = next(
        statement.label
        for records in open_snapshot(settings.data).documents.values()
        for statement in records.statements
        if "librar" in statement.label
    )
    lines = f'join: "{label}" to measure/x-{"-".join(quarries(settings).casefold().split())}\nsplit: "x y" from "z"\n'
    settings.merges_file.write_text(lines, encoding="utf-8")
    report = run([hills], settings, silent)
    assert labels_in(settings, quarries(settings)) == {quarries(settings): "label", label: "override"}
    (note,) = report.notes
    assert "merges.txt, line 2" in note


def quarries(settings: Settings) -> str:
    return next(
        statement.label
        for records in open_snapshot(settings.data).documents.values()
        for statement in records.statements
        if "quarr" in statement.label
    )


def test_a_bad_line_is_refused_before_anything_is_done(hills: Path, settings: Settings) -> None:
    report = run([hills], settings, silent)
    settings.merges_file.write_text("# ours\nsplit brain drain\n", encoding="utf-8")
    with pytest.raises(MisuseError, match=r"merges\.txt, line 2 cannot be read: 'split brain drain'"):
        run([hills], settings, silent)
    assert current_id(settings.data) == report.snapshot


def test_a_file_that_the_settings_name_must_be_there(
    hills: Path, data: Path, settings_for: Callable[..., Settings]
) -> None:
    with pytest.raises(MisuseError, match="there is no file of merges"):
        run([hills], settings_for(data, merges=data / "ours.txt"), silent)
