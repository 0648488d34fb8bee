"""What a readable view changes, character by character: markup, citation marks, broken words, look-alike letters.

``clean`` answers with one string for each source character: the character itself, nothing, or its replacement. So the
alignment to the source can never be lost, and nothing but spaces is ever invented.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Edits = list[str]

_LETTERS = r"[^\W\d_]"
_HYPHENATED = re.compile(rf"(?<!{_LETTERS}){_LETTERS}++(?:[-\u2010\u2011]{_LETTERS}+)+")
_WORD = re.compile(rf"{_LETTERS}+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of a document, folded: those that stand alone, those written with a hyphen, and the latter closed up.

    ``closed`` maps a compound without its hyphen to the place where the hyphen would stand.
    """

    plain: frozenset[str]
    hyphenated: frozenset[str]
    closed: Mapping[str, int]


NO_WORDS = Vocabulary(frozenset(), frozenset(), MappingProxyType({}))


def vocabulary(text: str) -> Vocabulary:
    """The words of a whole document.

    >>> sorted(vocabulary("A low-carbon economy").hyphenated)
    ['low-carbon']
    """
    written = Counter(re.sub("[\u2010\u2011]", "-", match.group().casefold()) for match in _HYPHENATED.finditer(text))
    without = _HYPHENATED.sub(" ", _BREAK.sub(" ", text))
    alone = Counter(match.group().casefold() for match in _WORD.finditer(without))
    # A word that is mostly written without its hyphen has lost none.
    common = {word.replace("-", ""): word.index("-") for word in sorted(written) if word.count("-") == 1}
    closed = {word: at for word, at in common.items() if alone[word] <= written[f"{word[:at]}-{word[at:]}"]}
    plain, hyphenated = frozenset(alone), frozenset(written)
    return Vocabulary(plain, hyphenated, MappingProxyType(closed))


