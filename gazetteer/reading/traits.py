"""Traits: what a place brings along to be meant by a name, before any text is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
_ONE_OF_CLASSES, _ONE_OF_HOMES = np.eye(len(CLASSES)), np.eye(len(_HOMES))


def _kind_by_code(code: str) -> int:
    return CLASSES.index(_OF_CODE[code]) if code in _OF_CODE else -1


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
        self._kind_of_code: dict[int, int] = {}
        """The class that a code stands for, by the number of its text; -1 where the feature tells it."""
        self._home_of_country: dict[int, int] = {}

    def kind_of(self, place: int) -> int:
        """Return the number of a place's class."""
        return int(self.kinds(np.array([place]))[0])

    def kinds(self, places: Integers) -> Integers:
        """Return the number of each place's class."""
        features = self._gazetteer.column("place_feature")[places].tolist()
        codes = self._gazetteer.column("place_feature_code")[places].tolist()
        of_code = self._known(self._kind_of_code, codes, _kind_by_code)
        return np.array(
            [
                self._features[feature] if (kind := of_code[code]) < 0 else kind
                for feature, code in zip(features, codes, strict=True)
            ],
            dtype=np.int64,
        )

    def areas(self, places: Integers) -> tuple[Integers, Integers]:
        """Return a number for each place's country and for its first-level unit, 0 for none."""
        country, admin1 = (
            self._gazetteer.column(column)[places].astype(np.int64)
            for column in ("place_country", "place_admin1")
        )
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
        home_of = self._known(self._home_of_country, countries, lambda code: self._homes.get(code, 0))
        homes = [home_of[country] for country in countries]
        return np.concatenate(
            [np.stack(figures, axis=1), _ONE_OF_CLASSES[kinds], _ONE_OF_HOMES[homes]], axis=1
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

    def _known(
        self, known: dict[int, int], numbers: Sequence[int], work_out: Callable[[str], int]
    ) -> dict[int, int]:
        """Return what is known by the numbers of texts, what is not yet known of some worked out."""
        for number in set(numbers).difference(known):
            known[number] = work_out(self._gazetteer.text_at(number))
        return known
