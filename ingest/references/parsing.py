"""What a reference says of a work, in the common styles: APA, Harvard, Chicago, Vancouver, GB/T 7714, legal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

from ingest.bibliography.checking import DOI, plain_doi
from ingest.references.names import name_at_start, names

_URL = re.compile(r"<?https?://[^\s<>\"\])]+>?")
_DOI_LABEL = re.compile(r"\bdoi\s*[:\uff1a]?\s*(?=$|[\s.,;<>])", re.IGNORECASE)
_SEEN = re.compile(
    r"\[\s*(?:[A-Z][a-z]+\.?\s+\d{1,2},?\s+\d{4}|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s+[A-Z][a-z]+\.?\s+\d{4})\s*\]"
    r"|[\[(]?\b(?:last\s+)?(?:accessed|retrieved|visited|viewed|cited|available)\b[^.;\])]{0,60}?\d{4}[\])]?(?:,?\s*from\b)?"
    r"|[\[(]?\b(?:accessed|retrieved|available)\s+(?:from|at|on)\b\s*:?[\])]?",
    re.IGNORECASE,
)
# Marks of the kind of work in GB/T 7714, with the carrier after a slash.
_KIND = re.compile(
    r"\s*[\[\u3014\uff3b](?P<kind>EB|DB|CP|[JMDCRNPSZGAK])(?:/[A-Z]{2})?[\]\u3015\uff3d]\s*[.\uff0e:]?\s*"
)
_IN_BOOKS = frozenset("MDCRGK")
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)[a-z]?"
_NO_RANGE = r"(?<![\d/.\u2013\u2014:-])"
_ANY_YEAR = re.compile(rf"{_NO_RANGE}(?<!\d[\s-])(?:{_YEAR})(?![\d\u2013/-]|\.\d)")
_IN_BRACKETS = re.compile(rf"[(\[\uff08](?:[^()\[\]]{{0,40}}?\b)?{_YEAR}(?:[,\s][^()\[\]]{{0,30}})?[)\]\uff09]")
_AFTER_AUTHORS = re.compile(
    rf"\s*,?\s*[(\[\uff08](?:{_YEAR}(?:[,-][^)\]]{{0,30}})?|n\.\s?d\.|forthcoming|in press)[)\]\uff09]\s*[.,:]?\s*",
    re.IGNORECASE,
)
_BARE_AFTER_AUTHORS = re.compile(rf"(?<=[.,])\s+{_YEAR}\s*[.,:](?:\s+|$)")
# A title whose opening quote was lost.
_CLOSED = re.compile(r"(?P<title>[^\"\u201c\u201d]{15,400}?)\s*[\"\u201d],?\s+")
_SINGLE = re.compile(r"(?<![^\s,(])['\u2018](?P<title>.{8,300}?)['\u2019](?=\s*(?:[,(.]|in\s|$))")
_QUOTED = re.compile(r"[\"\u201c\u201f\u00ab](?P<title>.{8,400}?)[.,]?[\"\u201d\u00bb]")
_ITALIC = re.compile(r"(?<![*\w])\*{1,2}(?P<words>[^*\s][^*]{2,300}?)\*{1,2}(?!\w)")
# Full stops before what can begin a segment, those of initials included.
_STOP = re.compile(r"\u241e|\.\s*(?=[A-Z\[\"\u201c*(\u2018'\u4e00-\u9fff]|$)")
_TITLE_END = re.compile(r"\u241e|(?<=[^\s.]{2})\.(?=\s|$|[A-Z*\[])|(?<=[?!])\s+(?=[A-Z*])")
_VENUE_END = re.compile(r"\s*[(\[]?(?:,\s*)?\b(?:Vol|No|Issue|pp?)\b\.?\s*[(\d]|\s*[,;(\[\u241e]|\s+\d|\.(?:\s|$)")
_PLACE = re.compile(r"^\(?[^\d:\uff1a()]{2,60}[:\uff1a]\s*(?=[A-Z\u4e00-\u9fff])")
_IN = re.compile(r"^(?:In|in)\s*:?\s+(?:[^()]{2,80}\([Ee]ds?\.?\),?\s*)?(?=[A-Z*\"\u201c])")
_LONGEST_VENUE = 200
# Characters of a reference that are read, and full stops of which its authors may end at one: each costs a look.
_LONGEST = 4_000
_MOST_STOPS = 60
_FEWEST_LETTERS = 2
_FEWEST_OF_TITLE = 2


@dataclass(frozen=True, slots=True)
class Work:
    """What is certain of a work."""

    authors: tuple[str, ...] = ()
    year: int | None = None
    title: str | None = None
    venue: str | None = None
    doi: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class _Split:
    """A reference in its parts: authors, title, and the rest, which names the venue; the year where it stands apart."""

    authors: tuple[str, ...]
    title: str
    rest: str
    year: str | None = None
    book: bool = False


def parse(words: str) -> Work:
    """The parts of one reference, given on one line without its mark.

    >>> work = parse("Sund, A., & Lie, B. (2021). Fees of ports. *Coast Journal*, 3(2), 1-9. doi:10.5555/ab")
    >>> work.authors, work.year, work.title, work.venue, work.doi
    (('Sund, A.', 'Lie, B.'), 2021, 'Fees of ports', 'Coast Journal', '10.5555/ab')
    """
    words = unicodedata.normalize("NFC", words[:_LONGEST])
    doi = plain_doi(words)
    found = _URL.search(words)
    url = found.group().strip("<>").rstrip(".,;") if found else None
    text = _SEEN.sub(" ", _DOI_LABEL.sub(" ", DOI.sub(" ", _URL.sub(" ", words))))
    text = re.sub(r"\s+,\s*", ", ", re.sub(r"(?<=\w)\s+\.\s?(?=\S)", "\u241e", " ".join(text.split())))
    split = _by_kind(text) or _by_year(text) or _by_quotes(text) or _by_title(text) or _by_segments(text)
    return Work(
        authors=split.authors,
        year=int(split.year) if split.year else _year(split),
        title=_clean(split.title),
        venue=_venue(split),
        doi=doi,
        url=None if url and "doi.org/" in url else url,
    )


def _by_kind(text: str) -> _Split | None:
    """Authors. Title [J]. Venue, year …"""
    mark = _KIND.search(text)
    if not mark or mark.start() < 5:
        return None
    authors, title = _head(text[: mark.start()])
    return _Split(authors, title, text[mark.end() :], book=mark["kind"] in _IN_BOOKS)


def _by_year(text: str) -> _Split | None:
    """Authors (year). Title. Venue …"""
    for pattern in (_AFTER_AUTHORS, _BARE_AFTER_AUTHORS):
        mark = pattern.search(text)
        authors = names(text[: mark.start()]) if mark else None
        if mark and authors:
            title, rest = _titled(text[mark.end() :])
            return _Split(authors, title, rest, mark["year"], book=not rest)
    return None


def _by_quotes(text: str) -> _Split | None:
    """Authors, "Title," venue …"""
    quoted = _QUOTED.search(text) or _SINGLE.search(text)
    authors = names(text[: quoted.start()].rstrip(" ,.:")) if quoted else None
    if not quoted or (authors is None and quoted.start() > 2):
        return None
    return _Split(authors or (), quoted["title"], text[quoted.end() :].lstrip(" ,."))


def _by_title(text: str) -> _Split | None:
    """Title (year). Venue … of laws and the like, and a title whose opening quote was lost."""
    closed = _CLOSED.match(text)
    if closed and '"' not in text[closed.end() :] and "\u201c" not in text:
        return _Split((), closed["title"], text[closed.end() :])
    mark = _AFTER_AUTHORS.search(text)
    before = text[: mark.start()] if mark else ""
    if mark is None or len(before.split()) < _FEWEST_OF_TITLE or _TITLE_END.search(before) or "*" in before:
        return None
    return _Split((), before, text[mark.end() :], mark["year"], book=True)


def _by_segments(text: str) -> _Split:
    """Authors. Title. Venue … with full stops between, or a title in italics after the authors."""
    italic = _ITALIC.search(text)
    if italic and (authors := names(text[: italic.start()].rstrip(" ,.:"))):
        return _Split(authors, italic["words"], text[italic.end() :].lstrip(" ,."), book=True)
    authors, rest = _head(text)
    title, rest = _titled(rest)
    return _Split(authors, title, rest, book=not authors)


def _head(text: str) -> tuple[tuple[str, ...], str]:
    """Authors at the start of a text, as far as it goes on being names, and what follows them."""
    best: tuple[tuple[str, ...], str] | None = None
    for stop in islice(_STOP.finditer(text), _MOST_STOPS):
        initial = re.search(r"(?<![^\W\d_])[A-Z]$", text[: stop.start()]) is not None and stop.group() != "\u241e"
        found = names(text[: stop.start() + initial])
        if found:
            best = found, text[stop.end() :].strip()
        elif best or stop.start() > 600:
            break
    return best or _run_on(text)


def _run_on(text: str) -> tuple[tuple[str, ...], str]:
    """Names between commas that a title follows without a full stop."""
    parts = re.split(r",\s+", text)
    found: list[str] = []
    while len(found) < len(parts) - 1 and len(parts[len(found)].split()) == 2 and names(parts[len(found)]):
        found.append(parts[len(found)])
    rest = ", ".join(parts[len(found) :])
    if found and (last := name_at_start(rest, 2)):
        return (*found, last), rest.removeprefix(last).strip()
    return tuple(found), rest


def _titled(text: str) -> tuple[str, str]:
    """A title and what follows it: to its closing quote, the end of its italics, or its full stop."""
    text = text.strip()
    if quoted := _QUOTED.match(text) or _SINGLE.match(text):
        return quoted["title"], text[quoted.end() :].lstrip(" ,.")
    if italic := _ITALIC.match(text):
        return italic["words"], text[italic.end() :].lstrip(" ,.")
    end = _TITLE_END.search(text)
    later = _ITALIC.search(text)
    if later and (end is None or later.start() < end.start()):
        return text[: later.start()], text[later.start() :]
    return (text[: end.start()], text[end.end() :].strip()) if end else (text, "")


def _year(split: _Split) -> int | None:
    """The year in brackets, else the first one after the title, else the last one in the title's place."""
    for pattern in (_IN_BRACKETS, _ANY_YEAR):
        if found := pattern.search(split.rest):
            return int(found["year"])
    if split.rest:
        return None
    found_all = list(_ANY_YEAR.finditer(split.title))
    return int(found_all[-1]["year"]) if found_all else None


def _venue(split: _Split) -> str | None:
    if italic := _ITALIC.search(split.rest):
        return _clean(italic["words"])
    rest = _IN.sub("", split.rest)
    rest = _PLACE.sub("", rest)
    end = _VENUE_END.search(rest)
    venue = _clean(rest[: end.start()] if end else rest)
    fits = venue and _FEWEST_LETTERS <= len(venue) <= _LONGEST_VENUE and not re.match(r"[\d(]|(?:Vol|No|pp?)\b", venue)
    return venue if fits else None


def _clean(text: str) -> str | None:
    """Words without markup, quotes and stops around them; None for none."""
    bare = text.replace("*", "").replace("\u241e", ". ").strip(" .,;:\"\u201c\u201d'\u2018[]")
    bare = " ".join(bare.split())
    return bare if re.search(r"[^\W\d_]", bare) else None
