"""From a plan and what became of it to the report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.extracting import Extracted
from ingest.planning import Plan
from ingest.report import Change, Failure, Report


def report_of(
    plan: Plan,
    snapshot: str | None,
    published: bool = False,
    done: Extracted | None = None,
    notes: Sequence[str] = (),
    rebuilt_for: Sequence[str] = (),
    dry_run: bool = False,
) -> Report:
    """The report of a run that carried out ``plan``, or would."""
    stays = [each.name for each in plan.documents.values() if each.action == "kept"]
    return Report(
        snapshot=snapshot,
        published=published,
        documents=len(plan.documents),
        extracted=tuple(each.name for each in plan.new),
        reused=tuple(sorted(stays)),
        failures=tuple(plan.failures),
        notes=(*plan.notes, *notes),
        resumed=tuple(sorted(done.resumed)) if done else (),
        removed=tuple(sorted(change.name for change in plan.removed)),
        changes=_changes(plan),
        rebuilt_for=tuple(rebuilt_for),
        dry_run=dry_run,
    )


def _changes(plan: Plan) -> tuple[Change, ...]:
    """One line a document, by name."""
    stays = [
        Change(each.name, each.action, each.why, each.id, None if each.origin is None else str(each.origin))
        for each in plan.documents.values()
    ]
    lost = [_lost(failure) for failure in plan.failures]
    return tuple(sorted([*stays, *plan.removed, *lost], key=lambda change: (change.name, change.action)))


def _lost(failure: Failure) -> Change:
    return Change(Path(failure.path).name, "failed", failure.why, None, failure.path)
