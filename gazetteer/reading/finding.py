"""Finding: every span that might name a place, judged by its letters alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from gazetteer.places.index import Gazetteer
from gazetteer.places.names import folded
from gazetteer.places.rows import NameUse
from gazetteer.reading.candidates import Form, Found
from gazetteer.reading.company import Maps
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.neighbours import Neighbours
from gazetteer.reading.tokens import Words
from gazetteer.reading.wordforms import MAX_PLACES, WordForms, WordReading

_LONGEST_WORD: Final = 60
"""Letters; what is longer is no name, and would make the search for its parts slow."""
_MAX_HYPHENS: Final = 6
_MAX_KEPT: Final = 200_000
"""Words whose readings are kept before all are forgotten."""
_MAX_WORDS_IN_CAPITALS: Final = 4
_MIN_CAPITALS: Final = 5
_AFTER_INITIAL: Final = frozenset({".", "'", "’", " "})
_HOUSE_NUMBER = re.compile(r" \d{1,3}[a-z]?(?!\w)")


@dataclass(frozen=True, slots=True)
class _Profile:
    """What a capitalised word can be by itself; kept, so that each is worked out once."""

    lower: str
    begins_names: bool
    """Whether a name in the gazetteer is, or begins with, this word."""
    ends_in_head: bool
    """`Neckartal`, `Schwanitzstraße`; in German only."""
    frequency: int
    bare: str
    """The shape it has where nothing else is known of it; empty for common words."""
    announces: bool
    """Whether it is a head such as `Flughafen`, which a name may follow."""
    marks: bool
    """Whether a number or a saint's name may follow."""


