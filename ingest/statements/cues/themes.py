"""Word stems and phrases for each policy theme with their weights (1 weak, 2 plain, 3 decisive)."""

from __future__ import annotations

from kg.records import Theme


def _weigh(strong: str, plain: str, weak: str = "") -> dict[str, float]:
    weighted = dict.fromkeys(weak.split(), 1.0)
    weighted.update(dict.fromkeys(plain.split(), 2.0))
    weighted.update(dict.fromkeys(strong.split(), 3.0))
    return weighted


#: Themes that are about a field of their own; the rest name ways and means that occur in every field.
SPECIFIC: frozenset[Theme] = frozenset(
    {"talent", "education", "digital", "green", "finance", "opening-up", "agriculture-rural", "infrastructure", "urban"}
)

STEMS: dict[Theme, dict[str, float]] = {
    "talent": _weigh(
        "talent apprentic workforce nurse recruit brain",
        """
        skilled skill worker staff employ vacanc job personnel graduate expert professional retention migra
        unemploy midwi physician
        """,
        "labour labor train wage salar human young youth people teacher",
    ),
    "education": _weigh(
        "school curricul educat teacher pupil kindergarten textbook classroom",
        "universit college student academic discipline vocational campus teaching lesson scholar literacy",
        "train learn awareness institute",
    ),
    "digital": _weigh(
        "digital broadband cyber e-government algorithm internet informatiz informatis",
        "data online software smart computing cloud 5g platform ict intelligen telecom electronic",
        "network information spatio geospatial automat",
    ),
    "green": _weigh(
        """
        pollut carbon emission climat biodivers ecolog renewable recycl decarbon deforest wastewater
        greenhouse green contaminat wildlife wetland afforest
        """,
        """
        environment energy waste forest solar wind conserv ecosystem soil habitat battery batteries tree
        trees flood drought sustainab catchment erosion
        """,
        "clean natural resource water air efficien mining",
    ),
    "finance": _weigh(
        "debt fiscal loan credit budget subsid tax taxes taxation bond deficit pension borrow insur",
        """
        financ fund bank invest capital revenue expenditure grant monetary spending collateral levy levies
        fee fees compensat tariff
        """,
        "cost price payment money incentive",
    ),
    "opening-up": _weigh(
        "export import overseas foreign cross-border multinational internationali abroad",
        "trade international global opening external customs diplomatic world bilateral multilateral",
        "open outward brand market countries",
    ),
    "regional-coordination": _weigh(
        "interregional inter-regional cross-regional",
        "regional disparit coordinated cohesion convergen",
        "region imbalanc unbalanc uneven province provinc area neighbour neighbor coordinat collaborat agglomeration",
    ),
    "governance": _weigh(
        "governance legislat corrupt accountab bureaucra transparen judicial",
        """
        regulat law laws legal enforcement licens supervis decentral compliance permit audit inspect monitor
        institution authorit
        """,
        """
        policy policies administrat ministr mechanism system reform public plan strateg coordinat
        report standard rule agency agencies stakeholder committee council management
        """,
    ),
    "innovation": _weigh(
        "innovat patent r&d laborator invention startup start-up",
        "technolog scientific science research incubat commerciali entrepreneur prototype disruptive breakthrough",
        "creativ knowledge experiment",
    ),
    "infrastructure": _weigh(
        "infrastructur railway rail bridge airport sewer grid highway metro",
        """
        road roads transport facilit hospital building logistic freight bus buses station port ports
        electrif clinic housing
        """,
        "water service equipment construct network hub power",
    ),
    "agriculture-rural": _weigh(
        "agricult agroforest farm rural village crop livestock fisher fishing irrigat harvest peasant smallholder",
        "seed fertili grazing cattle orchard dairy countryside planting",
        "food land forest soil tree",
    ),
    "urban": _weigh(
        "urban slum municipal metropolitan",
        "city cities housing neighbourhood neighborhood suburb renter tenant",
        "town pedestrian resident community",
    ),
    "industry-upgrading": _weigh(
        "industr manufactur overcapacity",
        "cluster enterprise firm sector business compan steel automobile textile processing tourism supply-chain",
        """
        factor supply chain productiv product competitive upgrad transform moderni economic economy growth
        market structur momentum
        """,
    ),
    "other": {},
}

PHRASES: dict[Theme, dict[str, float]] = {
    "talent": {"human capital": 3.0, "human resource": 3.0, "skilled worker": 3.0, "skills training": 3.0},
    "education": {"vocational training": 3.0, "basic education": 3.0},
    "digital": {
        "artificial intelligence": 2.0,
        "big data": 3.0,
        "information technolog": 3.0,
        "internet of things": 3.0,
    },
    "green": {"low carbon": 3.0, "natural resource": 3.0, "clean energy": 3.0, "air quality": 3.0},
    "finance": {"financial institution": 3.0, "capital market": 3.0, "public spending": 3.0, "real economy": 1.0},
    "opening-up": {
        "opening up": 4.0,
        "opening to": 3.0,
        "going global": 4.0,
        "belt and road": 5.0,
        "global value chain": 3.0,
        "with countries": 4.0,
    },
    "regional-coordination": {
        "regional cooperation": 4.0,
        "regional development": 2.0,
        "between regions": 4.0,
        "across regions": 4.0,
        "among regions": 4.0,
        "among provinces": 2.0,
        "cross regional": 4.0,
        "regional disparit": 4.0,
        "regional imbalanc": 4.0,
        "urban and rural": 4.0,
        "urban rural": 4.0,
        "eastern and western": 4.0,
        "western and eastern": 4.0,
        "north and south": 4.0,
        "eastern region": 3.0,
    },
    "governance": {
        "rule of law": 4.0,
        "public participation": 3.0,
        "policy support": 2.0,
        "support polic": 2.0,
        "institutional mechanism": 3.0,
        "public administration": 3.0,
    },
    "innovation": {"scientific and technological": 3.0, "science and technology": 3.0, "research institut": 2.0},
    "infrastructure": {
        "public service": 2.0,
        "supporting facilities": 3.0,
        "public transport": 3.0,
        "data cent": 3.0,
        "water supply": 3.0,
        "computing infrastructure": 3.0,
    },
    "agriculture-rural": {"rural revitali": 4.0, "food security": 3.0},
    "urban": {"public housing": 3.0, "urban renewal": 4.0, "urban planning": 4.0},
    "industry-upgrading": {
        "emerging industr": 3.0,
        "industrial structure": 3.0,
        "industrial cluster": 3.0,
        "industrial chain": 3.0,
        "industrial upgrading": 3.0,
        "value chain": 2.0,
    },
}
