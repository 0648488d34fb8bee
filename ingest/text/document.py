"""Bibliographic facts of a document: from YAML front matter where there is one, else from its first lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import yaml

from ingest.text.blocks import Block
from ingest.text.front import never_title
from ingest.text.language import language_of
from ingest.text.view import view_of
from kg.identifiers import document_id
from kg.records import Document, Source

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>\]},;]+", re.IGNORECASE)
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
_MOST_AUTHORS = 200
_LONGEST_VALUE = 300


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases: a few lines of them can stand for more text than memory holds."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("front matter may hold no aliases")
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True)
class _Front:
    """What is known before the body begins: YAML fields, title, and the bibliographic lines in order."""

    fields: Mapping[str, object]
    title: str | None
    lines: tuple[str, ...]


def describe(source: Source, blocks: list[Block]) -> Document:
    """The document's record. What is not certain is None; the title falls back to the file's name."""
    front = _front(source.text, blocks)
    joined = "\n".join(front.lines)
    return Document(
        id=document_id(source.text),
        source=source.name,
        media_type=source.media_type,
        sha256=source.sha256,
        length=len(source.text),
        title=_text(front.fields, "title") or front.title or _from_name(source.name),
        authors=_authors(front),
        year=_year(front),
        venue=_text(front.fields, "venue") or _text(front.fields, "journal"),
        doi=_doi(_text(front.fields, "doi") or joined),
        licence=_licence(front, joined),
        language=(_text(front.fields, "language") or _text(front.fields, "lang") or language_of(source.text)).lower(),
    )


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
        loaded = yaml.load(content.strip().removeprefix("---").removesuffix("---").removesuffix("..."), _PlainLoader)
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


def _doi(text: str) -> str | None:
    found = _DOI.search(text)
    return found.group().rstrip(".)'") if found else None


def _year(front: _Front) -> int | None:
    for key in ("year", "date", "published"):
        value = front.fields.get(key)
        written = str(value.year) if isinstance(value, date) else _scalar(value)[:_LONGEST_VALUE]
        if found := re.search(rf"(?<!\d){_YEAR}(?!\d)", written):
            return int(found["year"])
    for line in front.lines:
        if found := _DATED.search(line) or _DATE_LINE.fullmatch(line):
            return int(found["year"])
    return None


def _licence(front: _Front, lines: str) -> str | None:
    if named := _text(front.fields, "licence") or _text(front.fields, "license"):
        return named
    found = _LICENCE.search(lines) or _OPEN_LICENCE.search(lines)
    return found.group().strip() if found else None


def _authors(front: _Front) -> tuple[str, ...]:
    named = front.fields.get("authors", front.fields.get("author"))
    if isinstance(named, list):
        return _capped([_scalar(_name_of(entry)) for entry in named[:_MOST_AUTHORS]])
    if isinstance(named, str) and named.strip():
        return _capped(re.split(r" ?(?:;|\band\b|&) ?|, (?=\S+ )", " ".join(named.split())))
    return next((names for line in front.lines[:4] if (names := _names(line))), ())


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