class Finder:
    """Finds candidate spans of one language; keeps what it has worked out about words."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        """Take the gazetteer and the language's tables."""
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self._of_word: dict[str, tuple[WordReading, ...]] = {}
        self.forms: Final = WordForms(gazetteer, lexicon)
        self._genitives = ("s", "es") if lexicon.language == "de" else ()
        self._locative = lexicon.cue("prepositions", "locative")
        self._contracted = lexicon.cue("prepositions", "contracted")
        self._glue = lexicon.cue("places", "glue")
        self._endings = lexicon.cue("places", "endings")
        self._german = lexicon.language == "de"
        self._profiles: dict[str, _Profile] = {}
        self._feature: dict[int, str] = {}
        self._prominent: dict[str, bool] = {}
        self._group: dict[str, str] = {}
        self._bulk: dict[int, str] = {}
        self._uses: dict[tuple[str, int], int] = {}
        self.toponymic: Final = tuple(sorted(lexicon.cue("places", "toponymic"), key=len, reverse=True))
        self._ending_suffixes = tuple(sorted((e for e in self._endings if len(e) > 3), key=len, reverse=True))
        self._nouns = lexicon.cue("places", "nouns")
        self.maps: Final = Maps(gazetteer)
        self._facilities = lexicon.cue("places", "facilities")
        self._roads = lexicon.cue("places", "roads")
        self._streets = tuple(sorted(lexicon.cue("places", "streets")))
        self.neighbours: Final = Neighbours(lexicon)
        self._never = lexicon.cue("organisations", "never_places")

    def find(self, text: str, words: Words) -> list[Found]:
        """Return every candidate, also overlapping ones, by first word."""
        found: list[Found] = []
        for i, word in enumerate(words.words):
            if len(word) > _LONGEST_WORD or word.lower() in self._never:
                continue
            if word[0].islower():
                if self._may_be_adjective(word):
                    self._add_single(found, text, words, i)
                    self._add_pairs(found, text, words, i)
                continue
            if not word[0].isupper() or (
                len(word) == 1 and text[words.ends[i] : words.ends[i] + 1] not in _AFTER_INITIAL
            ):
                continue
            profile = self._profile(word)
            if profile.begins_names:
                self._add_names(found, text, words, i)
            self._add_pairs(found, text, words, i)
            self._add_single(found, text, words, i)
            self._add_shaped(found, text, words, i, profile)
            if text[words.ends[i] : words.ends[i] + 1] == "-":
                self._add_hyphenated(found, text, words, i)
            if profile.marks:
                self._add_marked(found, text, words, i)
            if len(word) > 1 and word.isupper():
                self._add_capitals(found, text, words, i)
        named = {(f.start, f.end) for f in found if f.form is not Form.UNKNOWN}
        unique = {(f.start, f.end, f.form): f for f in reversed(found)}
        return [
            f
            for f in reversed(unique.values())
            if f.form is not Form.UNKNOWN or (f.start, f.end) not in named
        ]

    def _profile(self, word: str) -> _Profile:
        profile = self._profiles.get(word)
        if profile is None:
            lower = word.lower()
            frequency = self.lexicon.frequency(lower)
            bare = ""
            if not frequency and len(word) > 2 and not word.isupper():
                bare = "toponymic" if lower.endswith(self.toponymic) else "bare"
            if len(self._profiles) > _MAX_KEPT:
                self._profiles.clear()
            profile = self._profiles[word] = _Profile(
                lower=lower,
                begins_names=self.gazetteer.begins_names(word, endings=self._genitives),
                ends_in_head=self._german
                and any(lower.endswith(e) and len(lower) > len(e) + 2 for e in self._endings),
                frequency=frequency,
                bare=bare,
                announces=lower in self._facilities,
                marks=lower in self._roads
                or lower in {"st", "sankt", "saint"}
                or (self._german and word in {"A", "B", "L"}),
            )
        return profile

    def _may_be_adjective(self, word: str) -> bool:
        listed = self.lexicon.demonyms.get(word)
        return (listed is not None and listed.adjective) or (
            "isch" in word and word.startswith(self.forms.prefixes)
        )

    def feature_at(self, place: int) -> str:
        """Return the feature of a place number."""
        feature = self._feature.get(place)
        if feature is None:
            feature = self._feature[place] = self.gazetteer.entry_at(place).feature.value
        return feature

    def use_of(self, name: str, place: int) -> int:
        """Return what a name is to a place; nothing where the name was found by another spelling."""
        uses = self._uses.get((name, place))
        if uses is None:
            number = self.gazetteer.name_number(name)
            uses = 0
            if number >= 0:
                bits = self.gazetteer.uses_of(number)[self.gazetteer.places_of(number) == place]
                uses = int(bits[0]) if len(bits) else uses
            if len(self._uses) > _MAX_KEPT:
                self._uses.clear()
            self._uses[name, place] = uses
        return uses

    def standing(self, name: str, place: int) -> str:
        """Return how firmly a name belongs to a place: in one word, best first in this order."""
        uses = self.use_of(name, place)
        own = NameUse.GERMAN if self.lexicon.language == "de" else NameUse.ENGLISH
        for flag, word in (
            (NameUse.CODE, "code"),
            (own | NameUse.CURATED, "firm"),
            (NameUse.MAIN, "main"),
            (NameUse.HISTORIC, "historic"),
        ):
            if uses & flag:
                return word
        return "other"

    def group(self, surface: str) -> str:
        """Tell in one word what a surface is to the word list: `unknown`, `word` or `name`."""
        group = self._group.get(surface)
        if group is None:
            lower = surface.lower()
            known = self.lexicon.frequency(lower)
            group = "unknown" if not known else "word" if self.lexicon.name_share(lower) < 4 else "name"
            if len(self._group) > _MAX_KEPT:
                self._group.clear()
            self._group[surface] = group
        return group

    def bulk(self, places: tuple[int, ...]) -> str:
        """Tell in one word whether the best of some places is widely known: `none`, `small` or `big`."""
        if not places:
            return "none"
        bulk = self._bulk.get(places[0])
        if bulk is None:
            bulk = self._bulk[places[0]] = "big" if self.gazetteer.prominence_at(places[0]) > 0.5 else "small"
        return bulk

    def prominent(self, word: str) -> bool:
        """Tell whether a single word is the name of a place many have heard of."""
        known = self._prominent.get(word)
        if known is None:
            number = self.gazetteer.name_number(word)
            known = number >= 0 and self.gazetteer.features_of(number).best_prominence > 0.5
            self._prominent[word] = known
        return known

    def names_area(self, text: str, start: int) -> bool:
        """Tell whether a state, province or country is named at a position: `Ill.` in `Springfield, Ill.`."""
        for _end, number in self.gazetteer.names_at(text, start)[:1]:
            best = self.forms.places(number)[0]
            return (
                self.feature_at(best) in {"region", "country"} and self.gazetteer.prominence_at(best) > 0.45
            )
        return False

    # Names of one or more words that stand in the gazetteer as written.

    def _add_names(self, found: list[Found], text: str, words: Words, i: int) -> None:
        start = words.starts[i]
        heads = words.words[i].lower() in self._facilities
        for end, number in self.gazetteer.names_at(text, start, endings=self._genitives):
            last = i
            while last + 1 < len(words.starts) and words.starts[last + 1] < end:
                last += 1
            if end - start < 3 and not text[start:end].isupper():
                continue
            closed, shape = end, "facility" if heads and last > i else "exact"
            if words.ends[last] > end:
                closed, shape = words.ends[last], "genitive"
            places = self.forms.places(number)
            name = text[start:end]
            following = text[closed : closed + 2]
            if len(following) == 2 and following[0] == "-" and following[1].isalnum():
                container = self._compound_end(text, words, last)
                found.append(Found(start, closed, Form.PART, i, last, places, name, container, shape))
                continue
            found.append(Found(start, closed, Form.NAME, i, last, places, name, closed, shape))

    @staticmethod
    def _compound_end(text: str, words: Words, last: int) -> int:
        end = words.ends[last]
        for at in range(last + 1, min(last + 1 + _MAX_HYPHENS, len(words.starts))):
            if words.starts[at] != end + 1 or text[end] != "-":
                break
            end = words.ends[at]
        return end

    def _add_capitals(self, found: list[Found], text: str, words: Words, i: int) -> None:
        """Add `CEDAR RAPIDS` and `FRANKFURT AM MAIN`, which the gazetteer has in small letters."""
        last = i
        while (
            last + 1 < len(words.words)
            and last - i < _MAX_WORDS_IN_CAPITALS
            and words.words[last + 1].isupper()
            and text[words.ends[last] : words.starts[last + 1]] in {" ", "-", ". "}
        ):
            last += 1
            start, end = words.starts[i], words.ends[last]
            if end - start < _MIN_CAPITALS or self.gazetteer.name_number(text[start:end]) >= 0:
                continue
            places = self.gazetteer.folded_places(folded(text[start:end]))
            if len(places):
                kept = tuple(places[:MAX_PLACES].tolist())
                found.append(Found(start, end, Form.NAME, i, last, kept, text[start:end], end, "capitals"))

    # Adjectives of two words.

    def _add_pairs(  # noqa: C901 - a list of rules
        self, found: list[Found], text: str, words: Words, i: int
    ) -> None:
        """Add `North Korean`, `deutsch-israelische`, `New Yorker`, `U.S. amerikanisch`."""
        if i + 1 >= len(words.words) or words.starts[i + 1] - words.ends[i] > 2:
            return
        start, middle, after, end = words.starts[i], words.ends[i], words.starts[i + 1], words.ends[i + 1]
        if after - middle == 1 and text[middle] == " " and not words.words[i + 1][0].isupper():
            return
        gap = text[middle:after]
        if gap == "-":
            first = self.forms.demonym(words.words[i].lower())
            second = self.forms.demonym(words.words[i + 1].lower())
            if first is not None and second is not None:
                found.append(Found(start, end, Form.DEMONYM, i, i + 1, second, text[start:end], end, "pair"))
            elif (pair := self.forms.demonym(text[start:end].lower())) is not None:
                found.append(Found(start, end, Form.DEMONYM, i, i + 1, pair, text[start:end], end, "listed"))
        elif gap in {" ", ". "}:
            pair = self.forms.demonym(text[start:end].lower())
            if pair is not None:
                found.append(Found(start, end, Form.DEMONYM, i, i + 1, pair, text[start:end], end, "listed"))
            elif self.lexicon.language == "de" and words.words[i + 1].endswith(("er", "ern")):
                name = f"{words.words[i]}{gap}{words.words[i + 1].removesuffix('n').removesuffix('er')}"
                for spelled in (name, f"{name}en"):
                    if (number := self.gazetteer.name_number(spelled)) >= 0:
                        found.append(
                            Found(
                                start,
                                end,
                                Form.DEMONYM,
                                i,
                                i + 1,
                                self.forms.places(number),
                                spelled,
                                end,
                                "city",
                            )
                        )
                        break

    # What one word by itself may be.

    def _add_single(self, found: list[Found], text: str, words: Words, i: int) -> None:
        word = words.words[i]
        readings = self._of_word.get(word)
        if readings is None:
            if len(self._of_word) > _MAX_KEPT:
                self._of_word.clear()
            readings = self._of_word[word] = tuple(self.forms.readings(word))
        for form, shape, places, name, length in readings:
            start = words.starts[i]
            end = start + length
            container = words.ends[i] if length < len(word) else end
            if form is Form.PART and length < len(word):
                container = self._compound_end(text, words, i)
            kind = form
            if kind is Form.NAME and text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
                kind, container = Form.PART, self._compound_end(text, words, i)
            found.append(Found(start, end, kind, i, i, places, name, container, shape))

    # Names nobody has listed, by their shape or their surroundings.

    def _add_shaped(self, found: list[Found], text: str, words: Words, i: int, profile: _Profile) -> None:
        start, end = words.starts[i], words.ends[i]
        previous = words.words[i - 1].lower() if i else ""
        before = previous if i and not text[words.ends[i - 1] : start].strip() else ""
        locative = before in self._locative
        shape = profile.bare
        if profile.ends_in_head:
            shape = "ending"
        elif locative and profile.frequency < 5:
            shape = "locative"
        elif before in self._nouns or (before in self._contracted and profile.frequency == 0):
            shape = "noun"
        following = words.words[i + 1] if i + 1 < len(words.words) else ""
        if following and words.starts[i + 1] - end <= 2:
            run = self._run(text, words, i)
            if run > i:
                self._add_run(found, text, words, (i, run), shape, locative=locative)
            if self._german and run > i + 1 and following.lower().endswith(self._streets):
                # `Berliner Straße in Gütersloh`: `in` may join a name, but not a street's
                self._add_run(found, text, words, (i, i + 1), "", locative=False)
            if profile.announces and following[0].isupper() and text[end] == " ":
                last = self._run(text, words, i + 1)
                stop = words.ends[last]
                # Where the facility itself is not listed, the town it is named after is near enough.
                inner = text[words.starts[i + 1] : stop]
                number = self.gazetteer.name_number(inner)
                places = self.forms.places(number) if number >= 0 else ()
                form = Form.NAME if places else Form.UNKNOWN
                found.append(Found(start, stop, form, i, last, places, inner, stop, "facility"))
        if shape:
            if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
                end = self._compound_end(text, words, i)
            found.append(Found(start, end, Form.UNKNOWN, i, i, (), text[start:end], end, shape))

    def _add_run(
        self, found: list[Found], text: str, words: Words, run: tuple[int, int], shape: str, *, locative: bool
    ) -> None:
        """Add capitalised words in a row that close with a head such as `Straße`, or stand behind `in`."""
        first, last = run
        start, end = words.starts[first], words.ends[last]
        closing = words.words[last].lower()
        if (
            closing in self._endings
            or closing in self._facilities
            or (self._german and closing.endswith(self._ending_suffixes))
        ):
            stop = end + self._house_number(text, end, closing)
            street = self._german and last == first + 1 and closing.endswith(self._streets)
            kind = "street" if street else "headed"
            found.append(Found(start, stop, Form.UNKNOWN, first, last, (), text[start:stop], stop, kind))
        if shape in {"locative", "noun"} or (locative and not self._german):
            found.append(
                Found(start, end, Form.UNKNOWN, first, last, (), text[start:end], end, shape or "run")
            )

    def _house_number(self, text: str, end: int, closing: str) -> int:
        """Return the length of a blank and a house number behind a German street."""
        if not self._german or not closing.endswith(self._streets):
            return 0
        match = _HOUSE_NUMBER.match(text, end)
        return match.end() - end if match else 0

    def _add_hyphenated(self, found: list[Found], text: str, words: Words, i: int) -> None:
        """Add `Tel-Aviv` (a name in another spelling), `Berlin-Charlottenburg`, `Tabarz-Cabarz` as wholes."""
        start, end = words.starts[i], self._compound_end(text, words, i)
        if end == words.ends[i]:
            return
        last = i
        while words.ends[last] < end:
            last += 1
        closing = words.words[last]
        if not closing[0].isupper() or self.gazetteer.name_number(text[start:end]) >= 0:
            return
        whole = text[start:end]
        places = tuple(self.gazetteer.folded_places(folded(whole))[:MAX_PLACES].tolist())
        if places:
            found.append(Found(start, end, Form.NAME, i, last, places, whole, end, "folded"))
            return
        number = self.gazetteer.name_number(closing)
        if self.prominent(words.words[i]) and number >= 0 and self.lexicon.name_share(closing.lower()) > 3:
            found.append(
                Found(start, end, Form.NAME, i, last, self.forms.places(number), closing, end, "double")
            )
        elif self.lexicon.frequency(closing.lower()) == 0:
            found.append(Found(start, end, Form.UNKNOWN, i, last, (), whole, end, "hyphenated"))

    def _add_marked(self, found: list[Found], text: str, words: Words, i: int) -> None:
        """Add roads with numbers and churches of saints: `A 7`, `Bundesstraße 216`, `St. Willibrord`."""
        word, start = words.words[i], words.starts[i]
        if i + 1 >= len(words.words):
            return
        following = words.words[i + 1]
        gap = text[words.ends[i] : words.starts[i + 1]]
        lower = word.lower()
        if following.isdigit() and gap == " " and len(following) <= 4:
            if lower in self._roads or (word in {"A", "B", "L"} and self.lexicon.language == "de"):
                end = words.ends[i + 1]
                found.append(
                    Found(start, end, Form.UNKNOWN, i, i + 1, (), text[start:end], end, f"road {lower[:1]}")
                )
        elif lower in {"st", "sankt", "saint"} and gap in {". ", " ", "."} and following[0].isupper():
            last = self._run(text, words, i + 1)
            for at in {i + 1, last}:
                end = words.ends[at]
                found.append(Found(start, end, Form.UNKNOWN, i, at, (), text[start:end], end, "saint"))

    def _run(self, text: str, words: Words, i: int) -> int:
        """Return the last word of the run of capitalised words from word `i`, joined by blanks and glue."""
        last = i
        at = i + 1
        while at < len(words.words) and at - i < 5:
            gap = text[words.ends[at - 1] : words.starts[at]]
            if gap not in {" ", "-", ". ", "'", "’"}:
                break
            word = words.words[at]
            if word[0].isupper():
                last = at
            elif word not in self._glue:
                break
            at += 1
        return last