# One citation number, range or list in square brackets: [1], [2, 5], [3-7].
_BRACKET = r"\[\s{0,3}\d{1,3}(?:\s{0,3}[,;\u2013\u2014-]\s{0,3}\d{1,3}){0,40}\s{0,3}\]"
_BRACKETED = rf"{_BRACKET}(?:\s{{0,3}}[,;\u2013-]?\s{{0,3}}{_BRACKET})*+"
_DROPPED = [
    re.compile(r"<!--(?:(?!<!--|-->).)*+-->", re.DOTALL),
    re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\s]{0,2000}\)"),
    re.compile(r"<sup>\s*\[?[\d,;\s\u2013*-]{1,20}\]?\s*</sup>", re.IGNORECASE),
    re.compile(r"</?(?:su[pb]|br|b|i|u|em|strong|span|p|div|a|small|font)(?:\s[^<>\n]{0,300})?/?>", re.IGNORECASE),
    re.compile(r"\A\[\^[^\[\]\s]{1,40}\]:"),
    re.compile(r"(?<!\s)\s*+\[\^[^\[\]\s]{1,40}\]"),
    re.compile(rf"(?<!\s)\s*+\$?\^\{{?{_BRACKETED}(?=[.,;:]?\}}|\^)"),
    re.compile(rf"(?<!\s)\s*+\^\{{?{_BRACKETED}[\^}}]?"),
    re.compile(rf"(?<=[^\s\[(])\s*+{_BRACKETED}(?!\()"),
    re.compile(r"(?<=[A-Za-z.,;)\"\u201d])\^\{?\d{1,3}(?:,\d{1,3})*\}?\^?(?![\w])"),
    re.compile(r"(?:(?<=[a-z]{3})|(?<=[.,;)\u201d]))[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+"),
    re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]"),
]
_CITATION_CLOSER = re.compile(r"(?<=\])(?P<stop>[.,;:]?)(?P<mark>\}\$?|\^)")
_LINK = re.compile(r"(?P<open>\[)[^\[\]\n]{1,500}(?P<url>\]\([^()\s]{1,2000}(?:\s\"[^\"\n]{0,200}\")?\))")
_AUTOLINK = re.compile(r"(?P<open><)(?:https?://|mailto:)[^<>\s]{1,2000}(?P<url>>)")
_EMPHASIS = [
    re.compile(r"(?<![\w*])(?P<open>\*{1,3})(?=[^\s*])[^*]{1,2000}?(?<=[^\s*])(?P<url>\*{1,3})(?![\w*])"),
    re.compile(r"(?<![\w_])(?P<open>_{1,3})(?=[^\s_])[^_]{1,2000}?(?<=[^\s_])(?P<url>_{1,3})(?![\w_])"),
    re.compile(r"(?P<open>`{1,2})(?=[^`\s])[^`]{1,500}?(?P<url>`{1,2})"),
]
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?P<name>amp|nbsp|#160);")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_BREAK = re.compile(
    rf"(?<!{_LETTERS})(?P<left>{_LETTERS}++)(?P<hyphen>[-\u00ad\u2010\u2011])(?P<gap>[^\S\n]*+\n\s*+)(?P<right>{_LETTERS}+)"
)
# Second parts of compounds that are written with a hyphen whatever the document does.
_HYPHEN_TAIL = re.compile(
    r"(?:based|oriented|related|led|driven|friendly|intensive|specific|wide|term|level|income|cost|carbon|quality|tech"
    r"|scale|sized|effective|efficient|making|sector|border|free|emission|emitting|range|owned|funded|governmental)$"
)
# Letters of other alphabets that look like a Latin one.
_CYRILLIC = dict(zip("АВСЕНІЈКМОРЅТХУаеоркхсіјѕуԁһԛԝ", "ABCEHIJKMOPSTXYaeopkxcijsydhqw", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονικυαρ", "ABEZHIKMNOPTYXovikuap", strict=True))
_FOREIGN = re.compile("[\u0370-\u052f]")


def clean(raw: str, words: Vocabulary = NO_WORDS) -> Edits:
    """One replacement for each character of ``raw``, in order.

    >>> "".join(clean("It grew[1] by \\\\$5m."))
    'It grew by $5m.'
    """
    edits = list(raw)
    for pattern in _DROPPED:
        for match in pattern.finditer(raw):
            _drop(edits, match.start(), match.end())
    for match in _CITATION_CLOSER.finditer(raw):
        if not edits[match.start() - 1]:
            _drop(edits, match.start("mark"), match.end("mark"))
    for pattern in (_LINK, _AUTOLINK, *_EMPHASIS):
        for match in pattern.finditer(raw):
            _drop(edits, match.start("open"), match.end("open"))
            _drop(edits, match.start("url"), match.end("url"))
    for match in _ESCAPE.finditer(raw):
        edits[match.start()] = ""
    for match in _ENTITY.finditer(raw):
        edits[match.start()] = "&" if match["name"] == "amp" else " "
        _drop(edits, match.start() + 1, match.end())
    for match in _LIGATURE.finditer(raw):
        edits[match.start()] = unicodedata.normalize("NFKC", match.group())
    _join_broken_words(raw, edits, words)
    _open_closed_compounds(raw, edits, words)
    _latinise(raw, edits)
    return edits


def _drop(edits: Edits, start: int, end: int) -> None:
    edits[start:end] = [""] * (end - start)


def _join_broken_words(raw: str, edits: Edits, words: Vocabulary) -> None:
    """Undo a hyphen at a line's end; the document's own words say whether it belongs to the word."""
    for match in _BREAK.finditer(raw):
        left, right = match["left"].casefold(), match["right"].casefold()
        soft = match["hyphen"] == "\u00ad"
        written = f"{left}-{right}" in words.hyphenated or not match["right"][0].islower()
        compound = written or (left + right not in words.plain and _HYPHEN_TAIL.fullmatch(right) is not None)
        whole = left + right in words.plain
        both = left in words.plain and right in words.plain
        _drop(edits, match.start("gap"), match.end("gap"))
        if soft or (not compound and (whole or not both)):
            _drop(edits, match.start("hyphen"), match.end("hyphen"))


def _open_closed_compounds(raw: str, edits: Edits, words: Vocabulary) -> None:
    """Where the document writes ``low-carbon`` elsewhere, read ``lowcarbon`` (a lost hyphen) as two words."""
    closed = words.closed
    if not closed:
        return
    for match in _WORD.finditer(raw):
        place = closed.get(match.group().casefold())
        if place and place > 2 and len(match.group()) - place > 2:
            edits[match.start() + place - 1] += " "


def _latinise(raw: str, edits: Edits) -> None:
    """Replace Cyrillic and Greek look-alikes in Latin words, and whole look-alike words in a Latin text."""
    if not _FOREIGN.search(raw):
        return
    letters = sum(char.isalpha() for char in raw)
    latin = sum(char.isalpha() and char < "\u0250" for char in raw)
    for match in _WORD.finditer(raw):
        word = match.group()
        foreign = [char for char in word if _FOREIGN.match(char)]
        mixed = any(char < "\u0250" for char in word)
        table = _CYRILLIC | _GREEK if mixed else _CYRILLIC
        lone = not mixed and len(word) > 1 and 2 * latin >= letters
        if foreign and (mixed or lone) and all(char in table for char in foreign):
            for place, char in enumerate(word, match.start()):
                edits[place] = edits[place].replace(char, table.get(char, char))
