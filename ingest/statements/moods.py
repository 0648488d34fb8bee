"""How a verb is put: as a duty, a recommendation, an intention, a command, a report of what was done, or none of these.

A measure is an action verb in one of these moods. The mood also settles the measure's status.
"""

from __future__ import annotations

from spacy.tokens import Token

from ingest.statements import clauses
from ingest.statements.agency import acting_government, agentive, effect, study
from ingest.statements.cues.actions import ALL, CARRIERS, CONCRETE, EFFECTS, LIGHT, MAKING, PROPOSERS
from ingest.statements.cues.agents import INSTRUMENTS, PRONOUNS, STUDY_VERBS
from ingest.statements.cues.headings import Setting
from ingest.statements.legal import legal_effect
from ingest.statements.nonfinite import NEEDED, gerund, infinitive
from ingest.statements.put import Put
from kg.records import MeasureStatus

_DUTY = frozenset({"should", "must", "shall", "ought"})
_POSSIBLE = frozenset({"can", "could", "may", "might", "would"})
#: "The agency will be based in …": where a body gets its seat is decided by somebody.
_SEATED = frozenset({"locate", "house", "base"})
_BEING = frozenset({"is", "are", "was", "were", "been", "be", "am"})


def put(verb: Token, setting: Setting, depth: int = 0) -> Put | None:
    """The mood of a verb, or None where it only tells a purpose, an effect or a general truth."""
    if depth > 8 or clauses.negated(verb):
        return None

    def above(other: Token) -> Put | None:
        return put(other, setting, depth + 1)

    auxiliaries = clauses.auxiliaries(verb)
    if auxiliaries & _DUTY:
        found = _duty(verb, setting)
    elif "to" in auxiliaries:
        found = infinitive(verb, setting, above)
    elif auxiliaries & {"will", "'ll"}:
        found = _intention(verb, setting)
    elif auxiliaries & _POSSIBLE:
        found = _possibility(verb, setting)
    elif _leans(verb):
        found = _coordinated(verb, setting, depth)
    elif verb.tag_ == "VBG" and not auxiliaries & _BEING:
        found = gerund(verb, setting, above)
    elif _demanded(verb):
        found = Put("duty", "proposed", 0.78)
    elif clauses.subject(verb) is None and clauses.base_form(verb):
        found = _command(verb, setting)
    else:
        found = _finite(verb, setting)
    return found


def _demanded(verb: Token) -> bool:
    """ "It is essential that programmes are set up", "the panel recommends that fees be abolished"."""
    if verb.dep_ != "ccomp" or not any(child.lower_ == "that" for child in verb.lefts):
        return False
    head = verb.head
    needed = head.lower_ in NEEDED or any(child.lower_ in NEEDED for child in head.children if head.lemma_ == "be")
    needed = needed or (head.lemma_ == "be" and any(_of_importance(child) for child in head.children))
    return bool(needed or head.lemma_.lower() in {"recommend", "propose", "demand", "urge", "require", "advise"})


def _of_importance(preposition: Token) -> bool:
    """ "It is of particular importance that …"."""
    return preposition.lower_ == "of" and any(
        child.lower_ in {"importance", "essence"} for child in preposition.children
    )


def _leans(verb: Token) -> bool:
    """Whether the verb has its mood from the one that it is coordinated with."""
    if verb.dep_ not in {"conj", "dep"} or clauses.subject(verb) is not None or clauses.auxiliaries(verb):
        return False
    return verb.head.pos_ in {"VERB", "AUX"} and not clauses.fresh(verb)


def _duty(verb: Token, setting: Setting) -> Put | None:
    subject = clauses.inherited_subject(verb)
    if (
        study(subject)
        or (subject is not None and subject.lower_ == "it" and setting != "solution")
        or legal_effect(verb)
    ):
        return None
    acting = subject is None or agentive(subject) or clauses.passive(verb) or subject.lower_ == "there"
    return Put("duty", "proposed", 0.88 if acting else 0.8 if setting == "solution" else 0.55)


def _intention(verb: Token, setting: Setting) -> Put | None:
    subject = clauses.inherited_subject(verb)
    if subject is None or study(subject) or clauses.conditional(verb):
        return None
    if clauses.passive(verb):
        return (
            Put("intention", "planned", 0.7) if verb.lemma_.lower() in CONCRETE - EFFECTS | MAKING | _SEATED else None
        )
    if not agentive(subject) or (subject.lower_ in {"this", "these", "they", "it"} and not _announced(verb)):
        return None
    if subject.lemma_.lower() in INSTRUMENTS and setting != "solution":
        return None
    return Put("intention", "proposed" if subject.lower_ == "we" else "planned", 0.7 if setting == "theory" else 0.85)


def _announced(verb: Token) -> bool:
    """ "The ministry said that it will …": the pronoun stands for a body."""
    speaker = clauses.subject(verb.head) if verb.dep_ == "ccomp" else None
    return speaker is not None and speaker.pos_ != "PRON" and agentive(speaker)


