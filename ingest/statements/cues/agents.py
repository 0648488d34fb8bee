"""Nouns for those who can act on policy, and for texts and studies that cannot."""

from __future__ import annotations

from ingest.statements.cues import words

AGENTS = words(
    """
    government state administration authority ministry minister department agency bureau commission committee
    council cabinet parliament assembly legislature congress senate court municipality city county province
    region district town village country nation republic union federation community prefecture commune borough
    canton territory university college school academy institute institution hospital clinic laboratory
    enterprise company firm business corporation employer industry manufacturer operator supplier utility bank
    fund insurer lender association organisation organization ngo foundation chamber cooperative partner donor
    stakeholder policymaker policy-maker legislator regulator official mayor governor president premier
    secretary farmer producer fisher landowner household citizen worker teacher doctor researcher scientist
    party centre center board body office service police programme program project initiative policy plan
    strategy leader entity unit actor sector place locality member states treasury exchange
    """
)

#: A programme or a law can act ("the programme trains teachers") but is a weaker subject than a body.
INSTRUMENTS = words(
    """
    programme program project initiative policy plan strategy scheme law act measure reform fund industry sector
    """
)

PRONOUNS = words(
    """
    we it they he she this these
    """
)

WORKS = words(
    """
    paper study article research thesis report essay chapter section author literature scholar figure table
    analysis appendix survey annex text discussion finding conclusion review dataset data
    """
)

STUDY_VERBS = words(
    """
    analyse analyze examine explore investigate study discuss review clarify summarise summarize find show
    conclude aim describe present propose construct use employ adopt offer provide draw seek focus attempt take
    combine put argue reveal demonstrate evaluate assess compare identify elaborate contribute fill apply select
    measure conduct outline illustrate depict list report believe point consider highlight suggest indicate
    """
)
