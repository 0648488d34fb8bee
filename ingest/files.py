"""The files that a run was given: found, named, hashed and read, each of which may fail alone.

Every file is hashed in every run. Its time of change plays no part, so that a change that kept the time is seen too:
hashing costs a thousandth of what reading the file and extracting from it does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest import bibliography
from ingest.readers import SourceReader, discover
from ingest.readers.formats import format_of
from ingest.readers.port import Limits
from ingest.report import Failure
from kg.errors import UnreadableSourceError
from kg.identifiers import sha256
from kg.records import DocumentRecords, Source
from kg.settings import Settings

Read = Callable[[Path], Source]


@dataclass(frozen=True, slots=True)
class Given:
    """A file of this run. ``origin`` is its whole path with links of folders followed, ``digest`` the SHA-256 of it.

    ``beside`` is what files beside it say of the paper, which counts as part of it, and ``reading`` a hash of what
    decides how its format is read.
    """

    path: Path
    origin: Path
    digest: str
    beside: bibliography.Given
    reading: str = ""

    @property
    def name(self) -> str:
        """Name of the file, by which its document is known."""
        return self.path.name

    def whole(self, digest: str) -> str:
        """A hash for a file with this ``digest``, what is said beside it and how it is read."""
        parts = [part for part in (self.beside.digest, self.reading) if part]
        return sha256("".join([digest, *parts]).encode()) if parts else digest


def find(paths: Iterable[Path], failures: list[Failure]) -> list[Path]:
    """The supported files among ``paths`` and below the folders among them, sorted, each once."""
    found: dict[Path, Path] = {}
    for path in paths:
        try:
            found |= {file.resolve(): file for file in discover([path])}
        except UnreadableSourceError as error:
            failures.append(Failure.of(path, error, "find"))
    return [found[key] for key in sorted(found)]


def origin_of(path: Path) -> Path:
    """Where a file lies, its own name kept even if it is a link."""
    return path.parent.resolve() / path.name


def hashed(
    paths: Sequence[Path], settings: Settings, failures: list[Failure], known: Mapping[str, Path]
) -> list[Given]:
    """Those of ``paths`` that can be hashed and are the first of their name; the others are failures.

    The file that a published document came from (``known``: origins by name) is the first, wherever it stands.
    """
    given: dict[str, Given] = {}
    for path in sorted(paths, key=lambda path: known.get(path.name) != origin_of(path)):
        try:
            if path.name in given:
                other = given[path.name].path
                raise UnreadableSourceError(f"{path} has the same name as {other}. Rename one of them.")
            digest = _hash(path, settings.max_file_bytes)
            kind = format_of(path.name)
            reading = kind.digest(settings) if kind else ""
            given[path.name] = Given(path, origin_of(path), digest, bibliography.beside(path), reading)
        except UnreadableSourceError as error:
            failures.append(Failure.of(path, error, "read"))
    return list(given.values())


def _hash(path: Path, most: int) -> str:
    """SHA-256 of a file; "" for what its reader will refuse without looking at its bytes."""
    try:
        if not path.is_file() or path.stat().st_size > most:
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise UnreadableSourceError(f"{path} was removed while it was looked at. Run this again.") from error
    except OSError as error:
        raise UnreadableSourceError(f"{path} cannot be read ({error.strerror}). Check its permissions.") from error


@contextmanager
def reading(settings: Settings) -> Iterator[Read]:
    """A function that reads one file within the limits of the settings; UnreadableSourceError where it cannot."""
    with SourceReader(Limits.of(settings)) as reader:
        yield reader.read


def as_read(records: DocumentRecords) -> Source:
    """The source of a published document as its reader gave it, so that it can be extracted again without its file."""
    document = records.document
    return Source(
        document.source,
        document.media_type,
        document.sha256,
        records.text,
        blocks=records.blocks,
        pages=records.pages,
        boxes=records.boxes,
        facts=records.facts,
        notes=records.notes,
        given=records.given,
    )
