"""What a reader of one file format offers: a function in a module of its own, named in ``ingest.readers.formats``.

``read(data, name, limits)`` turns the bytes of a file into a ``Source``: the text that all offsets point into, with
what the format says of it. It raises UnreadableSourceError that names the file and says what to do. Apart
from plain text it runs in a process that is killed when it takes too long, so it need not watch the clock; what it
unpacks and writes it bounds itself, because a limit that is named helps more than a process that died.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import UnreadableSourceError
from kg.records import Source

if TYPE_CHECKING:
    from kg.settings import Settings


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one document may take: bytes of the file and of what it unpacks to, seconds, bytes of memory,
    characters of text and pages; and what a reader may do with a PDF file (see the settings of these names).
    """

    file_bytes: int
    unpacked_bytes: int
    seconds: float
    memory: int
    characters: int
    pages: int
    protected_pdf: str
    ocr: str
    ocr_languages: str

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The limits that the settings give."""
        return cls(
            file_bytes=settings.max_file_bytes,
            unpacked_bytes=settings.max_unpacked_bytes,
            seconds=settings.read_timeout,
            memory=settings.read_memory,
            characters=settings.max_characters,
            pages=settings.max_pages,
            protected_pdf=settings.protected_pdf,
            ocr=settings.ocr,
            ocr_languages=settings.ocr_languages,
        )


Read = Callable[[bytes, str, Limits], Source]


def too_much(name: str, has: str, limit: str, setting: str) -> UnreadableSourceError:
    """The error for a document that goes over a limit: ``has`` says what it needs, ``setting`` what to raise.

    >>> str(too_much("a.docx", "more than 10 characters", "10", "max_characters"))
    'a.docx has more than 10 characters, the limit is 10. Split the file or raise POLICYWEAVE_MAX_CHARACTERS.'
    """
    return UnreadableSourceError(
        f"{name} has {has}, the limit is {limit}. Split the file or raise POLICYWEAVE_{setting.upper()}."
    )
