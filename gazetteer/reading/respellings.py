"""Respellings: places whose name is not in the gazetteer as the article writes it, but in another form.

`St. Vigil` is listed as `Sankt Vigil`, `Urgentsch` as `Urganch`, `Klamath-Fluss` as `Klamath River`, and
`Cottbus-Dissenchen` is a part of Cottbus. Asked of names only that were taken for places already: for all
other words, such keys are too coarse.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Final

from gazetteer.geodesy import great_circle_km
from gazetteer.places.entries import Feature
from gazetteer.places.index import Gazetteer
from gazetteer.places.names import folded
from gazetteer.reading.candidates import UNKNOWN, Found
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.memory import Memory
from gazetteer.reading.wordforms import MAX_PLACES

TRANSLATED: Final = "translated"
"""The shape of names with a word such as `See` or `Inseln` where the gazetteer's have another language's."""
QUARTER: Final = "quarter"
"""The shape of a town and its quarter, joined by a hyphen."""
HEARD: Final = "heard"
"""The shape of names that only sound like the gazetteer's: right where others of their country are named."""
_FEWEST_LETTERS: Final = 5
"""Letters below which a name sounds like too many others."""
_SHORTEST_STEM: Final = 3
"""Letters before a word such as `insel` from which they may be a name."""
_MOST_FORMS: Final = 24
"""Forms of one name that are looked up."""
_TOWN: Final = 0.43
"""Prominence of a town of 20,000 inhabitants, from which one is named with its quarters: `Graz-Puntigam`."""
_AROUND_TOWN_KM: Final = 25.0
"""A place this near may be a town's quarter."""


class Respellings:
    """What names not in the gazetteer may be in other letters; kept."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        """Take the gazetteer and the tables of the articles' language."""
        self._gazetteer = gazetteer
        self._generics = lexicon.cues.get("generics", {})
        self._known = Memory(self._respelled)

    def of(self, found: Found) -> tuple[tuple[int, ...], str]:
        """Return the places that a name may mean, its own where it is in the gazetteer, and its shape."""
        if found.places or found.form is not UNKNOWN:
            return found.places, found.shape
        return self._known[found.name]

    def _respelled(self, name: str) -> tuple[tuple[int, ...], str]:
        places = self._gazetteer.folded_places(folded(name))[:MAX_PLACES].tolist()
        if places:
            return tuple(places), "folded"
        if feature := self._translated(name):
            return feature, TRANSLATED
        if quarter := self._quarter(name):
            return quarter, QUARTER
        if len(name) < _FEWEST_LETTERS:
            return (), HEARD
        return tuple(self._gazetteer.sounding_places(name)[:MAX_PLACES].tolist()), HEARD

    def _translated(self, name: str) -> tuple[int, ...]:
        """Return the waters, heights and lands that have the name with a generic word of another language."""
        numbers = {self._gazetteer.name_number(form) for form in islice(self._forms(name), _MOST_FORMS)}
        places = {place for number in numbers if number >= 0 for place in self._named(number)}
        return tuple(sorted(place for place in places if not self._is_city(place)))

    def _forms(self, name: str) -> Iterator[str]:
        first, *others = name.split() or [""]
        if not others:
            lower = name.lower()
            for head, abroad in self._generics.items():
                stem = name[: -len(head)].rstrip("-")
                if lower.endswith(head) and len(stem) >= _SHORTEST_STEM:
                    yield from (f"{stem} {_capitalised(word)}" for word in sorted(abroad))
        elif first.lower() in self._generics or others[-1].lower() in self._generics:
            yield from map(" ".join, product(*([*self._abroad(word)] for word in (first, *others))))

    def _abroad(self, word: str) -> Iterator[str]:
        abroad = sorted(self._generics.get(word.lower(), ()))
        yield from (
            _capitalised(other) if abroad and word[0].isupper() else other for other in abroad or (word,)
        )

    def _quarter(self, name: str) -> tuple[int, ...]:
        """Return what the last part of `Cottbus-Dissenchen` is near the town of the first, else the town."""
        before, hyphen, behind = name.partition("-")
        number = self._gazetteer.name_number(before) if hyphen and behind else -1
        towns = [place for place in self._named(number) if self._is_city(place)] if number >= 0 else []
        if not towns or self._gazetteer.prominence_at(towns[0]) < _TOWN:
            return ()
        inner = self._gazetteer.name_number(behind)
        namesakes = self._named(inner) if inner >= 0 else []
        near = tuple(place for place in namesakes if self._is_near(place, towns[0]))
        if not near and any(self._gazetteer.prominence_at(place) >= _TOWN for place in namesakes):
            return ()  # a way between two towns
        return near or tuple(towns)

    def _named(self, number: int) -> list[int]:
        places: list[int] = self._gazetteer.places_of(number)[:MAX_PLACES].tolist()
        return places

    def _is_city(self, place: int) -> bool:
        return self._gazetteer.entry_at(place).feature is Feature.CITY

    def _is_near(self, place: int, town: int) -> bool:
        here, there = (self._gazetteer.entry_at(each).position for each in (place, town))
        return great_circle_km(here, there) <= _AROUND_TOWN_KM


def _capitalised(words: str) -> str:
    return words.replace("_", " ").title()
