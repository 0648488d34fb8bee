"""Subcommands of ``export``: the knowledge base in open formats, to stdout or into files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.command_line import one_of, settings_of
from kg.errors import MisuseError

OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="File to write; - is stdout.", show_default="stdout")
]


def register(app: typer.Typer) -> None:
    """Add the command with its subcommands."""
    export = typer.Typer(help="Write the knowledge base in open formats.", no_args_is_help=True)
    for command in (records, graph, evidence, bibliography):
        export.command()(command)
    app.add_typer(export, name="export")


def records(
    context: typer.Context,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File (of Parquet: new folder) to write; - is stdout.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="jsonl or parquet.")] = "jsonl",
) -> None:
    """Write every record with its source characters: JSON Lines, or a Parquet file a kind of record."""
    from kg.exports.files import text_output
    from kg.exports.records import write_records
    from kg.snapshot import open_snapshot

    one_of(form, ("jsonl", "parquet"), "format")
    snapshot = open_snapshot(settings_of(context).data)
    if form == "parquet":
        _parquet(snapshot, output)
        return
    with text_output(output) as stream:
        write_records(stream, list(snapshot.documents.values()), snapshot.concepts)


def _parquet(snapshot: Any, output: Path | None) -> None:
    from kg.exports.parquet import write_folder

    if output is None or output == Path("-"):
        raise MisuseError("Parquet is a folder of files: name it with -o FOLDER")
    names = write_folder(output, snapshot.documents.values, snapshot.concepts)
    typer.echo(f"{len(names)} files in {output}", err=True)


def graph(
    context: typer.Context,
    output: OutputOption = None,
    syntax: Annotated[str, typer.Option("--format", help="nt, nq, ttl, trig, jsonld or rdf.")] = "nt",
) -> None:
    """Write the graph, sorted: the same input gives the same bytes."""
    from kg.exports import files
    from kg.graph.export import check_syntax, write
    from kg.graph.store import open_read_only
    from kg.snapshot import open_snapshot

    check_syntax(syntax)
    store = open_read_only(open_snapshot(settings_of(context).data).graph_path)
    with files.output(output) as stream:
        write(store, stream, syntax)


def evidence(
    context: typer.Context,
    output: OutputOption = None,
    form: Annotated[str, typer.Option("--format", help="csv or xlsx.", show_default="by the file's ending")] = "",
) -> None:
    """Write a table with a row for each place that states a measure or challenge, quote and source included."""
    from kg.exports.evidence import COLUMNS, rows
    from kg.exports.tables import MEDIA_TYPES, form_of, write_table
    from kg.snapshot import open_snapshot

    chosen = one_of(form or form_of(output), tuple(MEDIA_TYPES), "format")
    settings = settings_of(context)
    snapshot = open_snapshot(settings.data)
    write_table(output, chosen, "Evidence", COLUMNS, rows(snapshot.documents.values(), snapshot.concepts, settings))


def bibliography(
    context: typer.Context,
    output: OutputOption = None,
    form: Annotated[
        str, typer.Option("--format", help="bibtex, ris or csl-json.", show_default="by the file's ending, else bibtex")
    ] = "",
) -> None:
    """Write the papers for reference managers."""
    from kg.exports.bibliography import MEDIA_TYPES, form_of, written
    from kg.exports.files import text_output
    from kg.snapshot import open_snapshot

    chosen = one_of(form or form_of(output), tuple(MEDIA_TYPES), "format")
    snapshot = open_snapshot(settings_of(context).data)
    text = written((records.document for records in snapshot.documents.values()), chosen)
    with text_output(output) as stream:
        stream.write(text)
