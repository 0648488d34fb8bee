"""Headings in text without markup: numbered, lettered, legal ("CHAPTER II"), well-known ("References") and plain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ingest.text.wording import is_open_ended, is_titled, unmarked, word_count

Family = Literal["legal", "number", "roman", "letter", "known", "plain"]

_MAX_WORDS = 30
_NUMBER = re.compile(
    r"(?P<number>\d{1,2}(?:\s?\.\s?\d{1,2}){0,4})(?P<dot>\.?)(?P<gap>\s*)(?=[^\W\d_a-z]|[\"\u201c\u2018(*])"
)
_LETTERED = re.compile(r"(?P<number>[A-Z](?:\.\d{1,2}){1,3}|[A-Z])\.?(?<=[.\d])\s+(?=[A-Z\"\u201c])")
_DATE = re.compile(r"\d{1,2}(?:st|nd|rd|th)?\.?\s+[A-Z][a-z]+,?\s+(?:19|20)\d\d\b")
_ROMAN = re.compile(r"(?P<number>[IVX]{1,6})[.:]\s+(?=[A-Z\"\u201c])")
_LEGAL_RANK = {
    name: rank
    for rank, names in enumerate(
        (
            ("book", "volume", "annex", "appendix", "schedule"),
            ("part",),
            ("title", "division", "pillar"),
            ("chapter", "theme", "goal"),
            ("section", "priority", "objective"),
            ("article", "strategy"),
        )
    )
    for name in names
}
_LEGAL = re.compile(
    rf"(?P<name>(?i:strategic\s+)?(?i:{'|'.join(_LEGAL_RANK)}))"
    r"(?:\s+(?P<number>[IVXLCDM]{1,7}|[ivxlc]{1,7}|\d{1,3}[a-z]{0,3}|[A-Z]|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE"
    r"|TEN|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)(?![\w.]\w)|(?=\s*$))(?P<gap>[\s.:\u2013\u2014*-]*)"
)
# "第二章", "第三条": the parts of Chinese laws, with the ranks of their English counterparts; "一、" numbers sections.
_CHINESE_LEGAL_RANK = {"编": 1, "篇": 1, "部分": 1, "章": 3, "节": 4, "条": 5}
_CHINESE_FIGURES = "〇一二三四五六七八九"
_CHINESE_LEGAL = re.compile(
    r"(?P<number>第[〇零一二三四五六七八九十百千\d]{1,7}(?P<name>编|篇|部分|章|节|条))(?P<gap>[\s:：、]*)"
)
_CHINESE_NUMBER = re.compile(r"(?P<tens>[一二三四五六七八九]?十)?(?P<ones>[一二三四五六七八九])?、\s*(?=\S)")
_KNOWN_TITLES = {
    "abstract": r"摘\s*要|内容提要|abstract|executive summary|summary",
    "keywords": r"关\s*键\s*词|key\s?-?words?(?: and phrases)?|index terms",
    "references": "参考文献|references?(?: list)?|list of references"
    "|bibliography|works cited|literature(?: cited)?|endnotes"
    "|footnotes|notes and references",
    "conclusion": "结论(?:与建议)?|结语"
    "|(?:summary and )?conclusions?(?: and (?:suggestions?|recommendations?|outlook|discussion"
    "|perspectives|policy implications?|policy recommendations?|future work|way forward))?"
    "|concluding (?:remarks|observations)",
    "back_matter": "acknowledge?ments?|funding(?: (?:information|statement|sources?))?|financial support"
    "|fund(?:ing)? projects?|(?:declarations? of |statements? of )?(?:conflicts? of |competing |conflicting )interests?"
    "(?: statements?)?|authors?'?s? contributions?|credit authorship contribution statement"
    "|data (?:availability|sharing)(?: statement)?|ethics (?:statement|approval)|author information"
    "|(?:about|biograph(?:y|ies) of) the authors?|declarations?|disclosures?|disclaimer|supplementary materials?",
    "contents": r"目\s*录|(?:table of )?contents|list of (?:tables|figures|boxes|abbreviations|acronyms)"
    "|abbreviations(?: and acronyms)?|acronyms(?: and abbreviations)?",
    "body": "introduction|background|preamble|foreword|preface|methods?|methodology|results|discussion"
    "|recommendations?|policy recommendations?|findings|literature review|objectives?|scope|definitions|purpose|vision"
    "|mission|glossary|context|limitations|policy implications?|implementation|monitoring and evaluation|way forward",
}
_KNOWN = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _KNOWN_TITLES.items()}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a heading's own words say: ``depth`` counts from 1 within its family, its title begins at ``title``."""

    family: Family
    number: str | None
    depth: int
    title: int


