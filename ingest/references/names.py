"""The authors at the head of a reference, in whatever order and with whatever separators they are written."""

from __future__ import annotations

import re

_PARTICLE_WORDS = "de da di la le van von der den bin ibn al el dos du del ten ter zu"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_MOST_WORDS = 5
_MOST_NAMES = 60
_MOST_BODY_WORDS = 12
_LONGEST = 120
_OTHERS = re.compile(r"[,;&\s\uff0c]*(?:\bet\.?\s+al\.?|\band others|u\.\s?a\.|\u7b49)[\s.,]*$", re.IGNORECASE)
_EDITORS = re.compile(r"[\s,]*\(?\b(?:eds?|editors?|hrsg|comps?|trans)\b\.?\)?[\s.,]*$", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z](?:\.|(?=[\s-])|$)[\s-]?){1,4}(?:Jr\.?|Sr\.?|I{2,3})?$")
_SEPARATOR = re.compile(r"\s*;\s*|\s*,?\s*(?:&|\band\b|\bund\b|\by\b|\bet\b)\s+|\s*[,\uff0c\u3001]\s*")
# What laws and plans are called: capitals and two words make no person of them.
_DOCUMENT = re.compile(
    r"\b(?:Acts?|Laws?|Code|Bill|Polic(?:y|ies)|Regulations?|Directive|Decision|Strategy|Plan|Constitution|Treaty|Report)$"
)
_CHINESE = re.compile("[\u4e00-\u9fff\u00b7]{2,4}")
_WORD = re.compile(r"[^\W\d_][^\W\d_'\u2019.-]*(?:[.'\u2019-][^\W\d_]*)*\.?")
# Words that bodies are called by: such a name is one author, whatever commas it has.
_BODY = re.compile(
    r"\b(?:universit|institut|ministr|department|academy|centre|center|government|bank|commission|council|agency|office|"
    r"authority|committee|organi[sz]ation|association|republic|secretariat|assembly|parliament|congress|union|nations|"
    r"society|foundation|administration|bureau|fund|forum|board|programme|federation|state of|party of)",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-Z][A-Z&/-]{1,9}")


def names(text: str) -> tuple[str, ...] | None:
    """The authors if a text holds nothing else, None if it does not.

    >>> names("Sund, A. B., & Lie, Bo"), names("Ada Sund, Bo Lie"), names("Sund A, Lie B, et al.")
    (('Sund, A. B.', 'Lie, Bo'), ('Ada Sund', 'Bo Lie'), ('Sund A', 'Lie B'))
    >>> names("World Bank"), names("Fees of small ports in Norland")
    (('World Bank',), None)
    """
    bare = _EDITORS.sub("", _OTHERS.sub("", text)).strip(" ,;:")
    bare = re.sub(r"(?<=[^\W\d_]{2})\.$", "", bare)
    if not bare or len(bare) > _MOST_NAMES * _LONGEST:
        return None
    if is_body(bare):
        return (bare,)
    parts = [part.strip() for part in _SEPARATOR.split(bare) if part.strip()]
    whole = _inverted(parts)
    return tuple(whole) if 0 < len(whole) <= _MOST_NAMES and all(map(_is_name, whole)) else None


def is_body(text: str) -> bool:
    """Whether a short text in capitals is the name of an institution."""
    if _ACRONYM.fullmatch(text):
        return True
    words = text.split()
    small = {"of", "the", "and", "for", "on", "in", "de", "du", "la", "et", "&"}
    titled = all(word[0].isupper() or word in small or not word[0].isalpha() for word in words)
    sole = len(words) <= _MOST_BODY_WORDS and not re.search(r"[.:;?!]\s|\u241e", text)
    return titled and sole and _BODY.search(text) is not None


def name_at_start(text: str, words: int) -> str | None:
    """The first ``words`` words if they look like a name that runs on into a title, else None."""
    found = text.split()
    name = " ".join(found[:words])
    follows = found[words : words + 1]
    capital = bool(follows) and follows[0][0].isupper()
    return name if capital and _is_name(name) and not name.endswith((":", ",")) else None


def _inverted(parts: list[str]) -> list[str]:
    """Family names with what follows them after a comma: initials, or a given name where the family name is alone."""
    made: list[str] = []
    place = 0
    while place < len(parts):
        part = parts[place]
        after = parts[place + 1] if place + 1 < len(parts) else ""
        lone = len(part.split()) == 1 or part.split()[0] in _PARTICLES
        given = _INITIALS.fullmatch(after) or (lone and len(after.split()) <= 2 and _capital(after))
        if given and not _INITIALS.fullmatch(part) and not (" " in part and _has_initials(part)):
            made.append(f"{part}, {after}")
            place += 2
        else:
            made.append(part)
            place += 1
    return made


def _has_initials(part: str) -> bool:
    return any(re.fullmatch(r"(?:[A-Z]\.?){1,3}", word) for word in part.split())


def _capital(text: str) -> bool:
    return bool(text) and all(word[0].isupper() for word in text.split())


def _is_name(text: str) -> bool:
    """Whether words have the shape of one person's name: capitals, particles, initials at an end or in the middle."""
    if _CHINESE.fullmatch(text):
        return True
    words = text.replace(",", " ").split()
    if _DOCUMENT.search(text) or not 2 <= len(words) <= _MOST_WORDS or (text.upper() == text and len(text) > 25):
        return False
    if not all(_WORD.fullmatch(word) and (word[0].isupper() or word.casefold() in _PARTICLES) for word in words):
        return False
    initials = [index for index, word in enumerate(words) if re.fullmatch(r"(?:[A-Z]\.?){1,3}", word)]
    # After a family name and its initials nothing more belongs to the name.
    return not (initials and initials[0] == 1 and len(words) - initials[-1] > 2)
