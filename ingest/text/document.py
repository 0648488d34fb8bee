"""Bibliographic facts of a document: from beside it, its format, its front matter and its first lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import yaml

from ingest.bibliography.checking import plain_doi
from ingest.bibliography.plain_yaml import PlainLoader
from ingest.text.blocks import Block
from ingest.text.front import never_title
from ingest.text.language import language_of
from ingest.text.view import view_of
from kg.identifiers import document_id
from kg.records import Document, Fact, Origin, Source

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATED = re.compile(
    rf"(?:published|publication date|copyright|\u00a9|\(c\)|date[d:]|issued|adopted|approved)[^\d]{{0,40}}"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?,?\W[^\d]{{0,20}})?{_YEAR}\b",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(rf"\W*(?:\d{{1,2}}\W+)?(?:[A-Z][a-z]+\W+)?(?:\d{{1,2}}\W+)?{_YEAR}\W*")
_LICENCE = re.compile(r"\bCC[ -](?:BY(?:-(?:NC|ND|SA))*|0)(?:[ -]\d\.\d)?", re.IGNORECASE)
_OPEN_LICENCE = re.compile(r"Open Government Licence(?: v?\d\.\d)?|Creative Commons Attribution[\w -]{0,40}?Licen[sc]e")
_NAME = re.compile(r"[^\W\d_][\w.'\u2019-]*(?:\s+[^\W\d_][\w.'\u2019-]*){1,4}")
_INSTITUTION = re.compile(
    r"\b(?:universit|school|college|institut|ministr|department|academy|centre|center|laborator|facult|government|bank|"
    r"commission|council|agency|office|author|republic|policy|plan|strategy|law|act|regulation|report|edition|version)",
    re.IGNORECASE,
)
_PARTICLE_WORDS = "de da di la le van von der den bin ibn al el dos du del"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
# Titles that programs make up from the name of a draft or leave as they were.
_DRAFT = re.compile(
    r"^(?:microsoft |untitled|slide \d|document\d*$|\W*$)|\.(?:docx?|odt|rtf|pdf|pptx?|indd|tex|dvi)$", re.I
)
_FIELDS = (
    *("title", "authors", "year", "venue", "doi", "licence", "language"),
    *("publisher", "volume", "issue", "pages", "url"),
)
_MOST_AUTHORS = 200
_LONGEST_VALUE = 300


@dataclass(frozen=True, slots=True)
class _Front:
    """What is known before the body begins: YAML fields, title, and the bibliographic lines in order."""

    fields: Mapping[str, object]
    title: str | None
    lines: tuple[str, ...]


def describe(source: Source, blocks: list[Block]) -> Document:
    """The document's record. What is not certain is None; the title falls back to the file's name.

    Facts are taken from files beside the paper, then from the format's own, the front matter and the text.
    """
    front = _front(source.text, blocks)
    known: dict[str, Fact] = {}
    for fact in (*source.given, *_of_format(source), *_of_front_matter(front), *_of_text(front, source)):
        if fact.value and fact.field in _FIELDS:
            known.setdefault(fact.field, fact)
    values = {field: fact.value for field, fact in known.items()}
    return Document(
        id=document_id(source.text),
        source=source.name,
        media_type=source.media_type,
        sha256=source.sha256,
        length=len(source.text),
        title=values["title"],
        authors=tuple(values["authors"].split("; ")) if "authors" in values else (),
        year=int(values["year"]) if "year" in values else None,
        venue=values.get("venue"),
        doi=values.get("doi"),
        licence=values.get("licence"),
        language=values["language"].lower(),
        publisher=values.get("publisher"),
        volume=values.get("volume"),
        issue=values.get("issue"),
        pages=values.get("pages"),
        url=values.get("url"),
        origins=tuple(Origin(field, known[field].place) for field in _FIELDS if field in known),
    )


def _of_format(source: Source) -> Iterator[Fact]:
    """What the format says of the paper, as far as it can be: programs write the name of the draft as its title."""
    for field, value in source.facts:
        text = " ".join(value.split())
        if field == "title" and _DRAFT.search(text):
            continue
        if field == "year":
            text = _year_in(text)
        elif field == "doi":
            text = plain_doi(text) or ""
        yield Fact(field, text, "metadata")


def _of_front_matter(front: _Front) -> Iterator[Fact]:
    values = {
        "title": _text(front.fields, "title"),
        "authors": _joined(_named_authors(front.fields)),
        "year": next(
            (year for name in ("year", "date", "published") if (year := _year_of(front.fields.get(name)))), ""
        ),
        "venue": _text(front.fields, "venue") or _text(front.fields, "journal"),
        "doi": plain_doi(_text(front.fields, "doi") or ""),
        "licence": _text(front.fields, "licence") or _text(front.fields, "license"),
        "language": _text(front.fields, "language") or _text(front.fields, "lang"),
    }
    yield from (Fact(field, value or "", "front matter") for field, value in values.items())


def _of_text(front: _Front, source: Source) -> Iterator[Fact]:
    joined = "\n".join(front.lines)
    dated = next((found for line in front.lines if (found := _DATED.search(line) or _DATE_LINE.fullmatch(line))), None)
    licence = _LICENCE.search(joined) or _OPEN_LICENCE.search(joined)
    values = {
        "title": front.title,
        # Front matter that names authors in a way that cannot be read leaves them open.
        "authors": "" if _names_authors(front.fields) else _joined(_authors_of(front.lines)),
        "year": dated["year"] if dated else "",
        "doi": plain_doi(joined),
        "licence": licence.group().strip() if licence else "",
        "language": language_of(source.text),
    }
    yield from (Fact(field, value or "", "text") for field, value in values.items())
    yield Fact("title", _from_name(source.name), "file name")


def _front(text: str, blocks: list[Block]) -> _Front:
    fields: Mapping[str, object] = {}
    title: str | None = None
    lines: list[str] = []
    for block in blocks:
        if block.kind == "yaml":
            fields = _yaml(text[block.start : block.end])
        elif block.kind == "heading" and (block.family == "title" or (title is None and block.depth == 1)):
            title = title or (None if never_title(block.words(text)) else view_of(text, block.pieces).text or None)
        elif block.kind == "meta":
            lines.append(view_of(text, block.pieces).text)
    return _Front(fields, title, tuple(lines))


def _yaml(content: str) -> Mapping[str, object]:
    try:
        loaded = yaml.load(content.strip().removeprefix("---").removesuffix("---").removesuffix("..."), PlainLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return (
        {key.casefold(): value for key, value in loaded.items() if isinstance(key, str)}
        if isinstance(loaded, dict)
        else {}
    )


def _text(fields: Mapping[str, object], key: str) -> str | None:
    value = fields.get(key)
    return " ".join(_scalar(value).split()) or None


def _scalar(value: object) -> str:
    """A text or number as text, anything else (and a number too long to be one of a document) as nothing."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if value.bit_length() <= 64 else ""
    return str(value) if isinstance(value, str | float) else ""


