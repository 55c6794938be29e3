"""Word forms: what a single word may be, however it is bent, glued or spelled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from gazetteer.errors import UnknownPlaceError
from gazetteer.places.entries import Feature
from gazetteer.places.index import Gazetteer
from gazetteer.places.names import folded
from gazetteer.places.rows import NameUse
from gazetteer.reading.candidates import Form
from gazetteer.reading.lexicon import Demonym, Lexicon

MAX_PLACES: Final = 64
"""Places of one name that are weighed; the others are villages."""

_SHORTEST_STEM: Final = 3
"""Letters of a town's name without the ending that makes an adjective of it."""
_KNOWN_WIDELY: Final = 0.55
_LARGE_TOWN: Final = 100_000


class WordReading(NamedTuple):
    """One thing a word may be."""

    form: Form
    shape: str
    places: tuple[int, ...]
    name: str
    length: int
    """Letters of the word that belong to the name."""


class WordForms:
    """Reads single words of one language."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        """Take the gazetteer and the language's tables."""
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self.prefixes: Final = tuple(sorted(lexicon.cue("places", "prefixes"), key=len, reverse=True))
        self._kinds = lexicon.cue("places", "nouns")
        self._heads = lexicon.cue("persons", "title_endings")
        self._made: Final = lexicon.grammar.city_adjectives
        self._own = int(NameUse.MAIN | NameUse.CURATED) | lexicon.grammar.own_names
        """The uses that are a place's own name, in its country or in the language."""
        self._of_number: dict[int, tuple[int, ...]] = {}

    def places(self, name_number: int) -> tuple[int, ...]:
        """Return the places of a name, most prominent first."""
        places = self._of_number.get(name_number)
        if places is None:
            places = tuple(self.gazetteer.places_of(name_number)[:MAX_PLACES].tolist())
            self._of_number[name_number] = places
        return places

    def _renown(self, name_number: int) -> float:
        """Return the prominence, in [0, 1], of the best of the places whose own name it is; 0 where none."""
        if name_number < 0:
            return 0.0
        own = self.gazetteer.uses_of(name_number) & self._own != 0
        places = self.gazetteer.places_of(name_number)[own]
        return self.gazetteer.prominence_at(int(places[0])) if len(places) else 0.0

    def _is_code(self, name_number: int) -> bool:
        return bool(self.gazetteer.features_of(name_number).uses & NameUse.CODE)

    def is_area_code(self, word: str) -> bool:
        """Tell whether a word is nothing but a code of states or provinces, such as `OH`."""
        number = self.gazetteer.name_number(word)
        return (
            number >= 0
            and self._is_code(number)
            and all(self.gazetteer.entry_at(p).feature is Feature.REGION for p in self.places(number))
        )

    def readings(self, word: str) -> list[WordReading]:
        """Return what a word may be, apart from a name that stands in the gazetteer as written."""
        readings: list[WordReading] = []
        lower = word.lower()
        exact = self.gazetteer.name_number(word)
        demonym = self.demonym(lower)
        if demonym is not None:
            readings.append(WordReading(Form.DEMONYM, "listed", demonym, word, len(word)))
        elif (
            word[0].isupper() and (foreign := self.demonym(lower, self.lexicon.foreign_demonyms)) is not None
        ):
            readings.append(WordReading(Form.DEMONYM, "foreign", foreign, word, len(word)))
        elif word[0].isupper() and (city := self._city_adjective(word)) is not None:
            readings.append(WordReading(Form.DEMONYM, "city", *city, len(word)))
        if not word[0].isupper():
            return readings
        if exact < 0 and (not readings or readings[0].shape == "city"):
            readings.extend(self._respelled(word, lower))
        return readings

    def demonym(self, lower: str, known: dict[str, Demonym] | None = None) -> tuple[int, ...] | None:
        """Return the places of a listed adjective or word for inhabitants, None where it is none."""
        known = self.lexicon.demonyms if known is None else known
        listed = known.get(lower)
        if listed is None and lower.startswith(self.prefixes):
            # `ostukrainisch`, `Osttiroler`: part of a place, its adjective listed for the whole
            prefix = next(p for p in self.prefixes if lower.startswith(p))
            listed = known.get(lower[len(prefix) :])
        if listed is None:
            return None
        numbers = []
        for place in listed.places:
            try:
                numbers.append(self.gazetteer.place_number(place))
            except UnknownPlaceError:
                continue  # listed for a place the gazetteer does not have
        return tuple(numbers)

    def is_adjective(self, word: str) -> bool:
        """Tell whether a capitalised word belongs to a place, as `Berliner` and `Bayerischen` do."""
        return self.demonym(word.lower()) is not None or self._city_adjective(word) is not None

    def _city_adjective(self, word: str) -> tuple[tuple[int, ...], str] | None:
        """Return the places of `Moskauer`, `Bremer`, `Münchner`, `Hallenserin`, and their name.

        A word that is the own name of a better known place is none: `Luzern`, `Bayern`, `Trier`.
        """
        made = self._made
        if not word.endswith(made.endings):
            return None
        ending = next(e for e in made.endings if word.endswith(e))
        if len(word) - len(ending) < _SHORTEST_STEM:
            return None
        stem = word.removesuffix(ending)
        tried = [stem + more for more in made.name_endings]
        tried += [stem.removesuffix(lost) + kept for lost, kept in made.elisions if stem.endswith(lost)]
        if (plain := stem.translate(made.vowels)) != stem:
            tried += [plain + more for more in made.name_endings]
        for name in tried:
            number = self.gazetteer.name_number(name)
            if number >= 0 and not self._is_code(number):
                whole = self.gazetteer.name_number(word)
                if whole >= 0 and self._renown(whole) >= self._renown(number):
                    return None
                return self.places(number), name
        return None

    def city_of_pair(self, words: str) -> tuple[tuple[int, ...], str] | None:
        """Return the places of `New Yorker`, `Los Angeleser`, and their name; None where it is none."""
        ending = next((e for e in self._made.endings_of_pairs if words.endswith(e)), "")
        if not ending:
            return None
        for more in self._made.name_endings:
            name = words[: -len(ending)] + more
            if (number := self.gazetteer.name_number(name)) >= 0:
                return self.places(number), name
        return None

    def _respelled(self, word: str, lower: str) -> list[WordReading]:
        for reading in (self._capitals, self._part_of, self._glued, self._compound):
            if (found := reading(word, lower)) is not None:
                return [found]
        if self.lexicon.frequency(lower) == 0:
            places = self.gazetteer.folded_places(folded(word))
            if len(places):
                return [
                    WordReading(Form.NAME, "folded", tuple(places[:MAX_PLACES].tolist()), word, len(word))
                ]
        return []

    def _capitals(self, word: str, _lower: str) -> WordReading | None:
        """Read `MOSKAU` in a headline."""
        if not word.isupper() or len(word) < 4:
            return None
        number = self.gazetteer.name_number(word.capitalize())
        if number < 0:
            return None
        return WordReading(Form.NAME, "capitals", self.places(number), word.capitalize(), len(word))

    def _part_of(self, word: str, lower: str) -> WordReading | None:
        """Read `Ostukraine`: the whole stands in the gazetteer, its part does not."""
        if not lower.startswith(self.prefixes):
            return None
        for prefix in self.prefixes:
            if not lower.startswith(prefix) or len(word) - len(prefix) < 4:
                continue
            rest = word[len(prefix) :].capitalize()
            stem = rest if self.gazetteer.name_number(rest) >= 0 else self._without_genitive(rest)
            number = self.gazetteer.name_number(stem)
            if number >= 0 and self.gazetteer.features_of(number).best_prominence > _KNOWN_WIDELY:
                return WordReading(Form.NAME, "direction", self.places(number), stem, len(word))
        return None

    def _glued(self, word: str, _lower: str) -> WordReading | None:
        """Read `RusslandDamit`, where a blank was lost."""
        if word[1:].islower():
            return None
        at = next((k for k in range(3, len(word) - 1) if word[k].isupper() and word[k - 1].islower()), 0)
        if not at or not word[at + 1 :].islower():
            return None
        number = self.gazetteer.name_number(word[:at])
        if number < 0 or self.gazetteer.features_of(number).best_population <= _LARGE_TOWN:
            return None
        return WordReading(Form.NAME, "glued", self.places(number), word[:at], at)

    def _compound(self, word: str, lower: str) -> WordReading | None:
        """Return the place in front of a closed compound such as `Kremlchef`, `Ostseeraum`."""
        if not self.lexicon.grammar.compounds or self.lexicon.frequency(lower) > 4:
            return None
        known, heads = self.lexicon.words, self._heads
        for length in range(len(word) - 4, 3, -1):
            rest = lower[length:]
            digits = known.get(rest)  # as by `frequency` and `name_share`, for every ending of every word
            if rest not in heads and not (digits and digits[0] >= "3" and digits[1] < "4"):
                continue
            stem = word[:length]
            for name in (stem, *self._unlinked(stem)):
                if name.lower() in self._kinds:
                    continue  # `Kantonspolizei`: of a canton, not of the town of that name
                number = self.gazetteer.name_number(name)
                if number >= 0 and self.gazetteer.features_of(number).best_prominence > 0.45:
                    return WordReading(Form.PART, "compound", self.places(number), name, length)
        return None

    def _unlinked(self, stem: str) -> Iterator[str]:
        """Yield the first part of a compound without the letters that link it to the second."""
        for letters in self.lexicon.grammar.linking_letters:
            if stem.endswith(letters):
                yield stem[: -len(letters)]

    def _without_genitive(self, word: str) -> str:
        for ending in self.lexicon.grammar.genitive_endings:
            if word.endswith(ending):
                return word[: -len(ending)]
        return word
