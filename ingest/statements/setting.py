"""What the section around a sentence is for, read from its headings: problems, solutions, theory, review and so on."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from ingest.context import SentenceContext
from ingest.statements.cues.actions import ALL, AS_NOUNS
from ingest.statements.cues.headings import KINDS, Setting


def setting_of(context: SentenceContext) -> Setting:
    """The purpose of the innermost section whose title tells one; the document's own title tells nothing."""
    for heading in reversed(context.headings):
        if heading.casefold() != context.title.casefold():
            found = _of_heading(heading)
            if found != "unknown":
                return found
    return "summary" if context.section_kind in {"conclusion", "abstract"} else "unknown"


def setting_above(context: SentenceContext) -> Setting:
    """The purpose of the section around the sentence's own one; "unknown" for one that stands in no other."""
    return setting_of(replace(context, headings=context.headings[:-1])) if len(context.headings) > 1 else "unknown"


def doing(word: str) -> bool:
    """Whether a lower-case word is the form in -ing of a verb of action.

    >>> doing("planting"), doing("spring")
    (True, False)
    """
    return word.endswith("ing") and bool({word[:-3], word[:-3] + "e"} & ALL)


@lru_cache(maxsize=4096)
def _of_heading(heading: str) -> Setting:
    """The kind whose cue comes first, "conclusion" and "introduction" only if nothing else is said.
    A title in the form of a command proposes something; what "building schools" is for, the title above it tells.

    >>> _of_heading("Problems and solutions"), _of_heading("Conclusion and recommendations")
    ('problem', 'solution')
    """
    opening = heading.split(maxsplit=1)[0].casefold() if heading.strip() else ""
    if opening in ALL - AS_NOUNS:
        return "solution"
    if doing(opening):
        return "unknown"
    hits = [
        (kind in {"summary", "introduction"}, match.start(), kind)
        for kind, pattern in KINDS
        if (match := pattern.search(heading))
    ]
    return min(hits)[2] if hits else "unknown"
