"""Folders that appear whole or not at all: built beside their place, synced to the disk, renamed into it."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.manifest import FileFact

_PREFIX = ".staging-"


@contextmanager
def staging_folder(parent: Path) -> Iterator[Path]:
    """A new folder beside the place it is meant for; what is left of it at the end is removed."""
    folder = parent / f"{_PREFIX}{os.getpid()}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_leftovers(parent: Path) -> None:
    """Remove the staging folders of writers that died. Only the holder of the writer's lock may call this."""
    for folder in parent.glob(f"{_PREFIX}*"):
        shutil.rmtree(folder, ignore_errors=True)


def sync_and_hash(folder: Path) -> dict[str, FileFact]:
    """Force every file below ``folder`` to the disk; sizes and hashes by path, sorted."""
    facts = {path.relative_to(folder).as_posix(): sync_file(path) for path in _files(folder)}
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir():
            sync_folder(path)
    return facts


def hash_file(path: Path) -> FileFact:
    """Size and hash of one file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return FileFact(file.tell(), digest)


def sync_file(path: Path) -> FileFact:
    """Force one file to the disk; its size and hash."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return hash_file(path)


def sync_folder(path: Path) -> None:
    """Force the names in a folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_synced(path: Path, data: bytes) -> None:
    """Replace the content of ``path`` atomically: after a crash it holds the old bytes or the new ones."""
    temporary = path.with_name(f"{_PREFIX}{path.name}")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
