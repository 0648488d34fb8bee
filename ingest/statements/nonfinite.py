"""The mood of infinitives and gerunds, which mostly have it from the verb or noun that governs them."""

from __future__ import annotations

import re

from spacy.tokens import Token

from ingest.statements import clauses
from ingest.statements.agency import acting_government, agentive, study
from ingest.statements.cues import words
from ingest.statements.cues.actions import CARRIERS, LIGHT, MAKING, PROPOSERS
from ingest.statements.cues.headings import Setting
from ingest.statements.cues.problems import WANTING
from ingest.statements.put import Above, Put

#: "It is … to": what makes an infinitive a duty.
NEEDED = words(
    """
    necessary essential imperative vital crucial advisable urgent recommended required indispensable needed incumbent
    important critical obliged
    """
)
DUTY_VERBS = words(
    "need require oblige urge expect have mandate instruct direct compel task invite encourage call suppose ask"
)
EFFORTS = words(
    "effort measure step action attention emphasis focus priority work support initiative consideration preference"
)
_LEADS = EFFORTS | words("opportunity lead plan decision commitment move chance pledge stride")
_ORDINAL = re.compile(
    r"^(?:one|first|second|third|fourth|fifth|sixth|last|next|other|key|priority|task|goal|objective|aim|solution|way)$",
    re.IGNORECASE,
)


def infinitive(verb: Token, setting: Setting, above: Above) -> Put | None:
    """The mood of "to build": from what needs it, proposes it, carries it on or takes a step towards it."""
    head = verb.head
    if head == verb:
        return Put("command", "proposed", 0.6) if setting == "solution" and clauses.clause_initial(verb) else None
    if _is_needed(head) or head.lower_ == "able":
        found = _enabled(head) if head.lower_ == "able" else _needed(head)
        return found if verb.i > head.i else None
    if verb.dep_ == "conj":
        return above(head) if "to" in clauses.auxiliaries(head) else None
    if head.lemma_ == "be":
        return _to_be(verb, head) if clauses.passive(verb) else _copular(verb, head, setting)
    if verb.dep_ in {"acl", "relcl"} or (head.pos_ == "NOUN" and verb.dep_ == "xcomp"):
        return _noun_led(head, above)
    return _governed(verb, head, above) if verb.dep_ in {"xcomp", "ccomp", "advcl"} else None


def _noun_led(noun: Token, above: Above) -> Put | None:
    """ "There is a need to build", "it took steps to build"."""
    if noun.lemma_.lower() == "need" and noun.head.lemma_ == "be":
        return Put("duty", "proposed", 0.8)
    light = noun.dep_ in {"dobj", "nsubjpass"} and noun.head.lemma_.lower() in LIGHT
    return above(noun.head) if light and noun.lemma_.lower() in _LEADS else None


def _enabled(able: Token) -> Put | None:
    """ "Regions should be able to invest": a right or a means that somebody is to get."""
    subject = clauses.subject(able.head)
    owed = clauses.auxiliaries(able.head) & {"should", "must", "shall"}
    return Put("duty", "proposed", 0.7) if owed and subject is not None and agentive(subject) else None


def _is_needed(head: Token) -> bool:
    return head.lower_ in NEEDED or (head.lemma_ == "be" and any(child.lower_ in NEEDED for child in head.children))


def _needed(head: Token) -> Put | None:
    subject = clauses.subject(head) or clauses.subject(head.head)
    if subject is not None and subject.lower_ not in {"it", "what"} and not agentive(subject):
        return None
    return Put("duty", "proposed", 0.85)


def _copular(verb: Token, head: Token, setting: Setting) -> Put | None:
    """ "The first is to build …" proposes; "the aim of this paper is to explore …" does not."""
    subject = clauses.subject(head)
    if subject is None or subject.pos_ == "VERB" or verb.i < head.i or any(study(t) for t in subject.subtree):
        return None
    between = any(child.i < verb.i and child.pos_ != "ADV" for child in head.rights)
    if between or subject.lower_ in {"it", "what", "which", "this", "that"}:
        return None
    told = head.dep_ in {"ROOT", "conj", "ccomp", "parataxis"}
    fits = _ORDINAL.match(subject.text) or agentive(subject) or setting == "solution"
    return Put("duty", "proposed", 0.78) if told and fits else None


def _to_be(verb: Token, head: Token) -> Put | None:
    """ "A board is to be established"."""
    subject = clauses.subject(head)
    if subject is None or study(subject) or head.tag_ not in {"VBZ", "VBP"} or verb.i - head.i > 4:
        return None
    return Put("duty", "proposed", 0.74)


def _governed(verb: Token, head: Token, above: Above) -> Put | None:
    lemma = head.lemma_.lower()
    subject = clauses.inherited_subject(head)
    if study(subject):
        found = None
    elif lemma in {"make", "take", "give", "place", "put"} and _effort(head):
        found = above(head)
    elif verb.dep_ == "advcl" and lemma not in CARRIERS | LIGHT:
        found = _aim(verb, head, above)
    elif lemma in {"need", "have", "ought"}:
        found = _need(verb, subject)
    elif lemma in DUTY_VERBS and clauses.passive(head):
        hoped = lemma == "expect" and (subject is None or not agentive(subject))
        found = None if hoped else Put("duty", "proposed", 0.78)
    elif lemma in PROPOSERS:
        found = _proposal(head, subject)
    else:
        found = above(head) if lemma in CARRIERS | LIGHT - {"start"} else None
    return found


