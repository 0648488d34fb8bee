"""What numbers are measured in: currencies, shares, scales, physical units, as patterns to match behind a number."""

from __future__ import annotations

import re
from typing import Literal

UnitKind = Literal["money", "percent", "measure", "time", "times", "count"]

_CODES = (
    "AED ARS AUD BDT BGN BHD BRL BWP CAD CHF CLP CNY COP CZK DKK DZD EGP ETB EUR GBP GEL GHS "
    "HKD HUF IDR ILS INR IQD IRR ISK "
    "JMD JOD JPY KES KHR KRW KWD KZT LAK LBP LKR MAD MMK MNT MUR MWK MXN MYR MZN NAD NGN NOK NPR "
    "NZD OMR PEN PHP PKR PLN QAR "
    "RMB RON RSD RUB RWF SAR SEK SGD THB TND TRY TTD TWD TZS UAH UGX USD UYU UZS VND XAF XOF ZAR ZMW"
)
_CODE = "|".join(_CODES.split())
_SYMBOL = r"(?:US|AU|NZ|HK|NT|A|C|S|R|N)?\$|[€£¥₹₦₱₩₫₺₽₴₪₵]|RM|Rs\.?|Ksh\.?|KSh\.?|Ush\.?|Tsh\.?|Tk\.?"
_MONEY_WORD = (
    r"(?:(?:US|U\.S\.|American|Australian|Canadian|Singapore|Hong Kong|Kenyan|Ugandan|Tanzanian"
    r"|Indian|Pakistani|Egyptian|"
    r"Swiss|Mexican|Chilean|Argentine|Colombian|Philippine|Brazilian|Danish|Norwegian|Swedish|Czech|CFA|Chinese)\s+)?"
    r"(?:yuan|renminbi|dollars?|euros?|cents?|pounds?(?: sterling)?|yen|won|rupees?|rupiahs?"
    r"|rand|naira|pesos?|reais|r[ou]+bles?|"
    r"hryvnias?|lira|dirhams?|riyals?|rials?|shillings?|baht|dong|ringgits?|francs?|kron[aeo]r?"
    r"|zlotys?|taka|birr|cedis?|dinars?|"
    r"forints?|kwacha|pula|soles|shekels?|tenge|leva|lei)"
)
_PERCENT = r"%|‰|per\s?cent(?:age)?(?:[\s-]points?)?|percentage[\s-]points?|pp\b|ppts?\b|basis points?|bps\b"
_TIME = r"(?:working |calendar )?(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centuries)\b"
_TIMES = r"times\b|[- ]?fold\b|[x×](?!\w)"
_CARBON = (
    r"(?:\s?(?:of )?(?:CO2(?:[- ]?(?:equivalent|eq|e)\b)?|CO₂(?:e|eq)?"
    r"|carbon dioxide(?: equivalent)?|standard coal(?: equivalent)?|oil equivalent))?"
)
_MEASURE = (
    rf"(?:metric )?(?:(?:kilo|mega|giga)?tonn?es?|tons?|Mt|Gt|kt){_CARBON}(?!\w)|t{_CARBON}(?!\w)"
    rf"|[MG]?tCO2e?\b|kilogram(?:me)?s?|kg\b|grams?\b|"
    r"(?:square|cubic|sq\.?|cu\.?)[\s-](?:kilomet(?:re|er)s?|met(?:re|er)s?|miles?|feet|foot|km|m|ft)\b|"
    r"(?:kilo|centi|milli|nano)?met(?:re|er)s?\b|(?:km|cm|mm|nm)[²³23]?(?!\w)|m[²³23](?!\w)"
    r"|miles?\b|feet\b|inch(?:es)?\b|"
    r"hectares?\b|ha\b|acres?\b|mu\b|lit(?:re|er)s?\b|barrels?(?: of oil)?(?: (?:per|a) day)?\b"
    r"|bushels?\b|quintals?\b|"
    r"[kMGTP]?Wh?p?\b|(?:kilo|mega|giga|tera)watts?(?:[- ]?hours?)?\b|[PEGTM]J\b|(?:mega|giga"
    r"|tera|peta|exa)?joules?\b|"
    r"[°º](?:\s?[CF]\b)?|degrees?(?:\s(?:C|F|Celsius|Fahrenheit|centigrade))?\b|ppm\b|ppb\b|[µμ]g/m[³3]|dB\b|"
    r"[kMGTP]bps\b|[KMGTPE]B\b|(?:[KMGTPE]|peta|exa)?flops\b|TEUs?\b|DALYs?\b|m\b"
)
_PER = (
    r"(?:\s?(?:per|for every|every|/)\s?(?:(?:\d[\d,. ]*\d|\d)(?:\s(?:thousand|million|hundred))?\s)?"
    r"(?:(?:square|cubic|live|capita|unit|live-born)\s?)?[A-Za-z°²³23]*"
    r"|\sout of (?:a total of )?\d+(?![\d.,]*\d|\s?%)|\s(?:a|an|each) (?:year|day|month|week|person"
    r"|head|hour|tonne|ton|lit(?:re|er)|kilo(?:gram(?:me)?)?|kg|hectare|acre|household|child|pupil|student|worker"
    r"|barrel|unit|share|trip|MWh|kWh)\b)?"
)

SCALE = re.compile(
    r"[\s-]?(?P<scale>hundred million|hundred thousand|thousand million|ten thousand"
    r"|thousand crore|lakh crore|"
    r"(?:hundred|thousand|million|billion|trillion|quadrillion|lakh|crore)s?\b|(?:mn|mln|bn|bln"
    r"|tn|trn)\b|万亿|亿|万)",
    re.IGNORECASE,
)
SHORT_SCALE = re.compile(r"\s?(?P<scale>[mbkM])(?![\w²³])")
CURRENCY_BEFORE = re.compile(rf"(?:(?<![A-Za-z])(?:{_CODE})|(?<![A-Za-z])(?:{_SYMBOL}))\s?$")
UNIT = re.compile(
    rf"[\s-]?(?:(?P<percent>{_PERCENT})|(?P<money>(?:{_MONEY_WORD}\b|(?:{_CODE})\b|[€£₹]|US\$|元))|(?P<times>{_TIMES})"
    rf"|(?P<time>{_TIME})|(?P<measure>{_MEASURE}))"
)
PER = re.compile(_PER)
OF_CARBON = re.compile(r"\sof (?:CO2|CO₂|carbon dioxide)\w*(?: equivalent)?")
