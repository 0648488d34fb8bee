"""Extraction results of a run that is not over: what a run that was broken off has finished is not done again.

The folder ``documents`` of ``DATA/work`` holds one file a document, named by its extraction key and so valid as long as
neither the file nor the extractor changes. They appear whole or not at all, and go when a snapshot that holds them is
published.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SnapshotError, no_room
from kg.identifiers import sha256
from kg.records import DocumentRecords
from kg.serialization import document_from_json, document_to_json, dump
from kg.staging import remove_folder, write_synced


@dataclass(frozen=True, slots=True)
class Finished:
    """The results kept below a data folder. Only the holder of the writer's lock may change them."""

    data: Path

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self.data / "work" / "documents"

    def has(self, key: str) -> bool:
        """Whether there is a result under this key, be it damaged or not."""
        return self._place(key).is_file()

    def get(self, key: str) -> DocumentRecords | None:
        """The records under a key, None where there are none or a byte of them is damaged."""
        try:
            digest, _, content = self._place(key).read_bytes().partition(b"\n")
            if sha256(content) != digest.decode("ascii", "replace"):
                return None
            plain = json.loads(content)
            return document_from_json(plain["records"], plain["text"])
        except (OSError, ValueError, KeyError, SnapshotError):
            return None

    def keep(self, key: str, records: DocumentRecords) -> None:
        """Keep a result through a crash. SnapshotError where the disk is full: going on would be for nothing."""
        content = dump({"records": document_to_json(records), "text": records.text})
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_synced(self._place(key), sha256(content).encode() + b"\n" + content)
        except OSError as error:
            raise no_room(self.data, error) from error

    def clear(self) -> None:
        """Drop all results."""
        if self.folder.exists():
            remove_folder(self.folder)

    def _place(self, key: str) -> Path:
        return self.folder / f"{key}.json"
