"""Names for the words that Reuters tagged its dispatches with in 1987: `west-germany` is West Germany.

The topics are named as the collection's own list of categories explains them.
"""

TOPICS = {
    "acq": "mergers and acquisitions",
    "alum": "aluminium",
    "austdlr": "Australian dollar",
    "austral": "Argentine austral",
    "bfr": "Belgian franc",
    "bop": "balance of payments",
    "can": "Canadian dollar",
    "castorseed": "castor seed",
    "citruspulp": "citrus pulp",
    "cornglutenfeed": "corn gluten feed",
    "cpi": "consumer price index",
    "cpu": "capacity utilisation",
    "crude": "crude oil",
    "cruzado": "Brazilian cruzado",
    "dfl": "Dutch guilder",
    "dkr": "Danish krone",
    "dlr": "US dollar",
    "dmk": "German mark",
    "drachma": "Greek drachma",
    "earn": "earnings and earnings forecasts",
    "escudo": "Portuguese escudo",
    "f-cattle": "feeder cattle",
    "ffr": "French franc",
    "fuel": "fuel oil",
    "gas": "gasoline",
    "gnp": "gross national product",
    "heat": "heating oil",
    "hk": "Hong Kong dollar",
    "hog": "hogs",
    "housing": "housing starts",
    "income": "personal income",
    "instal-debt": "consumer credit",
    "interest": "interest rates",
    "ipi": "industrial production index",
    "iron-steel": "iron and steel",
    "jet": "jet fuel and kerosene",
    "jobs": "unemployment",
    "l-cattle": "live cattle",
    "lei": "leading economic indicators",
    "lin-meal": "linseed meal",
    "lin-oil": "linseed oil",
    "lit": "Italian lira",
    "meal-feed": "meal and feed",
    "mexpeso": "Mexican peso",
    "money-fx": "money and foreign exchange",
    "nat-gas": "natural gas",
    "nkr": "Norwegian krone",
    "nzdlr": "New Zealand dollar",
    "palmkernel": "palm kernel",
    "peseta": "Spanish peseta",
    "pet-chem": "petrochemicals",
    "rand": "South African rand",
    "rape-meal": "rapeseed meal",
    "rape-oil": "rapeseed oil",
    "retail": "retail sales",
    "ringgit": "Malaysian ringgit",
    "rupiah": "Indonesian rupiah",
    "saudriyal": "Saudi riyal",
    "sfr": "Swiss franc",
    "ship": "shipping",
    "singdlr": "Singapore dollar",
    "skr": "Swedish krona",
    "soy-meal": "soybean meal",
    "soy-oil": "soybean oil",
    "stg": "pound sterling",
    "sun-meal": "sunflower meal",
    "sun-oil": "sunflower oil",
    "sunseed": "sunflower seed",
    "veg-oil": "vegetable oil",
    "wpi": "wholesale price index",
    "yen": "Japanese yen",
}

PLACES = {
    "guinea-bissau": "Guinea-Bissau",
    "trinidad-tobago": "Trinidad and Tobago",
    "uae": "UAE",
    "uk": "UK",
    "us-virgin-islands": "US Virgin Islands",
    "usa": "USA",
    "ussr": "USSR",
    "yemen-demo-republic": "Yemen Democratic Republic",
}

PEOPLE = {
    "bresser-pereira": "Bresser-Pereira",
    "chen-muhua": "Chen Muhua",
    "chiang-ching-kuo": "Chiang Ching-kuo",
    "hamad-saud-al-sayyari": "Hamad Saud al-Sayyari",
    "lee-ta-hai": "Lee Ta-hai",
    "lee-teng-hui": "Lee Teng-hui",
    "leigh-pemberton": "Leigh-Pemberton",
    "macsharry": "MacSharry",
    "mohammed-ahmed-al-razaz": "Mohammed Ahmed al-Razaz",
    "o-cofaigh": "O'Cofaigh",
    "o-kennedy": "O'Kennedy",
    "yu-kuo-hua": "Yu Kuo-hua",
    "zia-ul-haq": "Zia ul-Haq",
}

# Words inside names that are written small: Javier Perez de Cuellar.
PARTICLES = frozenset({"de", "del", "du", "la", "von"})


def topic_name(slug: str) -> str:
    return TOPICS.get(slug) or slug.replace("-", " ")


def place_name(slug: str) -> str:
    return PLACES.get(slug) or " ".join(word.capitalize() for word in slug.split("-"))


def person_name(slug: str) -> str:
    words = slug.split("-")
    return PEOPLE.get(slug) or " ".join(word if word in PARTICLES else word.capitalize() for word in words)
