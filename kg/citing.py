"""Which paper cites which, and which references of several papers mean one work: a pure function of the records."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kg.identifiers import iri, mint
from kg.records import Document, DocumentRecords, Reference

# Titles of works on one subject share most of their words. Among the 741 pairs of references in five papers on one
# subject, 0.82 is the highest likeness of two different works (`benchmarks/references.py`); their authors differ.
ALIKE: Final = 0.8
# The same where no author is known on one side, so that title and year must do.
ALIKE_WITHOUT_AUTHOR: Final = 0.95
_FEWEST_WORDS: Final = 3
_YEARS_APART: Final = 1
_NO_TARGETS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Known:
    """A document as references may name it."""

    document: Document
    title: Counter[str]
    names: frozenset[str]


def cited_documents(documents: Iterable[DocumentRecords]) -> Mapping[str, str]:
    """Document ids by the ids of the references that mean them; references to other works are left out.

    A DOI decides where both have one. Otherwise the titles must be alike, the years at most one apart (online and in
    print), and a name of the first author must be among the reference's.
    """
    records = sorted(documents, key=lambda each: each.document.id)
    by_doi: dict[str, str] = {}
    by_word: defaultdict[str, list[_Known]] = defaultdict(list)
    for each in records:
        known = _Known(each.document, title_words(each.document.title), _names(each.document.authors[:1]))
        for word in known.title:
            by_word[word].append(known)
        if each.document.doi:
            by_doi.setdefault(each.document.doi.casefold(), each.document.id)
    found: dict[str, str] = {}
    for reference in (reference for each in records for reference in each.references):
        target = by_doi.get((reference.doi or "").casefold()) or _by_title(reference, by_word)
        if target is not None and target != reference.document:
            found[reference.id] = target
    return found


def target_iri(base: str, reference: Reference, cited: Mapping[str, str] = _NO_TARGETS) -> str:
    """IRI of what a reference means: a document of the knowledge base, else a work that has no text in it."""
    if document := cited.get(reference.id):
        return iri(base, "document", document)
    return iri(base, "work", mint("work", *work_key(reference)))


def work_key(reference: Reference) -> tuple[str, ...]:
    """What makes two references the same work: the DOI, else title and year letter by letter, else nothing."""
    if reference.doi:
        return "doi", reference.doi.casefold()
    words = list(title_words(reference.title or "").elements())
    if len(words) >= _FEWEST_WORDS and reference.year is not None:
        return "title", " ".join(words), str(reference.year)
    return "reference", reference.id


def likeness(left: Counter[str], right: Counter[str]) -> float:
    """Dice coefficient of two bags of words, from 0 to 1 (Dice 1945).

    >>> round(likeness(title_words("Fees of ports"), title_words("Fees of small ports")), 2)
    0.86
    """
    size = left.total() + right.total()
    return 2 * (left & right).total() / size if size else 0.0


def title_words(title: str) -> Counter[str]:
    """The words of a title without case and accents; characters of Chinese titles count as words."""
    folded = unicodedata.normalize("NFKD", title).casefold()
    return Counter(re.findall(r"[\u4e00-\u9fff]|[^\W_\u4e00-\u9fff]+", re.sub("[\u0300-\u036f]", "", folded)))


def _by_title(reference: Reference, by_word: Mapping[str, Sequence[_Known]]) -> str | None:
    title = title_words(reference.title or "")
    if title.total() < _FEWEST_WORDS:
        return None
    # Titles that are alike share all but a few words, so some of the rarest are among those.
    rare = sorted((word for word in title if word in by_word), key=lambda word: (len(by_word[word]), word))
    candidates = [known for word in rare[: _looked_up(title)] for known in by_word[word]]
    ranked = [(-likeness(title, known.title), known.document.id, known) for known in candidates]
    fits = [(alike, identifier) for alike, identifier, known in ranked if _same(reference, known, -alike)]
    return min(fits)[1] if fits else None


def _looked_up(title: Counter[str]) -> int:
    """How many words of a title must be looked up so that an alike title is not missed: more than it may lack."""
    return int(title.total() * 2 * (1 - ALIKE)) + 1


def _same(reference: Reference, known: _Known, alike: float) -> bool:
    document = known.document
    if reference.doi and document.doi:
        return False
    years = None not in (reference.year, document.year)
    if years and abs((reference.year or 0) - (document.year or 0)) > _YEARS_APART:
        return False
    if reference.authors and known.names:
        return alike >= ALIKE and bool(known.names & _names(reference.authors))
    return alike >= ALIKE_WITHOUT_AUTHOR and (not years or reference.year == document.year)


def _names(authors: Iterable[str]) -> frozenset[str]:
    """The words of names, initials left out; one of them is the family name, wherever it stands."""
    return frozenset(word for author in authors for word in title_words(author) if len(word) > 1)
