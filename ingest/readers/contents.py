"""Recognises a list of contents that an author typed as plain paragraphs, where no field or style says what it is."""

from __future__ import annotations

import re

from ingest.text.headings import known_kind
from ingest.text.wording import is_complete

_PAGE = re.compile(r"[\W\d]*$")
_NO_LETTER = re.compile(r"[\W_]+")


class Contents:
    """Follows a document from paragraph to paragraph.

    A list begins after its title, and ends before a marked heading, a whole sentence, or its own first entry's return.
    """

    def __init__(self) -> None:
        self._open = False
        self._first = ""

    def holds(self, text: str, heading: bool) -> bool:
        """Whether the next paragraph belongs to a list of contents; ``heading``: it is marked as a heading.

        >>> contents = Contents()
        >>> [contents.holds(text, False) for text in ("Contents", "1. Roads 4", "2. Rivers 9", "1. Roads", "We build.")]
        [True, True, True, False, False]
        """
        if heading or is_complete(text):
            self._open = False
        elif known_kind(text) == "contents":
            self._open, self._first = True, ""
            return True
        entry = _NO_LETTER.sub("", _PAGE.sub("", text).casefold())
        if self._open and self._first and entry == self._first:
            self._open = False
        self._first = self._first or entry
        return self._open
