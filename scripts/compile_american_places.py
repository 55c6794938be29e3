"""Write down where the small places of the United States lie: hamlets, townships, post offices.

    apt-get download weather-util-data && dpkg -x weather-util-data_*.deb package
    npm pack vega-datasets && tar xzf vega-datasets-*.tgz
    cd package && python compile_american_places.py usr/share/weather-util/places.gz data/zipcodes.csv

The table of towns ends at 500 inhabitants. The Census Bureau's gazetteer knows every city, town, village
and census-designated place, and every township that governs itself; the post knows the hamlets that have
or had an office. What the table of towns has under the same name close by is left out, and so is what is
no place: statistical divisions, numbered townships, post offices of the forces.

Sources: U.S. Census Bureau, 2022 Gazetteer Files (public domain), by Debian's `weather-util-data`;
GeoNames postal codes (CC BY 4.0), by the npm package `vega-datasets`. One file for each.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import math
import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from gazetteer.geodesy import great_circle_km
from gazetteer.places.entries import Feature
from gazetteer.places.names import folded
from gazetteer.places.rows import DATA_FOLDER, own_rows
from gazetteer.places.settlements import CENSUS_FILE, POST_FILE
from gazetteer.places.sources import towns
from gazetteer.positions import LatLon

COLUMNS: Final = "# country, first-level unit, name, latitude, longitude (degrees), `township` or `place`\n"
CENSUS_HEADER: Final = (
    "# Small towns, hamlets and townships of the United States.\n"
    "# U.S. Census Bureau, 2022 Gazetteer Files: public domain (17 U.S.C. 105).\n" + COLUMNS
)
POST_HEADER: Final = (
    "# Places of the United States that have or had a post office.\n"
    "# GeoNames postal codes, https://www.geonames.org, CC BY 4.0, https://creativecommons.org/licenses/by/4.0/;\n"
    "# changed: one line for each name, abbreviations written out.\n" + COLUMNS
)

REACH_KM: Final = {"post": math.inf, "place": 60.0, "town": 20.0, "township": 10.0}
"""Nearer than this to one of its name in its state, a place is that one.

No two post offices of a state are called the same, and their positions may be far off; the middle of a town
that is a tract of land lies far from the village it is called after.
"""

NO_STATES: Final = frozenset({"AA", "AE", "AP", "AS", "FM", "GU", "MH", "MP", "PR", "PW", "UM", "VI"})
"""The post of the forces, and the territories, whose parts are no places of local news in English."""
SELF_GOVERNING: Final = frozenset(
    "CT IL IN KS ME MA MI MN MO NE NH NJ NY ND OH PA RI SD VT WI".split()  # noqa: SIM905 - twenty of them
)
"""The states whose townships govern themselves; elsewhere they are lines on a map of the Census."""
PLACE_DIGITS: Final = 7
TOWNSHIP_DIGITS: Final = 10

_BLOCK: Final = re.compile(
    r"\[fips(?P<code>\d+)\]\ncentroid = \((?P<lat>[-\d.]+), (?P<lon>[-\d.]+)\)\n(?:[a-z]+ = .*\n)*?"
    r"description = (?P<name>[^\n]*), (?P<state>[A-Z]{2})\n"
)
_KIND: Final = re.compile(
    r"(?: \([^)]*\))*(?: (?:CDP|[a-z]+(?: [a-z]+)*))?(?: \(balance\))?$"
)  # `Nashville-Davidson metropolitan government (balance)`
_LAND: Final = {"township": "Township", "charter township": "Township", "plantation": "Plantation"}
_NO_PLACE: Final = re.compile(
    r"\d|/|\b(?:No|Precinct|District|Unorganized|University|Medical|Prison|Irs|Bank Of|Annex)\b"
)
_WRITTEN_OUT: Final = {
    "Afb": "Air Force Base",
    "Ctr": "Center",
    "Jct": "Junction",
    "Spgs": "Springs",
    "Twp": "Township",
    "Ft": "Fort",
    "Mt": "Mount",
}
_SMALL_WORDS: Final = frozenset({"Of", "The", "And", "On", "In", "At", "By", "Du", "De", "Des", "Le"})
_SCOTTISH: Final = re.compile(r"\bMc ?([A-Za-z])")


Taken: TypeAlias = "dict[tuple[str, str], list[LatLon]]"
"""Where the places lie that a state has under a folded name."""


class Spot(NamedTuple):
    """One line of the table."""

    state: str
    name: str
    lat: float
    lon: float
    kind: str


def main() -> None:
    """Read both sources, leave out what is known, write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("census", type=Path)
    parser.add_argument("post", type=Path)
    options = parser.parse_args()
    taken = _known()
    _write(CENSUS_FILE, CENSUS_HEADER, _new(_census(options.census), taken))
    _write(POST_FILE, POST_HEADER, _new(_post(options.post), taken))


