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

# Verbs, adjectives and adverbs of everyday use: a reason that names them as missing would say nothing.
_ORDINARY = (
    "accept achieve act active add afford agree allow allowed annual appear apply arrange arrive ask attract avoid "
    "aware bar based become begin believe bigger biggest block blocked boost bring broad build built busy buy care "
    "careful carry catch cause certain change charge cheap check choose clean clear close collect combat come comes "
    "coming common complete connect control cool copy correct count cover create cure curb current cut daily decide "
    "decline deep demand depend different difficult direct dominate double draw drive drop earn ease easy encourage "
    "end ended enjoy enough enter entire equal escape exact expand expect expensive extend fail fall false fast fear "
    "feel fewer fight fill final finance finish fit fix follow free frequent fresh full future gain gather general "
    "gentle gifted go going gone grant greater greatest grow grows grew grown guard guide halt happy hard heal heavy "
    "hide hinder hire hold huge hurt improve include increase inform inspect intend invite involve join jump keep "
    "kept kill land last late launch lead learn leave left legal lend let level lift limit listen little live load "
    "local lose lost love lower lowest mandatory manage match measure meet mend miss mix modern monitor move "
    "national native near necessary nice normal nudge obey obtain occur official open order organise own partial "
    "pass patchy pay paid perform pick play pleasant popular possible prefer prepare present press pretend prevent "
    "private produce promise promote proper protect prove provide public pull punish push quick quit raise rare "
    "reach "
    "react read ready real receive recover refuse regular reject relate remain remedy remove repair replace require "
    "respond rest restore restrict retain return revive rich rise risk rule run safe safeguard sale save seek select "
    "sell send separate serious serve set settle severe shape share shift shoot shrink sign simple sit skip slow "
    "smooth soft sold special specific spend spent spread stand stay stick stop store strange strict strong "
    "struggle subject suffer suitable supply surprise survive switch talk teach team test thrive tie total touch "
    "train travel treat trigger true trust turn turned undergo understand urgent useful usual vary visit vital "
    "voluntary "
    "wait wake walk warn wash watch weak wealthy wear weird whole wide widespread willing win wish won wonder "
    "worried worry worth write folks guys stuff bit bits plenty kind sorts anything something nothing everybody "
    "anyone "
    "someone somebody nobody everyone everything annually monthly nowadays currently presently apart aside abroad "
    "minimum maximum medium average million billion hand part parts offered decided number percent early late "
    "moreover maybe perhaps please thanks hello hi versus vs roughly approximately exactly precisely mostly mainly "
)

# Past forms that no ending betrays.
_IRREGULAR = (
    "ate became become began begun bought brought came caught chose chosen crept dealt drank drawn drew driven drove "
    "eaten fallen fed fell felt fled flew flown forbade forbidden forgot forgotten forgave forgiven fought found froze "
    "frozen gave given heard held hid hidden hung knew known laid lain lay led lit lost meant met misunderstood "
    "mistaken overcame paid proven ran rang risen rode ridden rose rung sang sank sat saw shook shaken shone shot "
    "shrank shrunk slept slid sought sank sunk spoke spoken sprang sprung stole stolen stood struck stuck strove "
    "striven swam swore sworn swung taken taught thought threw thrown told took torn tore underwent undergone "
    "understood undertook undertaken went withdrew withdrawn woke woken won wore worn wrote written "
)

STOP = frozenset(_STOP.split())
ASKING = frozenset(_ASKING.split())
COMMON = STOP | ASKING
ORDINARY = COMMON | frozenset((_ORDINARY + _IRREGULAR).split())
