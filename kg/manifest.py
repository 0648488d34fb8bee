"""What a snapshot says of itself: every file with its hash, what it was built from and with, and the id that follows.

The id is a hash of what decides the content (records, model, ontology, code), not of the files derived from it: stores
write bytes that differ from run to run. ``manifest.json`` carries a checksum of itself, so that damage to it shows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from kg.errors import SnapshotError
from kg.identifiers import sha256

FORMAT = 3
NAME = "manifest.json"
# Written from the records alone, so that their hashes stand for the records in the id.
_RECORDS = ("documents/", "texts/", "concepts.json")


@dataclass(frozen=True, slots=True)
class FileFact:
    """Size in bytes and SHA-256 of one file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SourceFact:
    """The file that a document was read from: its name, SHA-256 of its bytes, media type."""

    name: str
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Basis:
    """All that decides what a snapshot holds. ``keys`` are the documents' extraction keys, by document id."""

    format: int
    code_version: str
    code_sha256: str
    ontology_version: str
    ontology_sha256: str
    merges_sha256: str
    base_iri: str
    language_model: str
    model: str
    fingerprint: str
    dimension: int
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of one snapshot. ``files`` goes by path inside it, ``created`` is ISO 8601 and no part of the id.

    ``sources`` goes by document id and repeats what the records say, so that a run that finds nothing to do reads no
    records. ``extractor`` holds a hash of each part of what extracted them (program, vocabularies, models), by its
    name, so that a later run can tell why documents are extracted again.
    """

    id: str
    created: str
    basis: Basis
    counts: Mapping[str, int]
    sources: Mapping[str, SourceFact]
    extractor: Mapping[str, str]
    files: Mapping[str, FileFact]

    @property
    def model(self) -> str:
        """Name of the embedder that the index was built with."""
        return self.basis.model

    @property
    def keys(self) -> Mapping[str, str]:
        """Extraction keys by document id."""
        return self.basis.keys

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents, sorted."""
        return tuple(sorted(self.basis.keys))

    def to_bytes(self) -> bytes:
        """The content of ``manifest.json``."""
        return _seal(asdict(self))


def snapshot_id(basis: Basis, files: Mapping[str, FileFact]) -> str:
    """Id of a snapshot: 32 hexadecimal digits of a hash over its basis and the hashes of its records' files."""
    records = {path: fact.sha256 for path, fact in files.items() if path.startswith(_RECORDS)}
    return sha256(_canonical({"basis": asdict(basis), "records": records}))[:32]


def parse(data: bytes, where: str) -> Manifest:
    """Read ``manifest.json``; SnapshotError where it is damaged or of another format."""
    try:
        plain = json.loads(data)
        if not isinstance(plain, dict) or _seal({**plain}) != data:
            raise SnapshotError(f"{where} does not match its own checksum: {_REPAIR}")
        if plain["basis"]["format"] != FORMAT:
            raise SnapshotError(
                f"{where} has format {plain['basis']['format']}, this program reads {FORMAT}: "
                "run 'policyweave ingest --rebuild' with all sources"
            )
        return _manifest(plain)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SnapshotError(f"{where} is damaged ({error}): {_REPAIR}") from error


_REPAIR = "run 'policyweave verify' to see what is wrong and 'policyweave ingest --rebuild' to build the snapshot again"


def _manifest(plain: Mapping[str, Any]) -> Manifest:
    basis = Basis(**{field.name: plain["basis"][field.name] for field in fields(Basis)})
    files = {path: FileFact(**fact) for path, fact in plain["files"].items()}
    sources = {document: SourceFact(**fact) for document, fact in plain["sources"].items()}
    if sources.keys() != basis.keys.keys():
        raise ValueError("its sources are not those of its documents")
    manifest = Manifest(plain["id"], plain["created"], basis, plain["counts"], sources, plain["extractor"], files)
    if snapshot_id(basis, files) != manifest.id:
        raise ValueError("its id is not that of its content")
    return manifest


def _seal(plain: dict[str, Any]) -> bytes:
    """JSON with the checksum of all other fields; whatever checksum ``plain`` holds is replaced."""
    plain.pop("checksum", None)
    return _canonical({**plain, "checksum": sha256(_canonical(plain))})


def _canonical(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
