"""A run as its user sees it: progress and failures on stderr, then the report on stdout; all as JSON if asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.planning import Request
from ingest.progress import Tell, event, progress
from ingest.report import Report
from ingest.run import NothingToIngestError, carry_out, preview
from kg.command_line import print_json
from kg.errors import MisuseError, PolicyweaveError
from kg.settings import Settings

_MARKS = {"added": "+", "updated": "~", "kept": "=", "removed": "-", "failed": "!"}
# Columns of a table that goes to a file: a row is a line there, however long its path.
_WIDTH = 10_000


@dataclass(frozen=True, slots=True)
class Output:
    """Where a run is told: a file for the ``report``, JSON on stdout, JSON lines of events on stderr."""

    report: Path | None = None
    as_json: bool = False
    log_json: bool = False


def perform(
    request: Request,
    settings: Settings,
    output: Output,
    dry_run: bool = False,
    through: Callable[[Tell], Tell] = lambda tell: tell,
) -> Report:
    """Carry out a request (or with ``dry_run`` say what would be done) and tell it; ``through`` sees each event too.

    Raises what ``carry_out`` raises, after it was told.
    """
    with progress(output.log_json) as tell:
        try:
            report = preview(request, settings) if dry_run else carry_out(request, settings, through(tell))
        except PolicyweaveError as error:
            if output.report is not None and isinstance(error, NothingToIngestError):
                write_report(error.report, output.report)
            tell(event("run_failed", message=str(error)))
            raise
    if output.report is not None:
        write_report(report, output.report)
    if output.as_json:
        print_json(report.as_json())
    if not output.as_json:
        print_report(report, failures=not output.log_json)
    sys.stdout.flush()
    return report


def write_report(report: Report, place: Path) -> None:
    """Write a report as JSON. MisuseError where the file cannot be written; what was published stays published."""
    try:
        place.write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise MisuseError(f"the report cannot be written to {place} ({error.strerror}): name another file") from error


def print_report(report: Report, failures: bool = True) -> None:
    """Print a report for people; without ``failures`` only to stdout, because stderr is a machine's."""
    if failures and report.failures:
        _print_failures(report)
    if failures:
        sys.stderr.writelines(f"note: {note}\n" for note in report.notes)
    if report.dry_run:
        sys.stdout.writelines(f"{line}\n" for line in _plan_lines(report))
    sys.stdout.write(f"{_summary(report)}\n")


def _print_failures(report: Report) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("file", "why it is not taken in", "what to do"):
        table.add_column(heading, overflow="fold")
    for failure in report.failures:
        table.add_row(*(Text(cell) for cell in (failure.path, failure.why, failure.advice)))
    console = Console(stderr=True, width=None if sys.stderr.isatty() else _WIDTH, soft_wrap=False)
    console.print(table)


def _plan_lines(report: Report) -> list[str]:
    lines = [f"{_MARKS[one.action]} {one.action:8} {one.name}: {one.why}" for one in report.changes]
    lines += [f"  {name}: was extracted by a run that was broken off, and is not again" for name in report.resumed]
    if report.rebuilt_for:
        lines.append(f"the snapshot is built again, because this changed: {', '.join(report.rebuilt_for)}")
    return lines


def _summary(report: Report) -> str:
    counts = report.counts
    if report.dry_run:
        told = [f"{counts[action]} {word}" for action, word in _WOULD.items() if counts.get(action)]
        return f"nothing was changed; would be: {', '.join(told) or 'nothing'}"
    removed = f"{len(report.removed)} removed, " if report.removed else ""
    resumed = f" ({len(report.resumed)} of them before)" if report.resumed else ""
    changed = f"{len(report.extracted)} read{resumed}, {removed}{len(report.reused)} unchanged"
    state = "published" if report.published else "already current"
    return f"snapshot {report.snapshot} {state}: {changed}, {report.documents} in all"


_WOULD = {"added": "added", "updated": "updated", "kept": "kept", "removed": "removed", "failed": "not read"}