def _possibility(verb: Token, setting: Setting) -> Put | None:
    """A body that can build something is advised to where solutions are told, and described everywhere else."""
    subject = clauses.inherited_subject(verb)
    if setting != "solution" or subject is None or not agentive(subject) or verb.lemma_.lower() not in CONCRETE:
        return None
    described = subject.lower_ in PRONOUNS and subject.lower_ != "we"
    return None if described or clauses.auxiliaries(verb) & {"would", "might"} else Put("possibility", "proposed", 0.6)


def _coordinated(verb: Token, setting: Setting, depth: int) -> Put | None:
    head = verb.head
    alike = clauses.base_form(verb) and (clauses.auxiliaries(head) or clauses.base_form(head))
    if _form(verb) == _form(head) or alike:
        above = put(head, setting, depth + 1)
        return Put(above.mood, above.status, above.strength - 0.02) if above else None
    if head.lemma_ == "be" and any(child.lower_ in NEEDED for child in head.children) and clauses.base_form(verb):
        return Put("duty", "proposed", 0.84)
    if head.lemma_.lower() in CARRIERS | PROPOSERS and verb.tag_ == "VB":
        return put(head, setting, depth + 1)
    return None


def _form(verb: Token) -> str:
    """Tag with past tense and past participle as one: "has built …, organised …"."""
    return "VBD" if verb.tag_ == "VBN" else str(verb.tag_)


def _command(verb: Token, setting: Setting) -> Put | None:
    if not clauses.clause_initial(verb) or verb.lemma_.lower() not in ALL:
        return None
    status: MeasureStatus = "implemented" if setting == "practice" else "proposed"
    return Put("command", status, 0.8 if setting in {"solution", "summary", "practice", "unknown"} else 0.66)


def _finite(verb: Token, setting: Setting) -> Put | None:
    subject = clauses.inherited_subject(verb)
    if subject is None or study(subject) or (setting == "review" and verb.lemma_.lower() in STUDY_VERBS):
        return None
    if clauses.supposed(verb):
        return None
    past = _past(verb)
    if verb.tag_ == "VBN" and not past:
        return Put("duty", "proposed", 0.7) if _subjunctive(verb, subject) else None
    if clauses.passive(verb):
        return _passive(verb, subject, setting) if past else None
    if not agentive(subject) or verb.lemma_.lower() not in ALL | LIGHT or subject.lower_ in {"this", "that"}:
        return None
    return _done(verb, setting) if past else _present(subject, verb.lemma_.lower(), setting)


def _subjunctive(verb: Token, subject: Token) -> bool:
    """ "A cell be set up in each district": a bare *be* after a subject of its own asks for something."""
    be = [child for child in verb.children if child.dep_ == "auxpass" and child.lower_ == "be"]
    main = verb.dep_ in {"ROOT", "conj", "ccomp", "parataxis"}
    return bool(be) and main and subject.i < be[0].i and not clauses.auxiliaries(verb) - {"be"}


def _past(verb: Token) -> bool:
    """Past tense, a perfect, a past passive, or a bare participle coordinated with one of them."""
    if verb.tag_ == "VBN" and verb.dep_ in {"conj", "dep"} and clauses.auxiliaries(verb.head) & {"has", "have", "had"}:
        return True
    tensed = clauses.auxiliaries(verb) & {"has", "have", "had", "was", "were", "been"}
    return bool(verb.tag_ == "VBD" or (verb.tag_ == "VBN" and tensed))


def _done(verb: Token, setting: Setting) -> Put | None:
    """What a body has done; a subject-less effect verb ("output developed") is none of its acts."""
    lemma = verb.lemma_.lower()
    led_to = any(child.lower_ == "to" and child.dep_ == "prep" for child in verb.children)
    if lemma == "lead" and led_to:
        return None
    strength = 0.8 if lemma in CONCRETE - EFFECTS else 0.66
    told = setting in {"problem", "theory", "introduction", "review"} and lemma not in CONCRETE
    return Put("done", "implemented", strength - (0.12 if told else 0.0))


def _present(subject: Token, lemma: str, setting: Setting) -> Put | None:
    general = subject.lower_ in {"it", "they", "these"} or subject.lemma_.lower() in INSTRUMENTS
    if setting == "solution" and lemma in ALL and not general:
        return Put("practice", "proposed", 0.62)
    told = setting in {"unknown", "introduction", "summary"} and acting_government(subject)
    return Put("practice", "implemented", 0.6) if lemma in CONCRETE and (setting == "practice" or told) else None


def _passive(verb: Token, subject: Token, setting: Setting) -> Put | None:
    telling = MAKING if setting in {"theory", "review"} else CONCRETE - EFFECTS
    return Put("done", "implemented", 0.68) if verb.lemma_.lower() in telling and not effect(subject) else None
