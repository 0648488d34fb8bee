"""Whether somebody in a sentence takes or should take an action, read from the dependency parse."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.statements.cues.actions import CONCRETE
from kg.lexicon.folding import word_set

_DUTY = frozenset({"should", "must", "shall", "ought"})
_WILL = frozenset({"will", "would", "may", "can", "could", "need"})
# What those who make policy do; a place or an institution that does it is its actor.
_ACTIONS = CONCRETE | word_set(
    "accelerate actively adhere adjust adopt advance allocate amend announce apply appoint approve assess assist "
    "attach attract authorize ban boost break bring build call carry certify clarify collaborate collect combine "
    "commission commit comply conduct construct consult continue contribute control convene cooperate coordinate "
    "create cultivate cut decide declare deepen delegate deliver deploy design designate determine develop devise "
    "disclose discover disseminate distribute draft draw earmark educate eliminate emphasize empower enact encourage "
    "endorse enforce engage enhance ensure establish evaluate examine exempt expand explore extend facilitate finance "
    "focus form formulate foster found fulfil fund give grant guarantee guide harmonize help hold host identify "
    "implement impose improve include incorporate increase inform initiate innovate inspect institute integrate "
    "intensify intervene introduce invest issue join launch lead legislate levy liaise license link lower maintain "
    "make manage mandate market mobilize modernize monitor negotiate nominate notify offer open operate optimize "
    "organize oversee participate pass pay penalize perform permit pilot pioneer place plan plant pledge prepare "
    "prevent prioritize procure produce prohibit promote promulgate propose prosecute protect provide publish "
    "purchase pursue push raise ratify realize recommend record recruit reduce reform regulate rehabilitate relax "
    "release rely remove renovate repeal report require resolve respond restore restrict review revise roll "
    "safeguard sanction say seize serve set share sign simplify specify speed spend sponsor stimulate streamline "
    "strengthen stress strive subsidize supervise supply support suspend take target tax teach train transfer "
    "transform undertake unify update upgrade urge use utilize verify vigorously waive withdraw work"
)
_TAKEN = word_set("step measure action lead initiative responsibility charge part decision care advantage account")
# The tokenizer cuts "co-ordination" at its hyphen.
_JOINT = word_set(
    "cooperation collaboration partnership coordination operation ordination alliance synergy consultation"
)
_JOIN = word_set("cooperate collaborate partner work connect link team ally liaise")
_OBJECTS = frozenset({"dobj", "ccomp", "xcomp", "prep", "prt", "dative", "agent", "auxpass"})
# Verbs by which one is brought to act: "require banks to report", "ministries are expected to plan".
_DIRECTING = word_set(
    "advise ask authorize authorise call commission compel direct empower encourage enjoin expect guide instruct "
    "invite mandate mobilize mobilise motivate obligate oblige order permit persuade push request require support task "
    "urge"
)
_PARTAKING = word_set("involve engage")
_TASKS = word_set("commitment decision duty effort initiative intention mandate obligation pledge responsibility task")
_HELD = word_set("authority duty mandate obligation power responsibility right role task")
_BINDING = word_set(
    "accountable answerable authorized bound compulsory crucial essential imperative important incumbent liable "
    "mandate mandatory necessary obligatory obliged required responsible vital"
)
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "relcl"})


def acts(root: Token, *, people: bool = False, place: bool = False, firm: bool = False) -> bool:
    """Whether the noun ``root`` (or the list it belongs to) is who does what a verb says, or is told to do it.

    ``people`` act only where they have a duty, a ``firm`` not where it merely can; a ``place`` acts as a subject or
    behind a full passive, because otherwise it only says where.
    """
    member = _first_conjunct(root)
    head = member.head
    if member.dep_ == "nsubj" and head.pos_ in {"VERB", "AUX"}:
        return _is_action(head, duty_only=people, firm=firm) or (not place and _is_told(member, head))
    if member.dep_ == "nsubjpass":
        return _is_told(member, head) or (not place and _partakes(head))
    if member.dep_ == "pobj" and head.dep_ == "agent":
        return not people and _done(head.head, full=place)
    if place and not (member.dep_ == "pobj" and head.lower_ in {"between", "among"}):
        return False
    return _joins(member, head, people=people) or _is_told(member, head) or _has_task(member, head)


def _first_conjunct(token: Token) -> Token:
    """The first member of a list that the token belongs to."""
    seen = 0
    while token.dep_ == "conj" and token.head.pos_ in {"NOUN", "PROPN"} and seen < 10:
        token, seen = token.head, seen + 1
    return token


def _is_action(verb: Token, *, duty_only: bool, firm: bool) -> bool:
    """An active verb of making policy, or any verb of doing that is said to be a duty."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    duty = bool(auxiliaries & _DUTY) or ("to" in auxiliaries and verb.tag_ == "VB" and not auxiliaries & _WILL)
    if verb.lemma_ == "be":
        return _is_bound(verb) or (duty and not duty_only and any(child.dep_ == "acomp" for child in verb.children))
    if verb.lemma_ == "have":
        held = any(child.dep_ == "dobj" and child.lemma_ in _HELD and _infinitive(child) for child in verb.children)
        return held or any(child.dep_ == "xcomp" and _infinitive_verb(child) for child in verb.children)
    if verb.lemma_ == "need":
        inner = next((child for child in verb.children if child.dep_ == "xcomp"), None)
        return inner is not None and _names_action(inner)
    if duty_only or duty:
        return duty
    able = firm and bool(auxiliaries & {"can", "could", "may"})
    negated = any(child.dep_ == "neg" for child in verb.children)
    directed = any(child.dep_ in _OBJECTS for one in (verb, *_joined(verb)) for child in one.children)
    meant = bool(auxiliaries & _WILL) or verb.tag_ != "VBG"
    return not able and not negated and directed and meant and _names_action(verb)


