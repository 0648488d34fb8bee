"""What a bibliography says of a paper, whatever its format: facts, the kind of work, and the key to cite it by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.records import Document

_WORD = re.compile(r"[a-z0-9]+")
_LEAST_LETTERS = 4
# Words by which a name is that of a body, not of a person.
_BODY = re.compile(
    r"\b(?:universit|school|college|institut|ministr|department|academy|centre|center|laborator|facult|government|bank|"
    r"commission|council|agency|office|authority|committee|organi[sz]ation|association|republic|secretariat|assembly|"
    r"parliament|congress|union|nations|society|foundation|administration|bureau)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Work:
    """A paper under its citation key. ``article``: it appeared in a journal or the like, which ``venue`` names."""

    key: str
    document: Document

    @property
    def article(self) -> bool:
        """Whether it appeared in something."""
        return self.document.venue is not None

    @property
    def url(self) -> str | None:
        """Where to read it: its own address, else that of its DOI."""
        document = self.document
        return document.url or (f"https://doi.org/{document.doi}" if document.doi else None)


def works(documents: Iterable[Document]) -> Sequence[Work]:
    """Documents with keys such as ``sund2021harbours``, sorted by them; where two are alike, both carry their id."""
    by_id = {document.id: document for document in documents}
    plain = {identifier: _key(document) for identifier, document in by_id.items()}
    shared = {key for key in plain.values() if sum(other == key for other in plain.values()) > 1}
    made = [
        Work(f"{key}-{identifier}" if key in shared else key, by_id[identifier]) for identifier, key in plain.items()
    ]
    return sorted(made, key=lambda work: work.key)


def is_body(author: str) -> bool:
    """Whether an author is an institution and no person.

    >>> is_body("Ministry of Ports"), is_body("Ada Sund")
    (True, False)
    """
    return _BODY.search(author) is not None


def parts(author: str) -> tuple[str, str] | None:
    """Family and given name where the name is written with a comma between them, which leaves no doubt.

    >>> parts("Sund, Ada"), parts("Ada Sund")
    (('Sund', 'Ada'), None)
    """
    family, comma, given = (part.strip() for part in author.partition(","))
    return (family, given) if comma and family and given and not is_body(author) else None


def _key(document: Document) -> str:
    author = next(iter(document.authors), "")
    split = parts(author)
    family = _words(split[0] if split else author)
    title = [word for word in _words(document.title) if len(word) >= _LEAST_LETTERS] or _words(document.title)
    pieces = (family[-1] if family else "anon", str(document.year or ""), title[0] if title else "")
    return "".join(pieces) if family or title else document.id


def _words(text: str) -> list[str]:
    """Words in plain ASCII letters, as citation keys allow them; none of other scripts."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _WORD.findall(folded.casefold())
