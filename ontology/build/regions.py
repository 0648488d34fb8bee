"""Regions: countries, Chinese divisions, first-level divisions and large cities of the world, groups of them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict

from concepts import SOURCES, Concept, Scheme, literal, read_csv, split

SCHEME = Scheme(
    "region",
    "Policyweave regions",
    "Countries, administrative divisions, large cities and groups of regions. Divisions have a broader region; groups "
    "(macro-regions, urban agglomerations, corridors) have members, which are not their parts. pw:regionLevel says "
    "what a region is called in policy texts and nothing about its legal status. Hidden labels are demonyms, and bare "
    "names of districts, which mean the district only where what it lies in is named too.",
    "https://creativecommons.org/licenses/by/4.0/",
    (
        "GB/T 2260 division codes and names, from WTFPL and MIT lists",
        "GeoNames (https://www.geonames.org/, CC BY 4.0): capitals, continents and cities",
        "ISO 3166-1 and 3166-2 codes and names, from Debian iso-codes (LGPL-2.1-or-later) through pycountry",
        "UN M49 and the named organisations: members of groups, written by hand",
    ),
)
_CONTINENTS = {"AF": "AFRICA", "AS": "ASIA", "EU": "EUROPE", "NA": "AMERICAS", "SA": "AMERICAS", "OC": "OCEANIA"}
_TYPE_WORDS = {
    "County": "County",
    "District": "District",
    "Governorate": "Governorate",
    "Municipality": "Municipality",
    "Prefecture": "Prefecture",
    "Province": "Province",
    "Region": "Region",
    "Administrative region": "Region",
    "Autonomous region": "Region",
    "Geographical region": "Region",
    "Regional state": "Region",
    "State": "State",
    "Department": "Department",
    "Canton": "Canton",
    "Republic": "Republic",
    "Territory": "Territory",
}
_ACCENTS = frozenset(
    "\u0300\u0301\u0302\u0303\u0308\u030a\u030c\u0327\u0328"  # grave to diaeresis, ring, caron, cedilla, ogonek
)
_CITY_TYPES = {"City", "Capital city", "Metropolitan city", "Special city", "Municipality", "Autonomous city"}


def _level(value: str) -> tuple[str, str]:
    return "pw:regionLevel", literal(value)


def _plain(name: str) -> str:
    """A name without the marks of scholarly transliterations; the accents of Latin alphabets stay."""
    folded = unicodedata.normalize("NFKD", name)
    marked = "".join(mark for mark in folded if not unicodedata.combining(mark) or mark in _ACCENTS)
    return (
        unicodedata.normalize("NFC", marked)
        .replace("‘", "")
        .replace("’", "'")
        .replace("ʻ", "")
        .replace("ʿ", "")
        .strip()
    )


def _common_words() -> frozenset[str]:
    return frozenset((SOURCES / "common_words.txt").read_text(encoding="utf-8").split())


def _countries() -> list[Concept]:
    usual = {row["iso"]: row for row in read_csv("country_names.csv")}
    concepts = []
    for row in read_csv("countries.csv"):
        iso = row["iso"]
        names = usual.get(iso, {"name": row["name"], "alt": "", "demonyms": ""})
        special = iso in {"HK", "MO"}
        broader = ["CN"] if special else [_CONTINENTS[row["continent"]]] if row["continent"] in _CONTINENTS else []
        if iso == "RU":
            broader = ["EUROPE", "ASIA"]
        official = [row["official"]] if row["official"] else []
        concepts.append(
            Concept(
                iso,
                {"en": names["name"], "zh": row["zh"]},
                {"en": [*split(names["alt"]), *official]},
                split(names["demonyms"]),
                [iso, f"CN-{iso}"] if special else [iso],
                broader,
                extra=[_level("province" if special else "other" if iso in {"TW", "AQ"} else "country")],
            )
        )
    return concepts


def _provinces() -> list[Concept]:
    return [
        Concept(
            row["iso"],
            {"en": row["en"], "zh": row["zh"]},
            {"en": split(row["alt"])},
            notations=[row["iso"], row["code"]],
            broader=["CN"],
            extra=[_level(row["level"])],
        )
        for row in read_csv("provinces.csv")
    ]


def _syllables(name: str) -> int:
    """At least as many syllables as the name has groups of vowels."""
    vowels = [letter in "aeiou" for letter in name.casefold()]
    return sum(1 for before, now in zip([False, *vowels], vowels, strict=False) if now and not before)


def _is_telling(bare: str, common: frozenset[str]) -> bool:
    """Whether a name without its type word can be told from a syllable of something else and from a common word."""
    return (_syllables(bare) > 1 or "'" in bare) and bare.casefold() not in common


def _chinese_divisions() -> list[Concept]:
    provinces = {row["code"]: row["iso"] for row in read_csv("provinces.csv")}
    common = _common_words()
    concepts = []
    for row in read_csv("chinese_divisions.csv"):
        bare = row["bare"]
        usable = row["level"] != "district" and _is_telling(bare, common)
        district = row["level"] == "district" and _is_telling(bare, common)
        names = [bare] if usable else []
        names += [row["official"]] if row["official"] else []
        concepts.append(
            Concept(
                row["code"],
                {"en": row["en"], "zh": row["zh"]},
                {"en": names},
                [bare] if district else [],
                notations=[row["code"]],
                broader=[provinces.get(row["parent"], row["parent"])],
                extra=[_level("other" if row["level"] == "district" else row["level"])],
            )
        )
    return concepts


def _division_level(kind: str) -> str:
    if kind in _CITY_TYPES:
        return "city"
    return {"County": "county", "Municipality": "municipality", "Prefecture": "province"}.get(kind, "province")


def _divisions() -> list[Concept]:
    usual = {row["code"]: row for row in read_csv("division_names.csv")}
    common = _common_words()
    concepts = []
    for row in read_csv("subdivisions.csv"):
        code = row["code"]
        own = _plain(row["name"].split(",")[0])
        name = usual[code]["name"] if code in usual else own
        alternatives = [own, *split(usual[code]["alt"])] if code in usual and name != f"{own} State" else []
        word = _TYPE_WORDS.get(row["type"], "")
        first = name.casefold().split()[0]
        vague = common.issuperset(name.casefold().split()) or (len(name) < 4 and name.isalpha())
        if vague and code not in usual:
            if not word:
                continue
            name = f"{name} {word}"
        elif word == "County" and code.startswith(("KE", "LR")) and first not in common and not name.endswith("County"):
            alternatives.append(name)
            name = f"{name} County"
        alternatives = [text for text in alternatives if text.casefold() not in common]
        concepts.append(
            Concept(
                code,
                {"en": name},
                {"en": alternatives},
                notations=[code],
                broader=[code[:2]],
                extra=[_level(_division_level(row["type"]))],
            )
        )
    return [concept for concept in concepts if concept.id != f"{concept.broader[0]}-{concept.broader[0]}"]


def _cities(divisions: list[Concept]) -> list[Concept]:
    taken: dict[str, set[str]] = defaultdict(set)
    for division in divisions:
        if ("pw:regionLevel", '"city"') in division.extra or division.id in {"DE-BE", "DE-HH", "DE-HB", "JP-13"}:
            taken[division.broader[0]] |= {division.labels["en"], *division.alternatives.get("en", ())}
    common = _common_words()
    concepts = []
    for row in read_csv("cities.csv"):
        name = _plain(row["name"])
        if name in taken[row["country"]] or name.casefold() in common or row["country"] in {"HK", "MO", "XK"}:
            continue
        identifier = f"gn-{row['geonameid']}"
        matched = ("skos:exactMatch", f"<https://sws.geonames.org/{row['geonameid']}/>")
        size = ("pw:population", row["population"])
        concepts.append(
            Concept(identifier, {"en": name}, broader=[row["country"]], extra=[_level("city"), matched, size])
        )
    return concepts


def _groups() -> list[Concept]:
    return [
        Concept(
            row["id"],
            {"en": row["en"]} | ({"zh": split(row["zh"])[0]} if row["zh"] else {}),
            {"en": split(row["alt"]), "zh": split(row["zh"])[1:]},
            broader=row["broader"].split(),
            members=row["members"].split(),
            note=row["note"],
            extra=[_level(row["level"])],
        )
        for row in read_csv("groups.csv")
    ]


def concepts() -> list[Concept]:
    """All regions."""
    divisions = _divisions()
    return [*_countries(), *_provinces(), *_chinese_divisions(), *divisions, *_cities(divisions), *_groups()]
