"""Traits: what every place brings along to be meant by a name, before any text is read.

One array per trait over all places of the gazetteer, so that a name's places are weighed by taking rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from gazetteer.places.entries import Feature
from gazetteer.places.index import Gazetteer
from gazetteer.places.rows import NameUse

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

CLASSES: Final = (
    "other",
    "city",
    "capital",
    "quarter",
    "state",
    "unit",
    "region",
    "country",
    "continent",
    "water",
    "mountain",
    "island",
    "facility",
)
"""Kinds of places that names are weighed by; finer than `Feature` where writers tell them apart."""
CAPITAL, QUARTER, STATE, UNIT, REGION, COUNTRY, CONTINENT = (
    CLASSES.index(name) for name in ("capital", "quarter", "state", "unit", "region", "country", "continent")
)
_KNOWN_ABROAD: Final = float(np.log(20.0))
"""Logarithm of the number of names from which a town is known in many languages."""
_OF_CODE: Final = {
    "PPLC": "capital",
    "PPLX": "quarter",
    "ADM1": "state",
    "ADM2": "unit",
    "ADM3": "unit",
    "ADM4": "unit",
}
_OF_FEATURE: Final = {
    Feature.CITY: "city",
    Feature.COUNTRY: "country",
    Feature.REGION: "region",
    Feature.CONTINENT: "continent",
    Feature.WATER: "water",
    Feature.MOUNTAIN: "mountain",
    Feature.ISLAND: "island",
    Feature.FACILITY: "facility",
    Feature.OTHER: "other",
}
_HOMES: Final = ("abroad", "home", "neighbour", "nearby")


class Traits:
    """The traits of all places for readers of one language."""

    def __init__(self, gazetteer: Gazetteer, language: str, homes: Mapping[str, int]) -> None:
        """Work the arrays out; about ten milliseconds.

        Args:
            gazetteer: The places.
            language: Of the articles.
            homes: 1 for the countries where most of its readers live, 2 for others that speak it, 3 for those
                nearby; of the others nothing is known.
        """
        self._own = NameUse.GERMAN if language == "de" else NameUse.ENGLISH
        self._homes = tuple(f"{home} {language}" for home in _HOMES)
        self.country: Final = gazetteer.column("place_country").astype(np.int64)
        admin1 = gazetteer.column("place_admin1").astype(np.int64)
        texts = {int(n): gazetteer.text_at(int(n)) for n in _distinct(self.country)}
        nowhere = next((n for n, text in texts.items() if not text), -1)
        self.country[self.country == nowhere] = 0
        """A number per country, 0 for none."""
        blank = next((int(n) for n in _distinct(admin1) if not gazetteer.text_at(int(n))), -1)
        self.region: Final = np.where(
            (admin1 == blank) | (self.country == 0), 0, (self.country << 32) | admin1
        )
        """A number per first-level unit, 0 for none."""
        self.kind: Final = _kinds(gazetteer)
        home = np.zeros(int(self.country.max()) + 1, dtype=np.uint8)
        for number, text in texts.items():
            if number != nowhere:
                home[number] = homes.get(text, 0)
        self._home = home[self.country]
        prominence = gazetteer.column("place_prominence").astype(np.float64)
        people = np.log10(1.0 + gazetteer.column("place_population"))
        names = np.log1p(np.diff(gazetteer.column("own_starts").astype(np.float64)))
        town = self.kind <= QUARTER
        self._figures: Final[dict[str, Floats]] = {
            "prominence": 10.0 * prominence,
            "names": names,
            "names of town": np.where(town, names, 0.0),
            "known abroad": np.where(town, np.maximum(0.0, names - _KNOWN_ABROAD), 0.0),
            "people of town": np.where(town, people, 0.0),
            "nobody": (town & (people == 0.0)).astype(np.float64),
        }

    def names(self) -> tuple[str, ...]:
        """Return the names of the columns of `matrix`."""
        return (*self._figures, *CLASSES, *self._homes)

    def matrix(self, places: Integers) -> Floats:
        """Return one row per place and one column per name; shape (n, k)."""
        kinds = np.eye(len(CLASSES))[self.kind[places]]
        homes = np.eye(len(_HOMES))[self._home[places]]
        figures = [figure[places] for figure in self._figures.values()]
        return np.concatenate([np.stack(figures, axis=1), kinds, homes], axis=1)

    def scores(self, weights: Mapping[str, float]) -> Floats:
        """Return what all traits of each place add to its log odds; the same as `matrix` times weights."""
        total = np.array([weights.get(name, 0.0) for name in CLASSES])[self.kind]
        total += np.array([weights.get(name, 0.0) for name in self._homes])[self._home]
        for name, figure in self._figures.items():
            if weight := weights.get(name, 0.0):
                total += weight * figure
        return total

    def use_names(self) -> tuple[str, ...]:
        """Return the names of the columns of `use_matrix`."""
        return ("firm name", "main name", "name abroad", "code", "former name")

    def use_matrix(self) -> Floats:
        """Return a row for each of the 64 unions of `NameUse` bits; shape (64, k)."""
        uses = np.arange(64)
        code = (uses & NameUse.CODE) > 0
        main = (uses & NameUse.MAIN) > 0
        firm = ((uses & (NameUse.CURATED | self._own)) > 0) | main
        abroad = (uses & (NameUse.GERMAN | NameUse.ENGLISH)) > 0
        former = (uses & NameUse.HISTORIC) > 0
        columns = (firm & ~code, main & ~code, abroad & ~firm & ~code, code, former)
        return np.stack(columns, axis=1).astype(np.float64)


def _distinct(numbers: Integers) -> Integers:
    return np.flatnonzero(np.bincount(numbers))


def _kinds(gazetteer: Gazetteer) -> npt.NDArray[np.uint8]:
    """Return the number of each place's class."""
    features = np.array([CLASSES.index(_OF_FEATURE[f]) for f in gazetteer.features()], dtype=np.uint8)
    kinds = features[gazetteer.column("place_feature")]
    codes = gazetteer.column("place_feature_code").astype(np.int64)
    of_code = np.zeros(int(codes.max()) + 1, dtype=np.uint8)
    for number in _distinct(codes):
        of_code[number] = CLASSES.index(_OF_CODE.get(gazetteer.text_at(int(number)), "other"))
    special = of_code[codes]
    chosen: npt.NDArray[np.uint8] = np.where(special > 0, special, kinds)
    return chosen
