"""How pieces of a document look: unfinished text, titles in capitals, captions, labels, page numbers.

General habits of papers, laws and memoranda; each rule reads one piece of text and knows nothing of its neighbours.
"""

from __future__ import annotations

import re

# Closed-class words on which no sentence, title or line of its own ends.
_OPEN_ENDED_WORDS = (
    "a an the and or nor but of to in on at by for from with without into onto over under between among through during "
    "as than that which who whom whose this these those its their his her our your is are was were be been has have "
    "had will would shall should may might must can could not also both either such per via upon within towards toward "
    "against about including e.g. i.e."
)
_OPEN_ENDED = frozenset(_OPEN_ENDED_WORDS.split())
_SMALL_WORDS = (
    "a an the and or nor but of to in on at by for from with into as is are be its their through under between per via "
    "vs within towards among over without upon against across"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_CLOSERS = "\"'\u201d\u2019)]}\u00bb*_ \t\n\r\u300d\u300f"
_CITED = re.compile(r"(?:\s*\^?\{?\[\^?[\w\s,;\u2013-]{1,20}\]\.?\}?\^?|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+)+$")
_ITEM_END = re.compile(r"[;,]\s*(?:and|or|and/or)$", re.IGNORECASE)

CAPTION = re.compile(
    r"\W{0,3}(?:(?:Figure|Fig\.?|Table|Chart|Graph|Box|Map|Exhibit|Diagram|Plate|Photo|Picture|Scheme|Image)"
    r"|(?:FIGURE|FIG\.?|TABLE|CHART|GRAPH|BOX|MAP|EXHIBIT))\s*"
    r"(?:\d{1,3}(?:[.\u2013-]\d{1,3})*|[IVX]{1,5}|[A-Z]\.?\d{0,2})\W{0,2}(?:[.:\u2013\u2014|-]\W{0,3}\S|\s\W?[A-Z]|$)"
)
_NOTE = re.compile(r"\W{0,3}(?:Sources?|Data sources?|Notes?)\W{0,3}:", re.IGNORECASE)
_PAGE = re.compile(
    r"\W{0,3}(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})[^\w.]{0,3}(?:(?:of|/)\s*\d{1,4})?[^\w.]{0,3}|\[?page \d{1,4}\]?",
    re.IGNORECASE,
)
CONTENTS_LINE = re.compile(r".{2,200}?(?:\.\s?){4,}\s*[\divxl]{0,5}\s*$|.{2,200}?\s(?:\u2026\s*){2,}\s*\d{1,4}$")
KEYWORDS = re.compile(
    r"\W{0,4}(?:关\s*键\s*词|key\s?-?words?(?:\s+and\s+phrases)?|index\s+terms|jel(?:\s+(?:codes?|classification))?)"
    r"(?P<colon>\W{0,4}[:\uff1a\u2014]\W{0,4})?",
    re.IGNORECASE,
)
ABSTRACT = re.compile(
    r"[*_#\s]{0,4}(?P<word>abstract|executive\s+summary|summary|摘\s*要)"
    r"(?P<colon>[*_]{0,3}\s*[:\uff1a\u2014][*_]{0,3}\s*|[*_]{2,3}\.?\s+|\.\s+(?=[A-Z]))",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W{0,4}(?:(?:doi|issn|e-?issn|isbn|arxiv|received|revised|accepted|published(?:\s+online)?|cite\s+(?:this|as)|"
    r"citation|to\s+cite(?:\s+this)?[\w\s]{0,20}|corresponding\s+authors?|e-?mails?|licen[cs]e|received\s+date|orcid|"
    r"academic\s+editor|publication\s+date|conflicts?\s+of\s+interests?|author\s+contributions?|data\s+availability"
    r"|fund(?:ing)?\s+assistance|fund(?:ing)?\s+project|foundation\s+item)\W{0,3}[:\uff1a]"
    r"|copyright\s*(?:\u00a9|\(c\)|:|\d{4})|\u00a9|\(c\)\s*\d{4}|https?://\S+\s*$|10\.\d{4,9}/\S+\s*$)",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
POINT = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})\.?\s+(?=[A-Z\"\u201c(])")
"""The number of a numbered paragraph ("4.2.1 Each district shall …") at its start."""
REFERENCE_MARK = re.compile(r"\W{0,3}\[\^?[\w-]{1,12}\]:?\s+\S")


def unmarked(text: str) -> str:
    """``text`` without citation marks, closing quotes and brackets at its end."""
    while True:
        shorter = _CITED.sub("", text).rstrip(_CLOSERS)
        if shorter == text:
            return text
        text = shorter


def is_complete(text: str) -> bool:
    """Whether a stretch of prose ends as a sentence, clause or list item does.

    >>> is_complete("It grew fast [3]."), is_complete("It depends on the")
    (True, False)
    """
    tail = text[-200:].rstrip()
    if re.search(r"[.!?:;\u3002\uff01\uff1f\uff1a\uff1b\u2026][}\]^$]*$", tail):
        return True
    bare = unmarked(tail)
    return bool(re.search(r"[.!?:;\u3002\uff01\uff1f\uff1a\uff1b\u2026]$", bare) or _ITEM_END.search(bare))


def is_open_ended(text: str) -> bool:
    """Whether it breaks off where more must follow: a comma, a hyphen, a closed-class word, an open bracket."""
    tail = text[-300:].rstrip()
    if re.search(r"[,\u2013\u2014(-]$", tail):
        return True
    words = tail.split()
    unbalanced = tail.count("(") > tail.count(")")
    return bool(words) and (words[-1].casefold() in _OPEN_ENDED or unbalanced)


def continues(text: str) -> bool:
    """Whether it begins as the middle of a sentence does: with a small letter, a figure or a closing mark."""
    return bool(re.match(r"[*_\"'\u201c\u2018(\[]{0,3}[a-z\u00df-\u00f6\u00f8-\u00ff,;)%]|\d[\d.,%]*\s+[a-z]", text))


def word_count(text: str) -> int:
    """Words between white space; in scripts without spaces two characters count as one word."""
    dense = sum("\u3040" <= char <= "\u9fff" for char in text)
    return len(text.split()) + dense // 2


def is_titled(text: str) -> bool:
    """Whether most words with content are capitalised (or all letters are capitals)."""
    letters = [char for char in text if char.isalpha()]
    if letters and all(not char.islower() for char in letters):
        return len(letters) > 2
    words = [word for word in re.findall(r"[^\W\d_][\w'\u2019-]*", text) if word.casefold() not in _SMALL]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def is_caption(text: str) -> bool:
    """Whether a block is the caption of a figure or table, or the source line under one."""
    if _NOTE.match(text):
        return word_count(text) <= 40
    return bool(CAPTION.match(text)) and word_count(text) <= 60


def is_page_number(text: str) -> bool:
    """Whether a line says nothing but the page."""
    return len(text) < 30 and _PAGE.fullmatch(text) is not None


def is_label(text: str) -> bool:
    """Whether a block is a labelled bibliographic line (DOI, licence, e-mail, date of publication ...)."""
    if _LABEL.match(text):
        return True
    return len(text) < 300 and word_count(text) <= 15 and bool(_CONTACT.search(text)) and not is_complete(text)
