"""Subcommands ``ingest`` and ``remove``: which documents the knowledge base holds, published as a new snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.command_line import settings_of
from kg.errors import MisuseError

# Every ending that a reader takes; the readers themselves would take longer to import than a help text should.
ENDINGS = ".txt .md .markdown .pdf .docx .docm .html .htm .xhtml .xml .nxml .tei"
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done and why, and change nothing.")]
ReportFile = Annotated[Path | None, typer.Option("--report", help="Write the whole report to this file, as JSON.")]
LogJson = Annotated[bool, typer.Option("--log-json", help="Log each event as a line of JSON on stderr.")]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable report on stdout.")]


def register(app: typer.Typer) -> None:
    """Add the subcommands of this package."""
    app.command()(ingest)
    app.command()(remove)


def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help=f"Files, or folders of them ({ENDINGS}).", show_default="the built-in corpus"),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Forget what was published before: build from these paths alone.")
    ] = False,
    sync: Annotated[
        bool, typer.Option("--sync", help="Also remove documents whose file is gone from these folders.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Synchronise these folders now and after each change, until stopped.")
    ] = False,
    dry_run: DryRun = False,
    report: ReportFile = None,
    log_json: LogJson = False,
    as_json: AsJson = False,
) -> None:
    """Read documents, extract records and publish them; a file of the same name replaces the earlier one.

    Only what is new or changed is extracted. Exit status: 0 all went well, 1 a file failed (all others are published)
    or the run did, 2 misuse.
    """
    from ingest.output import Output, perform
    from ingest.planning import Request
    from kg.resources import corpus_folder

    _check(paths, rebuild, sync, watch, dry_run)
    request = Request(tuple(paths or [corpus_folder()]), rebuild, sync or watch)
    settings = settings_of(context)
    output = Output(report, as_json, log_json)
    if watch:
        from ingest.watching import watch_folders

        watch_folders(request, settings, output)
    elif perform(request, settings, output, dry_run).failures:
        raise typer.Exit(1)


def remove(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="Documents, by file name, id or IRI.", metavar="NAME|ID…")],
    purge: Annotated[
        bool, typer.Option("--purge", help="Also remove all earlier snapshots that hold them; no way back.")
    ] = False,
    dry_run: DryRun = False,
    report: ReportFile = None,
    log_json: LogJson = False,
    as_json: AsJson = False,
) -> None:
    """Remove documents: nothing of them stays in graph, index or words; facts that others state too stay."""
    from ingest.output import Output, perform
    from ingest.planning import Request
    from ingest.removing import resolve
    from kg.history import remove_those_with
    from kg.locking import writer_lock

    settings = settings_of(context)
    documents = resolve(names, settings.data)
    done = perform(Request(remove=documents), settings, Output(report, as_json, log_json), dry_run)
    if purge and not dry_run:
        with writer_lock(settings.data):
            gone = remove_those_with(settings.data, sorted(documents))
        typer.echo(f"{len(gone)} earlier snapshots that held them were removed", err=True)
    if done.failures:
        raise typer.Exit(1)


def _check(paths: list[Path] | None, rebuild: bool, sync: bool, watch: bool, dry_run: bool) -> None:
    if (sync or watch) and not paths:
        raise MisuseError("--sync and --watch need the folders to synchronise: name them")
    if (sync or watch) and rebuild:
        raise MisuseError("--rebuild forgets all folders, --sync and --watch keep one up to date: choose one of them")
    if watch and dry_run:
        raise MisuseError("--watch changes the knowledge base, --dry-run changes nothing: choose one of them")
