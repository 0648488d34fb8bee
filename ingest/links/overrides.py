"""The user's file of merges to make or undo: one line each, applied when concepts are merged, without extracting again.

    split: "Shortage of high-level talents" from challenge/talent-drain
    join: "Flight of the young" to challenge/rural-decline
    join: "Provide teacher training" to "Train teachers"

The first name is the label of statements, in quotes (capitals do not count). The other one is a concept, by its IRI or
the end of it, or a label in quotes: of a thesaurus' concept or of other statements. ``#`` begins a comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kg.errors import MisuseError
from kg.identifiers import VOCABULARY

Verb = Literal["split", "join"]
_LINE: Final = re.compile(
    r"(?P<verb>split|join)\s*:\s*(?P<label>\"[^\"]+\")\s+(?P<word>from|to)\s+(?P<target>\"[^\"]+\"|[^\s\"#]+)\s*(?:#.*)?"
)
_WORD: Final = {"split": "from", "join": "to"}
_HOW: Final = 'write  split: "label" from CONCEPT  or  join: "label" to CONCEPT'


@dataclass(frozen=True, slots=True)
class Override:
    """One line: ``label`` is folded; ``target`` is a whole IRI, or a folded label where ``by_label``."""

    line: int
    verb: Verb
    label: str
    target: str
    by_label: bool


def fold(label: str) -> str:
    """A label for comparing: single spaces, small letters, single quotes (double ones end a label in the file)."""
    return " ".join(label.replace('"', "'").split()).casefold()


def read(path: Path, required: bool = False) -> tuple[Override, ...]:
    """The lines of the file, in their order; none where there is no file and none is ``required``.

    Raises MisuseError, with the line's number, where one cannot be read or contradicts another.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        if not required:
            return ()
        raise MisuseError(f"there is no file of merges {path}: correct POLICYWEAVE_MERGES or make the file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise MisuseError(f"the file of merges {path} cannot be read ({error}): it must be UTF-8 text") from error
    lines = enumerate(text.splitlines(), 1)
    found = tuple(
        _parse(path, number, line.strip()) for number, line in lines if line.strip() and line.strip()[0] != "#"
    )
    _refuse_contradictions(path, found)
    return found


def _parse(path: Path, number: int, line: str) -> Override:
    match = _LINE.fullmatch(line)
    if match is None:
        raise MisuseError(f"{path}, line {number} cannot be read: {line!r:.100}. {_HOW}")
    verb: Verb = "split" if match["verb"] == "split" else "join"
    if match["word"] != _WORD[verb]:
        raise MisuseError(f"{path}, line {number}: '{verb}' goes with '{_WORD[verb]}'. {_HOW}")
    target, by_label = match["target"], match["target"].startswith('"')
    named = fold(target.strip('"')) if by_label else _iri(path, number, target)
    return Override(number, verb, fold(match["label"].strip('"')), named, by_label)


def _iri(path: Path, number: int, target: str) -> str:
    end = target.removeprefix(VOCABULARY)
    if not re.fullmatch(r"(challenge|measure)/[^/]+", end):
        raise MisuseError(
            f"{path}, line {number}: '{target}' is no concept. Name one as challenge/… or measure/…, as "
            "'policyweave merges' shows it, or by a label in quotes"
        )
    return VOCABULARY + end


def _refuse_contradictions(path: Path, lines: tuple[Override, ...]) -> None:
    joined: dict[str, Override] = {}
    for line in lines:
        if line.verb == "join" and (other := joined.setdefault(line.label, line)).target != line.target:
            raise MisuseError(
                f"{path}, lines {other.line} and {line.line} join '{line.label}' to two concepts: keep one"
            )
    for line in lines:
        if line.verb == "split" and (same := joined.get(line.label)) is not None and same.target == line.target:
            raise MisuseError(f"{path}, lines {same.line} and {line.line} join and split the same: keep one")
    for start in joined.values():
        seen = {start.label}
        at = start
        while at.by_label and (following := joined.get(at.target)) is not None:
            if at.target in seen:
                raise MisuseError(f"{path}, line {start.line}: joins that lead in a circle name no concept")
            seen.add(at.target)
            at = following
