"""English function words and words that questions are made of: they say how something is asked, not about what."""

from __future__ import annotations

_STOP = (
    "a about after again against all also although am among an and any are as at away back be because been "
    "before being between both but by can could despite did do does doing done down during each either else etc "
    "even ever every for from further get gets getting give given go goes got had has have having he her here "
    "hers him his how however i if in instead into is it its itself just let like made make makes making many "
    "may me might mine more most much must my neither no nor not nothing now of off often on once one only onto "
    "or other others otherwise our ours out over own per put quite rather s same say see shall she should since "
    "so some such t than that the their theirs them themselves then there therefore these they thing things "
    "this those through thus to together too toward towards under until up upon us use used using very via was "
    "way ways we were what whatever when where whether which while who whom whose why will with within without "
    "would yes yet you your yours "
)
_ASKING = (
    "actually address addressed addresses advice advise advised already answer answers aspect aspects author "
    "authors bad best better big call called case cases challenge challenges compare comparison concern "
    "concerns consider considered cope currently deal describe described details difficulties difficulty "
    "discuss discussed document documents effect effects exactly example examples exist explain face faced "
    "faces facing fact facts far find good great handle happen happening happens help helps high idea ideas "
    "impact important improve improved introduce introduced issue issues kind kinds know lack lacking large "
    "less like list long lot lots low main mean meaning means meant measure measures mention mentioned name "
    "need needed needs new obstacle obstacles offer offered old paper papers people place places plan planned "
    "plans point points policies policy possible problem problems proposal proposals propose proposed really "
    "reason reasons recent recently recommend recommendation recommendations recommended reduce related report "
    "reports right role said seen short show shown situation small solution solutions solve sort start step "
    "steps studies study success successful suggest suggested suggestion suggestions support tackle take taken "
    "tell there think thought today try type types want wants well work works worse wrong year years "
)

STOP = frozenset(_STOP.split())
ASKING = frozenset(_ASKING.split())
COMMON = STOP | ASKING
