"""Which roles a sentence plays: measure, challenge, outcome, mechanism, statistic, background, heading or meta.

spaCy component ``policyweave_roles``: sets ``doc._.roles``, role → confidence, with only the roles that hold.
It reads what the components of measures and challenges found, and so stands behind them.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from ingest.context import SentenceContext, register, text_of
from ingest.statements import findings
from ingest.statements.cues import roles as cues
from ingest.statements.cues.discourse import metadiscourse
from ingest.statements.setting import setting_of
from kg.records import Role


def make_roles(nlp: Language, name: str) -> Roles:  # noqa: ARG001
    """Component for ``nlp.add_pipe("policyweave_roles")``; needs those of measures and challenges before it."""
    return Roles()


class Roles:
    """The component that spaCy calls for each sentence; it keeps no state."""

    def __init__(self) -> None:
        register()
        findings.register()

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.roles``."""
        doc._.roles = judge(doc)
        return doc


def judge(doc: Doc) -> dict[Role, float]:
    """The roles of one sentence with the confidence of each."""
    context: SentenceContext = doc._.context
    if context.kind in {"meta", "reference"}:
        return {"meta": 0.95}
    if context.kind in {"table", "note"}:
        return {}
    stated = _stated(doc)
    if context.kind in {"heading", "caption"}:
        return {**stated, "heading": 0.98}
    roles = {**stated, **_told(doc, acted="measure" in stated)}
    background = _background(doc, context, alone=not roles)
    return {**roles, "background": background} if background else roles


def _stated(doc: Doc) -> dict[Role, float]:
    """Measure and challenge, as sure as the surest of the findings."""
    roles: dict[Role, float] = {}
    if doc._.measures:
        roles["measure"] = max(act.confidence for act in doc._.measures)
    if doc._.challenges:
        roles["challenge"] = max(trouble.confidence for trouble in doc._.challenges)
    return roles


def _told(doc: Doc, *, acted: bool) -> dict[Role, float]:
    """Outcome, mechanism and statistic, from cues in the wording."""
    text = text_of(doc)
    roles: dict[Role, float] = {}
    if metadiscourse(doc):
        return roles
    if cues.OUTCOME.search(text) or (acted and cues.PURPOSE.search(text)):
        roles["outcome"] = 0.65
    if not acted and cues.MECHANISM.search(text):
        roles["mechanism"] = 0.65
    if cues.QUANTITY.search(text):
        roles["statistic"] = 0.85
    return roles


def _background(doc: Doc, context: SentenceContext, *, alone: bool) -> float:
    """Confidence that the sentence defines, tells history or speaks of the text; 0 where it does not."""
    if metadiscourse(doc) or cues.DEFINITION.search(text_of(doc)):
        return 0.8
    if alone:
        return 0.6
    return 0.5 if setting_of(context) in {"review", "introduction"} and cues.HISTORY.search(text_of(doc)) else 0.0


Language.factory("policyweave_roles", func=make_roles)
