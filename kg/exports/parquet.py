"""All records as Parquet: one file a kind of record, its columns those of ``kg.records``."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from kg.errors import MisuseError, OutputError
from kg.records import Concept, Document, DocumentRecords, Merge
from kg.serialization import concepts_to_json, document_to_json
from kg.staging import staging_folder, sync_and_hash, sync_folder

if TYPE_CHECKING:
    import pyarrow as pa

_MISSING: Final = "Parquet needs the package pyarrow: pip install 'policyweave[parquet]'"
_PLAIN: Final = {str: "string", int: "int64", float: "float64", bool: "bool_"}
# Records that do not name the document that they belong to.
_OF_DOCUMENT: Final = ("pages", "boxes", "blocks", "given")
# What a reader said of a document in plain values: columns of the documents.
_OF_READER: Final = ("facts", "notes")
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def write_folder(
    folder: Path, documents: Callable[[], Iterable[DocumentRecords]], concepts: Sequence[Concept]
) -> Sequence[str]:
    """Write ``documents.parquet``, ``statements.parquet`` … into a new folder; returns the names.

    One document is held in memory at a time. The folder appears whole or not at all. Raises MisuseError where it
    exists and is not empty or pyarrow is not installed, OutputError where the disk is full.
    """
    _check_installed()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise MisuseError(f"{folder} exists: name a new folder with -o, Parquet files are never mixed with others")
    place = folder.resolve()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with staging_folder(place.parent) as staging:
            _write(staging, documents(), concepts)
            names = sorted(sync_and_hash(staging))
            if place.is_dir():
                place.rmdir()
            staging.replace(place)
            sync_folder(place.parent)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be written: {error.strerror or error}. Make room or name another place with -o"
        ) from error
    return names


def _check_installed() -> None:
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise MisuseError(_MISSING) from error


def _write(folder: Path, documents: Iterable[DocumentRecords], concepts: Sequence[Concept]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schemas = _schemas()
    with ExitStack() as stack:
        writers = {
            kind: stack.enter_context(pq.ParquetWriter(folder / f"{kind}.parquet", schema, compression="zstd"))
            for kind, schema in schemas.items()
        }
        for batch in _batches(documents, concepts):
            for kind, rows in batch.items():
                if rows:
                    writers[kind].write_table(pa.Table.from_pylist(list(rows), schema=schemas[kind]))


def _batches(documents: Iterable[DocumentRecords], concepts: Sequence[Concept]) -> Iterator[Rows]:
    concept_of = {member: concept.iri for concept in concepts for member in concept.members}
    for records in documents:
        encoded = document_to_json(records)
        document = encoded.pop("document")
        for statement in encoded["statements"]:
            statement["concept"] = concept_of.get(statement["id"])
        for kind in _OF_DOCUMENT:
            encoded[kind] = [{**row, "document": document["id"]} for row in encoded[kind]]
        whole = {**document, "text": records.text, **{name: encoded.pop(name) for name in _OF_READER}}
        yield {"documents": [whole], **encoded}
    encoded_concepts = concepts_to_json(concepts)
    yield {
        "concepts": [{name: value for name, value in row.items() if name != "merges"} for row in encoded_concepts],
        "merges": [{**merge, "concept": row["iri"]} for row in encoded_concepts for merge in row["merges"]],
    }


def _schemas() -> Mapping[str, pa.Schema]:
    """Columns of each file from the types of the records, so that a new kind of record is a new file."""
    import pyarrow as pa

    hints = get_type_hints(DocumentRecords)
    schemas = {"documents": _schema(Document).append(pa.field("text", pa.string(), nullable=False))}
    for name in _OF_READER:
        schemas["documents"] = schemas["documents"].append(pa.field(name, _kind(hints[name]), nullable=False))
    for kind, hint in hints.items():
        if get_origin(hint) is tuple and kind not in _OF_READER:
            schemas[kind] = _schema(get_args(hint)[0])
    schemas["statements"] = schemas["statements"].append(pa.field("concept", pa.string()))
    for kind in _OF_DOCUMENT:
        schemas[kind] = schemas[kind].append(pa.field("document", pa.string(), nullable=False))
    schemas["concepts"] = _schema(Concept, without="merges")
    schemas["merges"] = _schema(Merge).append(pa.field("concept", pa.string(), nullable=False))
    return schemas


def _schema(record: type, without: str = "") -> pa.Schema:
    import pyarrow as pa

    return pa.schema([field for field in _fields(record) if field.name != without])


def _fields(record: Any) -> list[pa.Field]:
    import pyarrow as pa

    hints = get_type_hints(record)
    return [
        pa.field(each.name, _kind(hints[each.name]), nullable=_optional(hints[each.name])) for each in fields(record)
    ]


def _optional(hint: Any) -> bool:
    return get_origin(hint) in (Union, types.UnionType)


def _kind(hint: Any) -> Any:
    import pyarrow as pa

    origin = get_origin(hint)
    if is_dataclass(hint):
        return pa.struct(_fields(hint))
    if origin is tuple:
        return pa.list_(_kind(get_args(hint)[0]))
    if origin is Literal:
        return pa.string()
    if _optional(hint):
        return _kind(next(each for each in get_args(hint) if each is not type(None)))
    return getattr(pa, _PLAIN[hint])()
