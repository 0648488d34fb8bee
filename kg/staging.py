"""Folders that appear whole or not at all: built beside their place, synced to the disk, renamed into it."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
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


def remove_folder(path: Path) -> None:
    """Remove a folder so that no reader and no crash ever meets half of it: its name goes first, at once."""
    doomed = path.with_name(f"{_PREFIX}{path.name}")
    shutil.rmtree(doomed, ignore_errors=True)
    try:
        path.replace(doomed)
    except FileNotFoundError:
        return
    shutil.rmtree(doomed, ignore_errors=True)


def link_or_copy(source: Path, target: Path) -> None:
    """A second name for a file that never changes any more; a copy where the file system has no hard links."""
    try:
        target.hardlink_to(source)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        shutil.copyfile(source, target)
        sync_file(target)


def sync_and_hash(folder: Path, known: Mapping[str, FileFact] | None = None) -> dict[str, FileFact]:
    """Force every file below ``folder`` to the disk; sizes and hashes by path, sorted.

    Files that are ``known`` are on the disk already, with these hashes.
    """
    known = known or {}
    names = [path.relative_to(folder).as_posix() for path in _files(folder)]
    facts = {name: known[name] if name in known else sync_file(folder / name) for name in names}
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
