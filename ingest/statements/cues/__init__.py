"""Cue words of policy English, by what they signal. General vocabulary: no list is taken from any one document."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """A set of words from a list written as running text.

    >>> sorted(words("shortage gap"))
    ['gap', 'shortage']
    """
    return frozenset(text.split())


def wordings(text: str) -> re.Pattern[str]:
    r"""A case-insensitive pattern from regular expressions written one a line; a space stands for any white space.

    A line that ends in ``|`` goes on in the next.

    >>> bool(wordings("a long way to go\nout of (?:hand|\n reach)").search("It is out  of reach"))
    True
    """
    lines = (line.strip().replace(" ", r"\s+") for line in text.splitlines())
    pattern = "|".join(line for line in lines if line)
    return re.compile(pattern.replace("||", "|"), re.IGNORECASE)
