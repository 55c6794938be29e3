"""Traits: what a place brings along to be meant by a name, before any text is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from gazetteer.places.entries import Feature
from gazetteer.places.index import Gazetteer
from gazetteer.places.rows import NameUse
from gazetteer.reading.grammar import Grammar

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
QUARTER, STATE, UNIT, REGION, COUNTRY, CONTINENT = (
    CLASSES.index(name) for name in ("quarter", "state", "unit", "region", "country", "continent")
)
USE_NAMES: Final = ("firm name", "main name", "name abroad", "code", "former name")
"""The names of the columns of `Traits.use_matrix`."""
_MAX_KEPT: Final = 200_000
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
_FIGURES: Final = ("prominence", "names", "names of town", "known abroad", "people of town", "nobody")
_HOMES: Final = ("abroad", "home", "neighbour", "nearby")


class Traits:
    """The traits of places for readers of one language; worked out for the places asked for."""

    def __init__(self, gazetteer: Gazetteer, language: str, homes: Mapping[str, int]) -> None:
        """Take where readers live.

        Args:
            gazetteer: The places.
            language: Of the articles.
            homes: 1 for the countries where most of its readers live, 2 for others that speak it, 3 for those
                nearby; of the others nothing is known.
        """
        self._gazetteer = gazetteer
        self._features = tuple(CLASSES.index(_OF_FEATURE[f]) for f in gazetteer.features())
        grammar = Grammar.of(language)
        self._own = grammar.own_names
        self._home_names = tuple(f"{home} {grammar.resolution_weights}" for home in _HOMES)
        self._homes = homes
        self._texts: dict[int, str] = {}
        self._kinds: dict[int, int] = {}

    def kind_of(self, place: int) -> int:
        """Return the number of a place's class."""
        kind = self._kinds.get(place)
        if kind is None:
            feature = int(self._gazetteer.column("place_feature")[place])
            code = self._text(int(self._gazetteer.column("place_feature_code")[place]))
            kind = CLASSES.index(_OF_CODE[code]) if code in _OF_CODE else self._features[feature]
            if len(self._kinds) > _MAX_KEPT:
                self._kinds.clear()
            self._kinds[place] = kind
        return kind

    def kinds(self, places: Integers) -> Integers:
        """Return the number of each place's class."""
        return np.array([self.kind_of(place) for place in places.tolist()], dtype=np.int64)

    def areas(self, places: Integers) -> tuple[Integers, Integers]:
        """Return a number for each place's country and for its first-level unit, 0 for none."""
        country = self._numbers("place_country", places)
        admin1 = self._numbers("place_admin1", places)
        return country, np.where((admin1 == 0) | (country == 0), 0, (country << 32) | admin1)

    def names(self) -> tuple[str, ...]:
        """Return the names of the columns of `matrix`."""
        return (*_FIGURES, *CLASSES, *self._home_names)

    def matrix(self, places: Integers) -> Floats:
        """Return one row per place and one column per name; shape (n, k)."""
        kinds = self.kinds(places)
        starts = self._gazetteer.column("own_starts")
        names = np.log1p((starts[places + 1] - starts[places]).astype(np.float64))
        people = np.log10(1.0 + self._gazetteer.column("place_population")[places])
        town = kinds <= QUARTER
        figures = [
            10.0 * self._gazetteer.column("place_prominence")[places].astype(np.float64),
            names,
            names * town,
            np.maximum(0.0, names - _KNOWN_ABROAD) * town,
            people * town,
            town & (people == 0.0),
        ]
        countries = self._gazetteer.column("place_country")[places].tolist()
        homes = [self._homes.get(self._text(number), 0) for number in countries]
        return np.concatenate(
            [np.stack(figures, axis=1), np.eye(len(CLASSES))[kinds], np.eye(len(_HOMES))[homes]], axis=1
        )

    def use_matrix(self) -> Floats:
        """Return a row for each of the 64 unions of `NameUse` bits, a column for each of `USE_NAMES`."""
        uses = np.arange(64)
        code = (uses & NameUse.CODE) > 0
        main = (uses & NameUse.MAIN) > 0
        firm = ((uses & (NameUse.CURATED | self._own)) > 0) | main
        abroad = (uses & (NameUse.GERMAN | NameUse.ENGLISH)) > 0
        former = (uses & NameUse.HISTORIC) > 0
        columns = (firm & ~code, main & ~code, abroad & ~firm & ~code, code, former)
        return np.stack(columns, axis=1).astype(np.float64)

    def _numbers(self, column: str, places: Integers) -> Integers:
        numbers = self._gazetteer.column(column)[places].tolist()
        return np.array([number if self._text(number) else 0 for number in numbers], dtype=np.int64)

    def _text(self, number: int) -> str:
        text = self._texts.get(number)
        if text is None:
            text = self._texts[number] = self._gazetteer.text_at(number)
        return text
