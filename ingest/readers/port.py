"""What a reader of one file format must offer; a new format is one more class with these names."""

from __future__ import annotations

from typing import Protocol


class Reader(Protocol):
    """Turns the bytes of a file into the text that all offsets point into."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Lower-case file name endings that this reader takes, with their dot."""
        ...

    @property
    def media_type(self) -> str:
        """IANA media type of the files it reads."""
        ...

    def extract(self, data: bytes, name: str) -> str:
        """Text of the file; raises UnreadableSourceError that names the file and says what to do."""
        ...