def _joined(verb: Token) -> list[Token]:
    """Verbs that share the object: "build and maintain roads"."""
    return [child for child in verb.children if child.dep_ == "conj" and child.pos_ == "VERB"]


def _names_action(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    lemma = lemma[:-3] + "ize" if lemma.endswith("ise") and lemma[:-3] + "ize" in _ACTIONS else lemma
    if lemma == "take":
        return any(child.dep_ == "dobj" and child.lemma_ in _TAKEN for child in verb.children)
    return lemma in _ACTIONS


def _is_bound(verb: Token) -> bool:
    """ "Is responsible for roads", "is under an obligation to report"."""
    return any(
        (child.dep_ in {"acomp", "attr"} and child.lemma_.lower() in _BINDING)
        or (child.lower_ == "under" and any(grand.lemma_ in _HELD for grand in child.children))
        for child in verb.children
    )


def _done(verb: Token, *, full: bool) -> bool:
    """Whether a passive tells an action, not a state ("faced by", "owned by"); ``full``: with its auxiliary."""
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    return _names_action(verb) and (passive or not full)


def _is_told(member: Token, verb: Token) -> bool:
    """Who is brought to act: "encourage banks to lend", "banks are required to lend"."""
    if member.dep_ not in {"dobj", "nsubj", "nsubjpass"} or verb.lemma_.lower() not in _DIRECTING:
        told = member.dep_ == "nsubj" and verb.dep_ in {"ccomp", "xcomp"} and verb.head.lemma_.lower() in _DIRECTING
        return told and any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    active_subject = member.dep_ == "nsubj" and verb.tag_ != "VBN"
    return not active_subject and any(child.dep_ in _CLAUSES and _infinitive_verb(child) for child in verb.children)


def _partakes(verb: Token) -> bool:
    """ "Are involved in issuing permits"."""
    within = [child for child in verb.children if child.lower_ == "in" and child.dep_ == "prep"]
    return verb.lemma_ in _PARTAKING and any(grand.dep_ == "pcomp" for child in within for grand in child.children)


def _joins(member: Token, head: Token, *, people: bool) -> bool:
    """Who acts jointly: "cooperation between banks and schools", "in consultation with ministries"."""
    if member.dep_ != "pobj" or people:
        return False
    over = head.head
    joint = {
        over.lemma_.lower(),
        *(child.lemma_.lower() for child in over.children if child.dep_ == "compound"),
    } & _JOINT
    if head.lower_ in {"between", "among"}:
        return bool(joint)
    return head.lower_ == "with" and (bool(joint) or over.lemma_.lower() in _JOIN)


def _has_task(member: Token, head: Token) -> bool:
    """Who has something to do: "the duty of councils to plan", "mandatory for firms to report"."""
    if member.dep_ == "poss":
        return head.lemma_.lower() in _TASKS and _infinitive(head)
    if member.dep_ != "pobj":
        return False
    over = head.head
    if head.lower_ == "of":
        given = over.dep_ == "attr" and (_infinitive(over.head) or over.lemma_ == "responsibility")
        return over.lemma_.lower() in _TASKS and (given or _infinitive(over))
    bound = over.lemma_.lower() in _BINDING and head.lower_ in {"for", "on", "upon"}
    return bound and (_infinitive(over) or _infinitive(over.head) or _infinitive(member))


def _infinitive(token: Token) -> bool:
    return any(child.dep_ in _CLAUSES and _infinitive_verb(child) for child in token.children)


def _infinitive_verb(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(child.lower_ == "to" for child in verb.children)
