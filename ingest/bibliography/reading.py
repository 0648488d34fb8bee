"""The text of a file about a paper."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ingest.bibliography.written import BrokenError

# Bytes. Facts about papers are short; what is longer is something else.
_LARGEST: Final = 4_000_000


def text_of(path: Path) -> str:
    """The file as UTF-8 text; BrokenError where it is none, too large or cannot be read."""
    try:
        if path.stat().st_size > _LARGEST:
            raise BrokenError(f"it has more than {_LARGEST:,} bytes")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenError(f"it is not UTF-8 (byte {error.start})") from error
    except OSError as error:
        raise BrokenError(f"it cannot be read ({error.strerror})") from error
