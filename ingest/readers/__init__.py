"""Finds and reads source files: one module a format, chosen by the file name's ending."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from ingest.readers.formats import CONVERTIBLE, SUFFIXES, Format, format_of
from ingest.readers.isolation import Isolation
from ingest.readers.port import Limits, too_much
from kg.errors import UnreadableSourceError
from kg.records import Source

__all__ = ["SUFFIXES", "SourceReader", "discover", "read"]


class SourceReader:
    """Reads files of all formats, those of complicated ones in a process that limits cannot be got round in.

    The process is started with the first file that needs it and serves all others; use it in a ``with`` statement.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._isolation = Isolation(limits)

    def __enter__(self) -> SourceReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._isolation.close()

    def read(self, path: Path) -> Source:
        """Read one file. Raises UnreadableSourceError with what to do next; other files are not affected."""
        form = _format_for(path)
        data = _bytes_of(path, self._limits)
        source = (
            self._isolation.read(form.module, data, path.name)
            if form.isolated
            else form.reader()(data, path.name, self._limits)
        )
        if len(source.text) > self._limits.characters:
            has = f"{len(source.text):,} characters"
            raise too_much(path.name, has, f"{self._limits.characters:,}", "max_characters")
        return source


def read(path: Path, max_bytes: int) -> Source:
    """Read one file under the default limits but ``max_bytes``, the largest file taken, in bytes.

    Raises UnreadableSourceError as ``SourceReader.read`` does, which is the quicker way to read many files.
    """
    from kg.settings import Settings

    limits = Limits.of(Settings.model_construct(max_file_bytes=max_bytes))
    with SourceReader(limits) as reader:
        return reader.read(path)


def _bytes_of(path: Path, limits: Limits) -> bytes:
    _check_name(path)
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise UnreadableSourceError(f"{path} is a pipe, socket or device, not a file. Name a file.")
        if facts.st_size > limits.file_bytes:
            raise too_much(str(path), f"{facts.st_size:,} bytes", f"{limits.file_bytes:,}", "max_file_bytes")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _missing(path) from error
    except OSError as error:
        raise UnreadableSourceError(f"{path} cannot be read ({error.strerror}). Check its permissions.") from error


def _check_name(path: Path) -> None:
    """Refuse a name that no record could hold."""
    try:
        path.name.encode()
    except UnicodeEncodeError as error:
        shown = str(path).encode("utf-8", "backslashreplace").decode()
        raise UnreadableSourceError(f"{shown} has a name that is not UTF-8. Rename the file.") from error


def discover(paths: Iterable[Path]) -> list[Path]:
    """Supported files among ``paths`` and below the folders among them, sorted, each once.

    A file named outright is always taken; below folders README*, manifest.* and hidden files are left out. Documents of
    formats that are not read but can be converted are among them, so that who reads them says so. Raises
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
            _format_for(path)
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
    return not hidden and not skipped and (format_of(name) is not None or name.endswith(CONVERTIBLE)) and file.is_file()


def _format_for(path: Path) -> Format:
    if not path.exists():
        raise _missing(path)
    if path.is_dir():
        raise UnreadableSourceError(f"{path} is a folder, not a file. Name a file in it.")
    if (form := format_of(path.name)) is not None:
        return form
    supported = f"Supported endings: {', '.join(SUFFIXES)}."
    if path.name.lower().endswith(CONVERTIBLE):
        raise UnreadableSourceError(
            f"{path} has a format that cannot be read. Open it in the program that made it, or in LibreOffice, and "
            f"save it as .docx, for example: soffice --headless --convert-to docx FILE. {supported}"
        )
    raise UnreadableSourceError(f"{path} has a format that cannot be read yet. {supported} Convert it to one.")


def _missing(path: Path) -> UnreadableSourceError:
    return UnreadableSourceError(f"{path} does not exist. Check the path.")
