"""Where each entry of a list of references begins and ends: by its number, else by the paragraphs of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.references.names import names
from ingest.text.layout import Layout
from kg.records import Sentence

_MARK = re.compile(
    r"\W{0,4}?(?P<mark>\\?\[(?P<square>\d{1,3})\\?\]|[\(\uff08](?P<round>\d{1,3})[\)\uff09]|(?P<plain>\d{1,3})[.)](?=\s)"
    r"|\[\^(?P<note>\d{1,3})\]:?)\s*"
)
# The same within a paragraph: numbers in brackets anywhere, others at the start of a line.
_INLINE = re.compile(
    r"(?<=[\s.;\]])\\?\[(?P<square>\d{1,3})\\?\](?=\s*\S)"
    r"|(?<=\n)(?:\((?P<round>\d{1,3})\)|(?P<plain>\d{1,3})[.)](?=\s))"
)
# Numbers that are missing between two entries before the later one is taken for something else.
_MOST_MISSING = 3
_DATED = re.compile(r"(?<![\d/])(?:1[89]|20)\d\d(?!\d|\.\d)|\b10\.\d{4,9}/|https?://|\(n\.\s?d\.\)")
_BEGINS_WITH_YEAR = re.compile(r"\(?(?:1[89]|20)\d\d[a-z]?\W")
# Characters in which an entry names its year, and which what follows on it does not exceed.
_HEAD = 600
_LONGEST_REST = 300
# Share of parts with a year from which a list is one whose entries name theirs.
_MOSTLY = 0.6
_LEAST_WORDS = 3
_ENDED = re.compile(r"[.\u3002\])>\d/]\W*$")
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """Characters ``start:end`` of the source, the mark they are cited by, and the words without it on one line."""

    section: str
    start: int
    end: int
    mark: str | None
    words: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the list that may begin an entry; ``body`` is where the text after its mark begins."""

    sentence: Sentence
    start: int
    end: int
    body: int
    mark: str | None
    number: int | None


def entries(layout: Layout, text: str) -> Iterator[Entry]:
    """Entries in the order of the document. Notes outside a list count where they name a year or an address."""
    listed = {section.id for section in layout.sections if section.kind == "references"}
    sentences = [sentence for sentence in layout.sentences if sentence.kind == "reference"]
    for section, group in groupby(sentences, key=lambda sentence: sentence.section):
        parts = [part for sentence in group for part in _parts(sentence, text)]
        for grouped in _grouped(parts, text):
            entry = _entry(section, grouped, text)
            if _names_work(entry.words, section in listed):
                yield entry


def _parts(sentence: Sentence, text: str) -> Iterator[_Part]:
    """A sentence of the list, cut before numbers in brackets that count on from its own."""
    first = _begin(sentence, text)
    cuts: list[re.Match[str]] = []
    number = first.number
    if number is not None:
        for match in _INLINE.finditer(text, first.body, sentence.end):
            if _number(match) == number + 1:
                number += 1
                cuts.append(match)
    ends = [match.start() for match in cuts] + [sentence.end]
    yield replace(first, end=_trimmed(text, first.start, ends[0]))
    for match, end in zip(cuts, ends[1:], strict=True):
        start = match.start()
        yield _Part(sentence, start, _trimmed(text, start, end), match.end(), match.group(), _number(match))


def _begin(sentence: Sentence, text: str) -> _Part:
    """The mark of a sentence, in it or before it on its line, where list items have theirs."""
    line = text.rfind("\n", 0, sentence.start) + 1
    for start in (line, sentence.start):
        found = _MARK.match(text, start, sentence.end)
        if found and found.end() >= sentence.start:
            return _Part(sentence, found.start("mark"), sentence.end, found.end(), found["mark"], _number(found))
    return _Part(sentence, sentence.start, sentence.end, sentence.start, None, None)


def _number(match: re.Match[str]) -> int:
    """The one number that a mark holds."""
    return next(int(value) for name, value in match.groupdict().items() if value and name != "mark")


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip().rstrip("-\u2022").rstrip())


def _grouped(parts: Sequence[_Part], text: str) -> Iterator[list[_Part]]:
    """Parts that make one entry each: a numbered list begins one with each next number, another by its paragraphs."""
    numbered = sum(part.number is not None for part in parts) * 2 >= len(parts)
    begins = _by_number(parts) if numbered else _by_paragraph(parts, text)
    group: list[_Part] = []
    for part, beginning in zip(parts, begins, strict=True):
        if group and (beginning is not False or part.end - group[0].start > _LONGEST):
            yield group
            group = []
        if beginning is not None:
            group.append(part)
    if group:
        yield group


def _by_number(parts: Sequence[_Part]) -> Iterator[bool]:
    last: int | None = None
    for part in parts:
        begins = part.number is not None and (last is None or 0 < part.number - last <= _MOST_MISSING)
        last = part.number if begins else last
        yield begins


def _by_paragraph(parts: Sequence[_Part], text: str) -> Iterator[bool | None]:
    """Whether each part begins an entry; None for one that is no part of any.

    Where nearly all entries name a year, what names none and no authors goes on with the entry before, or, being long,
    is text that follows the list.
    """
    words = [text[part.start : part.end] for part in parts]
    dated = [_DATED.search(each[:_HEAD]) is not None for each in words]
    strict = _is_dated_list(dated)
    before, ended = "", False
    for each, has_date in zip(words, dated, strict=True):
        led = not strict or has_date or names(" ".join(each.partition(". ")[0].split()).rstrip(".")) is not None
        ended = not led and (ended or len(each) > _LONGEST_REST)
        if ended:
            yield None
            continue
        yield led and not _goes_on(before, each)
        before = each


def _is_dated_list(dated: Sequence[bool]) -> bool:
    """Whether most parts name a year, not counting what follows nine tenths of those that do: it may be other text."""
    places = [place for place, has_date in enumerate(dated) if has_date]
    if not places:
        return False
    last = places[int(0.9 * (len(places) - 1))]
    return sum(dated[: last + 1]) >= _MOSTLY * (last + 1)


def _goes_on(before: str, after: str) -> bool:
    """Whether an unnumbered part continues one that broke off: no end before it, no capital or a year at its start."""
    if not before:
        return False
    if _BEGINS_WITH_YEAR.match(after) and _DATED.search(before) is None:
        return True
    return not _ENDED.search(before) or (after[:1].islower() and _DATED.search(after) is None)


def _entry(section: str, parts: Sequence[_Part], text: str) -> Entry:
    first, last = parts[0], parts[-1]
    words = " ".join(text[part.body if part is first else part.start : part.end] for part in parts)
    words = re.sub(r"(?<=[a-z])-\s*\n\s*(?=[a-z])", "", words)
    return Entry(section, first.start, last.end, first.mark, " ".join(words.split()))


def _names_work(words: str, listed: bool) -> bool:
    enough = len(re.findall(r"\w+", words)) >= _LEAST_WORDS
    return enough and (listed or _DATED.search(words) is not None)
