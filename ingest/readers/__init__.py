"""Finds and reads source files: one module a format, chosen by the file name's ending."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path

from ingest.readers.markdown import MarkdownReader
from ingest.readers.port import Reader
from ingest.readers.text import TextReader
from kg.errors import UnreadableSourceError
from kg.identifiers import sha256
from kg.records import Source

READERS: tuple[Reader, ...] = (TextReader(), MarkdownReader())
SUFFIXES: tuple[str, ...] = tuple(suffix for reader in READERS for suffix in reader.suffixes)


def read(path: Path, max_bytes: int) -> Source:
    """Read one file. Raises UnreadableSourceError with what to do next; the size is checked before reading.

    ``max_bytes`` is the largest file taken, in bytes.
    """
    reader = _reader_for(path)
    _check_name(path)
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise UnreadableSourceError(f"{path} is a pipe, socket or device, not a file. Name a file.")
        if facts.st_size > max_bytes:
            raise UnreadableSourceError(
                f"{path} has {facts.st_size:,} bytes, the limit is {max_bytes:,}. "
                "Split the file or raise POLICYWEAVE_MAX_FILE_BYTES."
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise _missing(path) from error
    except OSError as error:
        raise UnreadableSourceError(f"{path} cannot be read ({error.strerror}). Check its permissions.") from error
    return Source(path.name, reader.media_type, sha256(data), reader.extract(data, path.name))


def _check_name(path: Path) -> None:
    """Refuse a name that no record could hold."""
    try:
        path.name.encode()
    except UnicodeEncodeError as error:
        shown = str(path).encode("utf-8", "backslashreplace").decode()
        raise UnreadableSourceError(f"{shown} has a name that is not UTF-8. Rename the file.") from error


def discover(paths: Iterable[Path]) -> list[Path]:
    """Supported files among ``paths`` and below the folders among them, sorted, each once.

    A file named outright is always taken; below folders README*, manifest.* and hidden files are left out. Raises
    UnreadableSourceError for a path that is not there, an unsupported file, or a folder that holds no supported file.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if _is_source(file, path))
            if not files:
                raise UnreadableSourceError(
                    f"{path} holds no supported files ({', '.join(SUFFIXES)}). Name another folder or file."
                )
        elif path.exists():
            _reader_for(path)
            files = [path]
        else:
            raise _missing(path)
        for file in files:
            found.setdefault(file.resolve(), file)
    return sorted(found.values())


def _is_source(file: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
    name = file.name.lower()
    skipped = name.startswith(("readme", "manifest."))
    return not hidden and not skipped and file.suffix.lower() in SUFFIXES and file.is_file()


def _reader_for(path: Path) -> Reader:
    if not path.exists():
        raise _missing(path)
    if path.is_dir():
        raise UnreadableSourceError(f"{path} is a folder, not a file. Name a file in it.")
    for reader in READERS:
        if path.suffix.lower() in reader.suffixes:
            return reader
    raise UnreadableSourceError(
        f"{path} has a format that cannot be read yet. Supported endings: {', '.join(SUFFIXES)}. Convert it to one."
    )


def _missing(path: Path) -> UnreadableSourceError:
    return UnreadableSourceError(f"{path} does not exist. Check the path.")
