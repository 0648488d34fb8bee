"""Subcommand ``ingest``: read documents and publish a new snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.command_line import print_json, settings_of

if TYPE_CHECKING:
    from ingest.run import Report


def register(app: typer.Typer) -> None:
    """Add the subcommands of this package."""
    app.command()(ingest)


def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Text or Markdown files, or folders of them.", show_default="the built-in corpus"),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option(help="Forget what was published before: build from these paths alone.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable report.")] = False,
) -> None:
    """Read documents, extract records and publish them; a file of the same name replaces the earlier one."""
    from ingest.progress import progress
    from ingest.run import run
    from kg.resources import corpus_folder

    with progress() as tell:
        report = run(paths or [corpus_folder()], settings_of(context), tell, rebuild)
    if as_json:
        print_json(report.as_json())
    else:
        _print(report)
    if report.failures:
        raise typer.Exit(1)


def _print(report: Report) -> None:
    for failure in report.failures:
        typer.echo(f"not read: {failure.message}", err=True)
    for note in report.notes:
        typer.echo(f"note: {note}", err=True)
    changed = f"{len(report.extracted)} read, {len(report.reused)} unchanged, {report.documents} in all"
    state = "published" if report.published else "already current"
    typer.echo(f"snapshot {report.snapshot} {state}: {changed}")
