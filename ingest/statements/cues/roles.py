"""Wording that marks outcomes, mechanisms, statistics, definitions and history."""

from __future__ import annotations

from ingest.statements.cues import wordings

OUTCOME = wordings(
    r"""
    \b(?:so as to|thereby|thus \w+ing|resulting in|leading to|as a result|consequently)\b
    \bwill (?:also )?(?:help|enable|allow|contribute|benefit|save|lead|bring|create)\b
    \bhelp(?:s|ed|ing)? (?:to )?(?:achieve|solve|realise|realize|reach|improve|reduce|raise|promote)\b
    \b(?:has|have|had) (?:\w+ly )?(?:improved|increased|risen|fallen|grown|reduced|boosted|raised|enhanced|achieved|
    benefited|created|doubled|halved|attracted|led|brought)\b
    \b(?:achieved|reached|won|benefited|gained|attained)\b|\bremarkable (?:results|achievements)\b
    \bsuccessfully\b
    """
)

PURPOSE = wordings(
    r"""
    \b(?:in order to|so that|to (?:better )?(?:ensure|enhance|improve|achieve|help|promote|reduce|form|provide|
    realise|realize))\b
    """
)

MECHANISM = wordings(
    r"""
    \b(?:promotes?|drives?|fosters?|enables?|facilitates?|stimulates?|enhances?|strengthens?|improves?|
    optimi[sz]es?|boosts?|accelerates?|reshapes?|determines?|underpins?|depends? on|relies on|contributes? to|
    leads? to|gives? rise to|plays? an? \w+ role|provides? (?:a )?(?:strong|solid|new|important|sustained)|injects?|
    attracts?)\b
    \bcan (?:\w+ly )?(?:help|promote|improve|increase|reduce|raise|drive|enhance|lower|strengthen|optimi[sz]e|
    provide|create|generate|lead|foster|directly)\b
    \bconducive to\b
    \b(?:key|crucial|vital|important|essential|core|main) (?:to|for|factor|driver|driving force|force|engine|
    condition)\b
    \bthe (?:higher|lower|more|better)\b.*\bthe (?:higher|lower|more|better)\b|\blies in\b|\bdriving force\b
    """
)

QUANTITY = wordings(
    r"""
    \d(?:[\d.,]*\d)?\s*(?:%|percent\b|per\s?cent\b|percentage points?\b)
    \b\d(?:[\d.,]*\d)? (?:thousand|million|billion|trillion|yuan|dollars?|euros?|usd|eur|rmb|rupees|kwacha|tonnes?|
    tons?|hectares?|km|kilomet\w+|mw|gw|gwh|people|persons|households|jobs|workers|beds|schools|units|patients|
    students|enterprises|firms|companies|provinces|countries)\b
    [$€£¥]\s?\d|\b\d{1,3}(?:,\d{3})+\b
    """
)

DEFINITION = wordings(
    r"""
    \b(?:refers? to|is defined as|are defined as|means (?:that|the|any|a)\b|so-called|is characteri[sz]ed by|
    are characteri[sz]ed by|in essence|the essence of|is an? (?:new|advanced|important|kind|form|type)\b|
    represents? a)\b
    """
)

HISTORY = wordings(
    r"""
    \b(?:in (?:19|20)\d\d|since (?:the|19|20)|in recent years|first proposed|for the first time|historically|
    according to)\b
    """
)