def _from_name(name: str) -> str:
    return re.sub(r"[_\s]+", " ", name.rsplit(".", 1)[0]).strip() or name


def _year_of(value: object) -> str:
    return str(value.year) if isinstance(value, date) else _year_in(_scalar(value)[:_LONGEST_VALUE])


def _year_in(text: str) -> str:
    found = re.search(rf"(?<!\d){_YEAR}(?!\d)", text)
    return found["year"] if found else ""


def _names_authors(fields: Mapping[str, object]) -> bool:
    named = fields.get("authors", fields.get("author"))
    return isinstance(named, list) or (isinstance(named, str) and bool(named.strip()))


def _named_authors(fields: Mapping[str, object]) -> tuple[str, ...]:
    named = fields.get("authors", fields.get("author"))
    if isinstance(named, list):
        return _capped([_scalar(_name_of(entry)) for entry in named[:_MOST_AUTHORS]])
    if isinstance(named, str) and named.strip():
        return _capped(re.split(r" ?(?:;|\band\b|&) ?|, (?=\S+ )", " ".join(named.split())))
    return ()


def _authors_of(lines: Sequence[str]) -> tuple[str, ...]:
    return next((names for line in lines[:4] if (names := _names(line))), ())


def _joined(names: Iterable[str]) -> str:
    return "; ".join(name.replace(";", ",") for name in names)


def _capped(names: list[str]) -> tuple[str, ...]:
    """Names in one line each, without empty ones; no paper has so many authors or such long names as to be cut."""
    bare = (" ".join(name[:_LONGEST_VALUE].split()) for name in names[:_MOST_AUTHORS])
    return tuple(name for name in bare if name)


def _name_of(entry: object) -> object:
    return entry.get("name", "") if isinstance(entry, dict) else entry


def _names(line: str) -> tuple[str, ...]:
    """The authors if a line holds nothing but personal names, else nothing."""
    bare = re.sub(r"[*\u2020\u2021\u00a7\u00b9\u00b2\u00b3\u2070-\u2079]|(?<=[^\W\d_])\d(?:,\d)*", "", line)
    bare = re.sub(r"^\W*(?:authors?|by)\W*[:\s]\s*", "", bare, flags=re.IGNORECASE).strip(" .,;")
    if not bare or len(bare) > 400 or _INSTITUTION.search(bare) or "@" in bare or ":" in bare:
        return ()
    parts = [part.strip() for part in re.split(r"\s*[,;&\u3001]\s*|\s+and\s+|(?<=[a-z]{2})\.\s+", bare) if part.strip()]
    return tuple(parts) if parts and all(_is_name(part) for part in parts) else ()


def _is_name(part: str) -> bool:
    words = part.split()
    capital = all(word[0].isupper() or word.casefold() in _PARTICLES for word in words)
    shouted = part.upper() == part and len(words) > 3
    return _NAME.fullmatch(part) is not None and capital and not shouted