def _known() -> Taken:
    taken: Taken = defaultdict(list)
    for row in (*towns(), *own_rows(DATA_FOLDER)):
        if row.feature is Feature.CITY and row.country == "US":
            for name in row.names:
                taken[row.admin1, folded(name)].append(row.position)
    return taken


def _census(file: Path) -> list[Spot]:
    places, tracts = [], []
    for found in _BLOCK.finditer(gzip.decompress(file.read_bytes()).decode()):
        state, said = found["state"], found["name"]
        name = _KIND.sub("", said)
        kind = said[len(name) :].strip()
        lat, lon = math.degrees(float(found["lat"])), math.degrees(float(found["lon"]))
        if state in NO_STATES or not name or _NO_PLACE.search(name):
            continue
        if len(found["code"]) == PLACE_DIGITS:
            places.append(Spot(state, name, lat, lon, "place"))
        elif len(found["code"]) == TOWNSHIP_DIGITS and state in SELF_GOVERNING:
            if kind in _LAND:
                tracts.append(Spot(state, f"{name} {_LAND[kind]}", lat, lon, "township"))
            elif kind == "town":
                tracts.append(Spot(state, name, lat, lon, "town"))
    return [*sorted(places), *sorted(tracts)]


def _post(file: Path) -> list[Spot]:
    offices: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    with file.open(encoding="utf-8", newline="") as stream:
        for record in csv.DictReader(stream):
            if record["state"] not in NO_STATES and not _NO_PLACE.search(record["city"]):
                where = float(record["latitude"]), float(record["longitude"])
                offices[record["state"], _spelled(record["city"])].append(where)
    return sorted(
        Spot(
            state,
            name,
            statistics.median(y for y, _x in spots),
            statistics.median(x for _y, x in spots),
            "post",
        )
        for (state, name), spots in offices.items()
    )


def _spelled(name: str) -> str:
    words = [_WRITTEN_OUT.get(word, word) for word in name.split()]
    words[1:] = [word.lower() if word in _SMALL_WORDS else word for word in words[1:]]
    return _SCOTTISH.sub(lambda found: f"Mc{found[1].upper()}", " ".join(words))


def _new(spots: Iterable[Spot], taken: Taken) -> Iterator[Spot]:
    for spot in spots:
        namesakes, here = taken[spot.state, folded(spot.name)], LatLon(spot.lat, spot.lon)
        if all(great_circle_km(here, other) >= REACH_KM[spot.kind] for other in namesakes):
            namesakes.append(here)
            yield spot._replace(kind="township" if spot.kind == "township" else "place")


def _write(target: Path, header: str, spots: Iterable[Spot]) -> None:
    lines: Sequence[str] = sorted(
        f"US\t{spot.state}\t{spot.name}\t{spot.lat:.3f}\t{spot.lon:.3f}\t{spot.kind}\n" for spot in spots
    )
    with gzip.GzipFile(target, "wb", mtime=0) as stream:
        stream.write((header + "".join(lines)).encode())
    print(f"{target}: {len(lines)} places, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
