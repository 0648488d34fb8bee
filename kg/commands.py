"""Subcommands over the knowledge base: ``merges``, ``publish``, checks, ``status`` and those of ``kg.exports``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg import history_commands
from kg.command_line import print_json, settings_of
from kg.errors import MisuseError, SnapshotError
from kg.exports import commands as exports


def register(app: typer.Typer) -> None:
    """Add the subcommands of this package."""
    exports.register(app)
    app.command()(merges)
    app.command()(publish)
    app.command()(validate)
    app.command()(verify)
    app.command()(status)
    history_commands.register(app)


def merges(
    context: typer.Context,
    concept: Annotated[
        str | None, typer.Argument(help="One measure or challenge, by IRI, its end, or a label.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Say why statements share a measure or challenge, and how to undo it."""
    from kg.merges import merged
    from kg.snapshot import open_snapshot

    settings = settings_of(context)
    found = list(merged(open_snapshot(settings.data), concept))
    if as_json:
        print_json([one.as_json() for one in found])
        return
    for one in found:
        typer.echo(f"{one.name}  {one.concept.label}  ({len(one.members)} statements)")
        for member in one.members:
            typer.echo(f"  {member.describe()}")
    if not found:
        typer.echo("nothing was merged here: the statement stands alone", err=True)
    elif concept is not None:
        typer.echo(f"\nTo take one out, write a line such as the next into {settings.merges_file} and ingest again:")
        typer.echo(found[0].undoing(found[0].members[-1]))


def publish(context: typer.Context) -> None:
    """Send the graph of the live snapshot to the SPARQL server that the settings name."""
    from kg.locking import writer_lock
    from kg.publishing import send
    from kg.snapshot import open_snapshot

    settings = settings_of(context)
    snapshot = open_snapshot(settings.data)
    with writer_lock(settings.data):
        size = send(settings, snapshot.path, snapshot.id)
    if size is None:
        raise MisuseError("no server to send the graph to: set POLICYWEAVE_GRAPH_URL to its address")
    typer.echo(f"snapshot {snapshot.id}: {size} triples at {settings.graph_url}")


def validate(
    context: typer.Context,
    syntax: Annotated[str, typer.Option("--format", help="text, json or ttl (a SHACL validation report).")] = "text",
) -> None:
    """Check the published graph against the shapes of the ontology; exit status 1 if it breaks one."""
    from kg.graph.report import FORMATS
    from kg.graph.shapes import validate as report_on
    from kg.graph.store import open_read_only
    from kg.snapshot import open_snapshot

    if syntax not in FORMATS:
        raise MisuseError(f"no such format: {syntax}. Choose one of {', '.join(FORMATS)}")
    store = open_read_only(open_snapshot(settings_of(context).data).graph_path)
    report = report_on(quad.triple for quad in store)
    typer.echo(report.formatted(syntax), nl=False)
    if not report.conforms:
        raise typer.Exit(1)


def verify(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False
) -> None:
    """Check every hash and every quote of the published snapshot; exit status 1 if anything is wrong."""
    from kg.snapshot import open_snapshot
    from kg.verification import verify as check

    data = settings_of(context).data
    problems = check(data)
    if as_json:
        print_json(
            {"ok": not problems, "problems": [{"path": p.path, "what": p.what, "detail": p.detail} for p in problems]}
        )
    else:
        for problem in problems:
            typer.echo(f"{problem.path}: {problem.what}: {problem.detail}", err=True)
    if problems:
        raise SnapshotError(
            f"{len(problems)} problems found: go back to an earlier snapshot with 'policyweave rollback', or "
            "run 'policyweave ingest --rebuild' with all sources to build a new one"
        )
    if not as_json:
        snapshot = open_snapshot(data)
        typer.echo(f"snapshot {snapshot.id}: {len(snapshot.documents)} documents, all hashes and quotes are right")


def status(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False
) -> None:
    """Say what the knowledge base holds and what it was built with."""
    from kg.snapshot import open_snapshot

    snapshot = open_snapshot(settings_of(context).data)
    facts = {
        "snapshot": snapshot.id,
        "path": str(snapshot.path),
        "model": snapshot.manifest.model,
        "counts": dict(snapshot.manifest.counts),
        "documents": [
            {"id": d.document.id, "source": d.document.source, "title": d.document.title, "year": d.document.year}
            for d in snapshot.documents.values()
        ],
    }
    if as_json:
        print_json(facts)
        return
    typer.echo(f"snapshot {snapshot.id} in {snapshot.path}")
    typer.echo(f"model    {snapshot.manifest.model}")
    for name, count in sorted(snapshot.manifest.counts.items()):
        typer.echo(f"{count:8} {name}")
    for entry in snapshot.documents.values():
        typer.echo(f"         {entry.document.source}: {entry.document.title}")
