"""Checks everything that a snapshot promises: every byte, every quote, every reference between records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import manifest as manifests
from kg.errors import SnapshotError
from kg.evidence import broken_quotes, broken_references
from kg.identifiers import sha256
from kg.index.onnx_export import read_meta
from kg.index.texts import KINDS, indexed_texts
from kg.manifest import Manifest
from kg.records import Concept, DocumentRecords
from kg.snapshot import Snapshot, current_id, read_document, read_manifest
from kg.staging import hash_file

# Formats whose text is exactly the decoded file, so that its bytes hash to what the document says.
_VERBATIM = ("text/plain", "text/markdown")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as promised. ``path`` is relative to the snapshot, else to the data folder."""

    path: str
    what: str
    detail: str


def verify(data: Path) -> list[Problem]:
    """All problems of the live snapshot of a data folder, sorted; an empty list where there are none.

    Raises SnapshotError where nothing was published.
    """
    try:
        identifier = current_id(data)
    except SnapshotError as error:
        if not (data / "current").exists():
            raise
        return [Problem("current", "damaged", str(error))]
    return verify_snapshot(data, identifier)


def verify_snapshot(data: Path, identifier: str) -> list[Problem]:
    """All problems of one snapshot of a data folder, live or not, sorted; an empty list where there are none."""
    path = data / "snapshots" / identifier
    if not path.is_dir():
        return [
            Problem(
                "current", "names a snapshot that is not there", f"{identifier!r}; run 'policyweave ingest --rebuild'"
            )
        ]
    try:
        manifest = read_manifest(path)
    except SnapshotError as error:
        return [Problem(manifests.NAME, "damaged", str(error))]
    problems = [*_files(path, manifest), *_model(data, manifest)]
    if manifest.id != identifier:
        problems.append(Problem(manifests.NAME, "belongs to another snapshot", f"{manifest.id}, not {identifier}"))
    damaged = {problem.path for problem in problems}
    problems.extend(_records(path, manifest, damaged))
    return sorted(problems, key=lambda problem: (problem.path, problem.what, problem.detail))


def _files(path: Path, manifest: Manifest) -> Iterator[Problem]:
    """Hash and size of every file, missing files, unexpected ones."""
    found = {file.relative_to(path).as_posix() for file in path.rglob("*") if not file.is_dir()}
    for name in sorted(found - manifest.files.keys() - {manifests.NAME}):
        yield Problem(name, "unexpected", "no such file was published")
    for name, fact in manifest.files.items():
        if name not in found:
            yield Problem(name, "missing", f"{fact.size} bytes were published")
            continue
        try:
            actual = hash_file(path / name)
        except OSError as error:
            yield Problem(name, "unreadable", str(error))
            continue
        if actual.size != fact.size:
            yield Problem(name, "size differs", f"{actual.size} bytes, published were {fact.size}")
        elif actual != fact:
            yield Problem(name, "hash differs", f"sha256 {actual.sha256}, published was {fact.sha256}")


def _model(data: Path, manifest: Manifest) -> Iterator[Problem]:
    """The exported embedder, where there is one."""
    folder = data / "models" / manifest.basis.fingerprint
    if not folder.is_dir():
        return
    meta = read_meta(folder)
    repair = "delete the folder and run 'policyweave ingest'"
    where = folder.relative_to(data).as_posix()
    if meta is None or meta.fingerprint != manifest.basis.fingerprint:
        yield Problem(f"{where}/meta.json", "damaged", repair)
        return
    for name, digest in meta.files.items():
        file = folder / name
        if not file.is_file() or hash_file(file).sha256 != digest:
            yield Problem(f"{where}/{name}", "hash differs", repair)


def _records(path: Path, manifest: Manifest, damaged: set[str]) -> Iterator[Problem]:
    """What the records say, as far as their files can be trusted."""
    documents: list[DocumentRecords] = []
    for identifier in manifest.documents:
        if damaged & {f"documents/{identifier}.json", f"texts/{identifier}.txt"}:
            continue
        try:
            documents.append(read_document(path, identifier))
        except SnapshotError as error:
            yield Problem(f"documents/{identifier}.json", "unreadable", str(error))
    for records in documents:
        yield from _document(records)
    if len(documents) == len(manifest.documents) and "concepts.json" not in damaged:
        yield from _whole(Snapshot(path, manifest), documents, damaged)


def _document(records: DocumentRecords) -> Iterator[Problem]:
    document = records.document
    place = f"documents/{document.id}.json"
    if len(records.text) != document.length:
        yield Problem(place, "length differs", f"{len(records.text)} characters, the record says {document.length}")
    if not _is_verbatim(records):
        yield Problem(f"texts/{document.id}.txt", "is not the source", "its hash is not that of the file that was read")
    for detail in broken_quotes(records):
        yield Problem(place, "quote differs", detail)


def _is_verbatim(records: DocumentRecords) -> bool:
    """Whether the text is that of the file, byte by byte in its encoding; formats that are rewritten cannot be told."""
    kind, _, charset = records.document.media_type.partition("; charset=")
    if kind not in _VERBATIM:
        return True
    try:
        return sha256(records.text.encode(charset or "utf-8")) == records.document.sha256
    except (LookupError, UnicodeEncodeError):
        return False


def _whole(snapshot: Snapshot, documents: Sequence[DocumentRecords], damaged: set[str]) -> Iterator[Problem]:
    """What must agree between the documents, the concepts and the indexes."""
    try:
        concepts = snapshot.concepts
    except SnapshotError as error:
        yield Problem("concepts.json", "unreadable", str(error))
        return
    for place, detail in broken_references(documents, concepts):
        yield Problem(place, "broken reference", detail)
    yield from _indexes(snapshot, documents, concepts, damaged)


def _indexes(
    snapshot: Snapshot, documents: Sequence[DocumentRecords], concepts: Sequence[Concept], damaged: set[str]
) -> Iterator[Problem]:
    texts: Mapping[str, Mapping[str, str]] = indexed_texts(documents, concepts)
    words_damaged = any(name.startswith("words/") for name in damaged)
    for name, rows in texts.items():
        if not damaged & {f"vectors/{name}.faiss", f"vectors/{name}.ids"}:
            try:
                index = snapshot.vectors(name)
            except SnapshotError as error:
                yield Problem(f"vectors/{name}.faiss", "unreadable", str(error))
                continue
            if index.ids != tuple(rows):
                yield Problem(f"vectors/{name}.ids", "other records", f"{len(index)} ids for {len(rows)} texts")
        if not words_damaged and snapshot.words.count(KINDS[name]) != len(rows):
            found = snapshot.words.count(KINDS[name])
            yield Problem(f"words/{KINDS[name]}", "other records", f"{found} entries for {len(rows)} texts")