def known_kind(title: str) -> str | None:
    """The kind of section that a well-known title announces, else None.

    >>> known_kind("References:"), known_kind("Water")
    ('references', None)
    """
    bare = re.sub(r"\s+", " ", title.replace("\u2019", "'")).strip(" *_#.:\uff1a\u2014-")
    return next((kind for kind, pattern in _KNOWN.items() if len(bare) < 80 and pattern.fullmatch(bare)), None)


def could_be_heading(text: str) -> bool:
    """Whether its length and its end allow a heading."""
    if word_count(text) > _MAX_WORDS or len(text) > 250 or "\t\t" in text:
        return False
    return not re.search(r"[.;,\u3002\uff1b]$", unmarked(text.strip())) and any(char.isalpha() for char in text)


def _reads_as_sentence(text: str) -> bool:
    """Whether numbered words lead on to something (a list, the next page), as no title does."""
    return not is_titled(text) and (is_open_ended(text) or (text.endswith((":", "\uff1a")) and word_count(text) > 3))


def numbered(text: str) -> Mark | None:
    """A heading that begins with its number; the caller judges whether the number fits the sequence."""
    text = text.replace("*", " ").replace("_", " ") if text[:2] in {"**", "__"} else text
    lead = len(text) - len(text.lstrip())
    body = text.lstrip()
    if mark := _legal(body, lead) or _chinese(body, lead):
        return mark
    if not could_be_heading(body) or _reads_as_sentence(body) or _DATE.match(body):
        return None
    if (match := _NUMBER.match(body)) and (match["dot"] or match["gap"]):
        number = re.sub(r"\s", "", match["number"])
        return Mark("number", number, number.count(".") + 1, lead + match.end())
    if match := _ROMAN.match(body):
        return Mark("roman", match["number"], 1, lead + match.end())
    match = _LETTERED.match(body)
    return Mark("letter", match["number"], match["number"].count(".") + 1, lead + match.end()) if match else None


def _legal(body: str, lead: int) -> Mark | None:
    match = _LEGAL.match(body)
    if not match or not match["name"][0].isupper() or not could_be_heading(body):
        return None
    rest = body[match.end() :].lstrip("*_ ")
    if rest and not (rest[0].isupper() or rest[0] in "\"'\u201c\u2018(["):
        return None
    if match["number"] is None and match["name"].casefold() not in {"annex", "appendix", "schedule"}:
        return None
    name = match["name"].split()[-1].casefold()
    number = f"{match['name']} {match['number']}" if match["number"] else match["name"]
    return Mark("legal", number, _LEGAL_RANK[name] + 1, lead + match.end())


def _chinese(body: str, lead: int) -> Mark | None:
    """A heading of a Chinese paper or law."""
    if body.isascii() or not could_be_heading(body):
        return None
    if match := _CHINESE_LEGAL.match(body):
        return Mark("legal", match["number"], _CHINESE_LEGAL_RANK[match["name"]] + 1, lead + match.end())
    match = _CHINESE_NUMBER.match(body)
    if match is None or not (match["tens"] or match["ones"]):
        return None
    tens = (
        _CHINESE_FIGURES.index(match["tens"][0])
        if match["tens"] and match["tens"] != "十"
        else int(bool(match["tens"]))
    )
    ones = _CHINESE_FIGURES.index(match["ones"]) if match["ones"] else 0
    return Mark("number", str(10 * tens + ones), 1, lead + match.end())


def plain(text: str) -> Mark | None:
    """A heading without a number: a well-known title, or a few words set as a title.

    The caller makes sure that it stands alone and that prose follows.
    """
    bare = text.strip(" *_")
    if not could_be_heading(bare) or not bare[:1].isalpha() or bare[0].islower():
        return None
    if known_kind(bare):
        return Mark("known", None, 1, 0)
    if re.search(r"[:=|]$|[@\\]|https?:|\d{4,}|\.{3,}", bare) or word_count(bare) > 14:
        return None
    capitals = bare.upper() == bare
    if capitals or is_titled(bare) or word_count(bare) <= 8:
        return Mark("plain", None, 1 if capitals else 2, 0)
    return None
