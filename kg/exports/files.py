"""Where an export goes: to stdout as it is made, or to a file that appears whole or not at all."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from kg.errors import MisuseError, OutputError
from kg.staging import sync_folder

STDOUT = Path("-")


@contextmanager
def output(path: Path | None) -> Iterator[BinaryIO]:
    """A stream of bytes to ``path``, or to stdout for None and ``-``.

    A file is written beside its place, forced to the disk and renamed, so that a failure or a full disk leaves what
    stood there before. Raises MisuseError where the file cannot be created, OutputError where it cannot be finished.
    """
    if path is None or path == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    elif path.exists() and not path.is_file():
        with _opened(path, path) as stream:
            yield stream
    else:
        yield from _renamed(path.resolve(), path)


@contextmanager
def text_output(path: Path | None) -> Iterator[TextIO]:
    """The same for text: UTF-8, line ends as written."""
    with output(path) as stream:
        wrapper = io.TextIOWrapper(stream, encoding="utf-8", errors="backslashreplace", newline="")
        try:
            yield wrapper
            wrapper.flush()
        finally:
            # The stream is not the wrapper's to close.
            wrapper.detach()


def check_binary(path: Path | None) -> None:
    """MisuseError for bytes that would go to a terminal, which can do nothing with them."""
    if (path is None or path == STDOUT) and sys.stdout.isatty():
        raise MisuseError("this format is no text for a terminal: name a file with -o")


def _renamed(place: Path, named: Path) -> Iterator[BinaryIO]:
    if place.is_dir():
        raise MisuseError(f"cannot write {named}: it is a folder; name a file in it")
    temporary = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with _opened(temporary, named) as stream, _told(named):
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        with _told(named):
            temporary.replace(place)
            sync_folder(place.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _opened(path: Path, named: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except OSError as error:
        raise MisuseError(f"cannot write {named}: {error.strerror}") from error


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system says of a failed write, in words that help."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}. What stood there before is unchanged: make room or "
            "name another place with -o"
        ) from error