def _need(verb: Token, subject: Token | None) -> Put | None:
    """Bodies need to act; things need to be put in place. What needs to be improved is a problem, not a measure."""
    if subject is None:
        return None
    if clauses.passive(verb):
        return Put("duty", "proposed", 0.66) if verb.lemma_.lower() not in WANTING else None
    return Put("duty", "proposed", 0.82) if agentive(subject) or subject.lower_ == "it" else None


def _aim(verb: Token, head: Token, above: Above) -> Put | None:
    """The aim in "draw on experience to build a centre" is itself an act: it makes something and follows its verb."""
    if verb.lemma_.lower() not in MAKING - {"introduce"} or verb.i < head.i:
        return None
    if verb.i >= 2 and verb.doc[verb.i - 2].lower_ in {"order", "so", "as", ","}:
        return None
    found = above(head)
    return Put(found.mood, found.status, 0.5) if found else None


def _proposal(head: Token, subject: Token | None) -> Put | None:
    if subject is None or not agentive(subject):
        return None
    advised = head.lemma_.lower() in {"recommend", "suggest", "advise"}
    return Put("intention", "planned" if acting_government(subject) and not advised else "proposed", 0.8)


def gerund(verb: Token, setting: Setting, above: Above) -> Put | None:
    """The mood of "building": carried on, a means to an end, told beside an act, or the opening of a line."""
    head = verb.head
    if verb.dep_ in {"conj", "advcl"} and head.tag_ == "VBG" and clauses.subject(head) is None:
        found = above(head)
        if found is not None:
            return found
    if verb.dep_ == "pcomp" and head.lower_ in {"by", "through"}:
        return _means(head.head, setting, above)
    if verb.dep_ in {"xcomp", "ccomp", "dobj", "pcomp"}:
        return _complement(verb, setting, above)
    if verb.dep_ in {"advcl", "acl", "conj"} and clauses.listed_item(verb, setting):
        return Put("gerund", "proposed", 0.66)
    if verb.dep_ == "advcl" and verb.i > head.i and verb.lemma_.lower() in MAKING | {"focus"}:
        return _accompanying(verb, setting, above)
    return _opening(setting) if verb.dep_ == "ROOT" and clauses.clause_initial(verb) else None


def _complement(verb: Token, setting: Setting, above: Above) -> Put | None:
    governor = verb.head.head if verb.dep_ == "pcomp" else verb.head
    lemma = governor.lemma_.lower()
    if lemma in {"include", "involve"}:
        return _included(governor, setting)
    if lemma in {"give", "pay", "place", "make"} and _effort(governor):
        return above(governor)
    if lemma in CARRIERS | {"prioritise", "prioritize"}:
        return above(governor)
    if verb.dep_ == "pcomp" and lemma in LIGHT | {"lead"} and verb.head.lower_ == "in":
        return above(governor)
    if lemma in PROPOSERS - {"call"}:
        return None if study(clauses.inherited_subject(governor)) else Put("duty", "proposed", 0.75)
    return None


def _effort(verb: Token) -> bool:
    """Whether the verb's subject is an effort: "priority shall be given to …"."""
    subject = clauses.inherited_subject(verb)
    return subject is not None and subject.lemma_.lower() in EFFORTS


def _included(governor: Token, setting: Setting) -> Put | None:
    subject = clauses.subject(governor)
    named = subject is not None and subject.lower_ in {"this", "it", "these", "they", "measures"}
    return Put("gerund", "proposed", 0.68) if named and setting in {"solution", "summary"} else None


def _means(main: Token, setting: Setting, above: Above) -> Put | None:
    """The means in "by improving X, we can …" is recommended where solutions are told or conclusions drawn."""
    found = above(main)
    if found is not None:
        return Put(found.mood, found.status, min(found.strength, 0.58))
    subject = clauses.inherited_subject(main)
    told = setting in {"solution", "summary"} and subject is not None and agentive(subject)
    return Put("gerund", "proposed", 0.62) if told and subject is not None and subject.lower_ != "they" else None


def _accompanying(verb: Token, setting: Setting, above: Above) -> Put | None:
    """ "The town values talent, introducing 18 rules": a concrete act told beside the verb of an acting subject."""
    subject = clauses.inherited_subject(verb.head)
    if subject is None:
        return Put("done", "implemented", 0.52) if setting == "practice" else None
    if study(subject) or not agentive(subject) or subject.lower_ in {"this", "that"}:
        return None
    main = above(verb.head)
    if main is not None:
        return Put(main.mood, main.status, min(main.strength, 0.62))
    told = verb.head.tag_ in {"VBZ", "VBD", "VBP"} and setting not in {"theory", "problem", "review"}
    return Put("done", "implemented", 0.62) if told else None


def _opening(setting: Setting) -> Put | None:
    """A sentence or heading that is a gerund phrase names an action."""
    if setting == "solution":
        return Put("gerund", "proposed", 0.72)
    if setting in {"practice", "summary"}:
        return Put("gerund", "implemented" if setting == "practice" else "proposed", 0.6)
    return None
