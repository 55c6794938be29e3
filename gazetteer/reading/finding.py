"""Finding: every span that might name a place, judged by its letters alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, compress, count
from typing import Final

from gazetteer.places.index import Gazetteer
from gazetteer.places.names import folded
from gazetteer.places.rows import NameUse
from gazetteer.reading.candidates import Form, Found
from gazetteer.reading.company import Maps
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.memory import Memory
from gazetteer.reading.neighbours import Neighbours
from gazetteer.reading.phrases import Phrases
from gazetteer.reading.profiles import AREA_CODE, Profile, Profiles
from gazetteer.reading.roads import Roads
from gazetteer.reading.tokens import Words
from gazetteer.reading.wordforms import MAX_PLACES, WordForms

_MAX_HYPHENS: Final = 6
_BLOCK: Final = 4_000
"""Candidates found at a time, as those of a long text need not all be there at once."""
_MAX_KEPT: Final = 200_000
"""Answers about a name and a place that are kept before all are forgotten."""
_MAX_WORDS_IN_CAPITALS: Final = 4
_MIN_CAPITALS: Final = 5
_LONGEST_CODE: Final = 4
"""Letters of an abbreviation."""
_AFTER_LEAD: Final = frozenset({" ", ". "})
GROUPS: Final = ("code", "unknown", "word", "name")
"""What a surface can be to the word list."""
BULKS: Final = ("none", "small", "big")
"""How widely known the best place of a name can be."""
_AFTER_INITIAL: Final = frozenset({".", "'", "’", " "})
_AFTER_SAINT: Final = frozenset({". ", " ", "."})
_MARKS: Final = frozenset(
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030c\u030d\u0323\u0324\u0327\u0329\u0331\u0358"
)
"""Accents that stand alone: what looks like a gap is a part of the word."""
_JOINS: Final = frozenset({" ", "-", ". ", "'", "’"})
"""What may stand between capitalised words in a row."""
_APOSTROPHES: Final = frozenset({"'", "’"})
_STANDING: Final = frozenset({"locative", "noun"})
"""Shapes that the word before gives."""
_LONGEST_ROW: Final = 5
"""Words."""
_LOCATIVE: Final = 1
_NOUN: Final = 2
_CONTRACTED: Final = 4


class Finder:
    """Finds candidate spans of one language; keeps what it has worked out about words."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        """Take the gazetteer and the language's tables."""
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self.forms: Final = WordForms(gazetteer, lexicon)
        self.profiles: Final = Profiles(gazetteer, lexicon, self.forms)
        self.neighbours: Final = Neighbours(lexicon)
        self.maps: Final = Maps(gazetteer)
        self.toponymic: Final = self.profiles.toponymic
        self.group: Final = Memory(self._group).__getitem__
        """What a surface is to the word list: one of `GROUPS`."""
        self.prominent: Final = Memory(self._prominent).__getitem__
        """Whether a single word is the name of a place many have heard of."""
        self._leads = Memory(self._lead)
        self._glue = lexicon.cue("places", "glue")
        own = lexicon.grammar.own_names
        self._standings: Final = (
            (int(NameUse.CODE), "code"),
            (int(own | NameUse.CURATED), "firm"),
            (int(NameUse.MAIN), "main"),
            (int(NameUse.HISTORIC), "historic"),
        )
        self._feature = gazetteer.column("place_feature")
        self._features = tuple(feature.value for feature in gazetteer.features())
        self._bulk: dict[int, str] = {}
        self._uses: dict[tuple[str, int], int] = {}
        self.ands: Final = lexicon.cue("readings", "joints")
        """What stands before the last name of a list."""
        self._roads = Roads(lexicon)
        self._saints = lexicon.cue("places", "saints")
        self._phrases = Phrases(lexicon, self.prominent)

    def find(self, text: str, words: Words) -> Iterator[Found]:
        """Yield every candidate, also overlapping ones, by first word and the longest first."""
        return chain.from_iterable(self._blocks(text, words))

    def _blocks(self, text: str, words: Words) -> Iterator[list[Found]]:
        found: list[Found] = []
        profiles = list(map(self.profiles.__getitem__, words.words))
        for i in compress(count(), profiles):
            profile = profiles[i]
            if profile is None or profile.barred or (profile.quiet and not self._may_be(words, i, profiles)):
                continue
            if profile.area_code and not self._behind_town(words, i):
                continue
            if len(found) > _BLOCK:
                yield found
                found = []
            before = len(found)
            if profile.capital:
                self._add_of_capitalised(found, text, words, i, profiles)
            else:
                self._add_single(found, text, words, i, profile)
                self._add_pairs(found, text, words, i)
            if len(found) > before + 1:
                found[before:] = _distinct(found[before:])
        yield found

    def _may_be(self, words: Words, i: int, profiles: list[Profile | None]) -> bool:
        """Tell whether a word that is nothing by itself may be a name where it stands; few are."""
        gap = words.gaps[i + 1]
        return (
            gap[:1] == "-"
            or (i and words.gaps[i].isspace() and self._leads[words.words[i - 1]] > 0)
            or (gap in _JOINS and _heads_row(profiles, i))
        )

    def _behind_town(self, words: Words, i: int) -> bool:
        """Tell whether a comma and what may be the name of a place stand before word `i`."""
        if not i or words.gaps[i] != ", ":
            return False
        town = words.words[i - 1]
        if not town.isupper():
            return town[0].isupper()
        return len(town) > AREA_CODE and len(self.gazetteer.folded_places(folded(town))) > 0

    def _add_of_capitalised(
        self, found: list[Found], text: str, words: Words, i: int, profiles: list[Profile | None]
    ) -> None:
        profile, gap, end = profiles[i], words.gaps[i + 1], words.ends[i]
        if profile is None or (profile.initial and gap[:1] not in _AFTER_INITIAL):
            return
        openings = profile.openings
        if openings is None or text[end : end + 3] in openings or (gap != " " and gap[:1] in _MARKS):
            self._add_names(found, text, words, i)
            longer = True
        else:
            longer = False
            if profile.names:
                self._add_name(found, text, words, i, profile)
        if profile.opens_pair or longer or (profile.demonym and gap == "-"):
            self._add_pairs(found, text, words, i)
        if profile.readings:
            self._add_single(found, text, words, i, profile)
        self._add_shaped(found, text, words, i, profiles)
        if gap[:1] == "-":
            self._add_hyphenated(found, text, words, i)
        if profile.marks:
            self._add_marked(found, text, words, i, profiles)
        if profile.capitals:
            self._add_capitals(found, text, words, i)

    def _lead(self, word: str) -> int:
        """Tell what a word right before another makes of that."""
        lower, cue = word.lower(), self.lexicon.cue
        return (
            _LOCATIVE * (lower in cue("prepositions", "locative"))
            | _NOUN * (lower in cue("places", "nouns"))
            | _CONTRACTED * (lower in cue("prepositions", "contracted"))
        )

    def feature_at(self, place: int) -> str:
        """Return the feature of a place number."""
        number: int = self._feature[place]
        return self._features[number]

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
        for flag, word in self._standings:
            if uses & flag:
                return word
        return "other"

    def _group(self, surface: str) -> str:
        if len(surface) <= _LONGEST_CODE and surface.isupper():
            return "code"  # `US` is not the word `us`
        lower = surface.lower()
        known = self.lexicon.frequency(lower)
        return "unknown" if not known else "word" if self.lexicon.name_share(lower) < 4 else "name"

    def bulk(self, places: tuple[int, ...]) -> str:
        """Tell whether the best of some places is widely known: one of `BULKS`."""
        if not places:
            return "none"
        bulk = self._bulk.get(places[0])
        if bulk is None:
            bulk = self._bulk[places[0]] = "big" if self.gazetteer.prominence_at(places[0]) > 0.5 else "small"
        return bulk

    def _prominent(self, word: str) -> bool:
        number = self.gazetteer.name_number(word)
        return number >= 0 and self.gazetteer.features_of(number).best_prominence > 0.5

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
        heads = words.words[i].lower() in self.lexicon.cue("places", "facilities")
        for end, number in self.gazetteer.names_at(text, start, endings=self.profiles.genitives):
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
            if name[-1] == "." and (road := self._roads.abbreviated(text, words, i, last)) is not None:
                found.append(road)
            following = text[closed : closed + 2]
            if len(following) == 2 and following[0] == "-" and following[1].isalnum():
                container = self._compound_end(text, words, last)
                found.append(Found(start, closed, Form.PART, i, last, places, name, container, shape))
                continue
            found.append(Found(start, closed, Form.NAME, i, last, places, name, closed, shape))

    def _add_name(self, found: list[Found], text: str, words: Words, i: int, profile: Profile) -> None:
        """Add what a word alone is in the gazetteer, where no longer name begins with it."""
        word, start, end = words.words[i], words.starts[i], words.ends[i]
        form, container = Form.NAME, end
        if words.gaps[i + 1] == "-" and i + 1 < len(words.words):
            form, container = Form.PART, self._compound_end(text, words, i)
        for length, number in profile.names:
            places = self.forms.places(number)
            if length == AREA_CODE and profile.capitals and self._behind_town(words, i):
                # `Albany, NY`: the state
                places = tuple(p for p in places if self.feature_at(p) == "region") or places
            shape = "exact" if length == len(word) else "genitive"
            found.append(Found(start, end, form, i, i, places, word[:length], container, shape))

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

    def _add_pairs(self, found: list[Found], text: str, words: Words, i: int) -> None:
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
            elif (city := self.forms.city_of_pair(text[start:end])) is not None:
                found.append(Found(start, end, Form.DEMONYM, i, i + 1, *city, end, "city"))

    # What one word by itself may be.

    def _add_single(self, found: list[Found], text: str, words: Words, i: int, profile: Profile) -> None:
        word = words.words[i]
        for form, shape, places, name, length in profile.readings:
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

    def _add_shaped(
        self, found: list[Found], text: str, words: Words, i: int, profiles: list[Profile | None]
    ) -> None:
        profile, gap = profiles[i], words.gaps[i + 1]
        if profile is None:
            return
        lead = self._leads[words.words[i - 1]] if i and words.gaps[i].isspace() else 0
        shape = profile.bare
        if profile.ends_in_head:
            shape = "ending"
        elif lead & _LOCATIVE and profile.frequency < 5:
            shape = "locative"
        elif lead & _NOUN or (lead & _CONTRACTED and profile.frequency == 0):
            shape = "noun"
        if gap in _JOINS and i + 1 < len(words.words):
            following = profiles[i + 1]
            if (following is not None and following.capital) or words.words[i + 1] in self._glue:
                stands = shape in _STANDING or (
                    lead & _LOCATIVE and not self.lexicon.grammar.nouns_are_capitalised
                )
                if stands or profile.announces or profile.opens or profile.leads or _heads_row(profiles, i):
                    self._add_rows(found, text, words, i, profiles, shape=(shape or "run") if stands else "")
        if shape:
            start, end = words.starts[i], words.ends[i]
            if gap[:1] == "-" and text[end + 1 : end + 2].isalpha():
                end = self._compound_end(text, words, i)
            found.append(Found(start, end, Form.UNKNOWN, i, i, (), text[start:end], end, shape))

    def _add_rows(
        self,
        found: list[Found],
        text: str,
        words: Words,
        i: int,
        profiles: list[Profile | None],
        *,
        shape: str,
    ) -> None:
        """Add what a word makes with the capitalised words behind it; it has a shape behind `in` or so."""
        profile, following = profiles[i], profiles[i + 1]
        last = self._run(words, i, profiles)
        if last > i:
            self._add_natural(found, text, words, (i, last), profiles)
            if shape:
                start, end = words.starts[i], words.ends[last]
                found.append(Found(start, end, Form.UNKNOWN, i, last, (), text[start:end], end, shape))
            found += self._phrases.headed(text, words, (i, last), profiles)
            if profile is not None and profile.opens and not _begins_name(found, i):
                found += self._phrases.opened(text, words, (i, last), profiles)
        if following is None or not following.capital:
            return
        if profile is not None and profile.announces and words.gaps[i + 1] == " ":
            last = self._run(words, i + 1, profiles)
            start, stop = words.starts[i], words.ends[last]
            # Where the facility itself is not listed, the town it is named after is near enough.
            inner = text[words.starts[i + 1] : stop]
            number = self.gazetteer.name_number(inner)
            places = self.forms.places(number) if number >= 0 else ()
            form = Form.NAME if places else Form.UNKNOWN
            found.append(Found(start, stop, form, i, last, places, inner, stop, "facility"))

    def _add_natural(
        self,
        found: list[Found],
        text: str,
        words: Words,
        row: tuple[int, int],
        profiles: list[Profile | None],
    ) -> None:
        """Add waters, hills and islands, told by the head before or behind: `Lake Ida`, `Iona Island`."""
        first, last = row
        opening = profiles[first]
        start = words.starts[first]
        if opening is not None and opening.leads and words.gaps[first + 1] in _AFTER_LEAD:
            for at in sorted({first + 1, last}):
                if words.words[at][0].isupper():
                    end = words.ends[at]
                    found.append(Found(start, end, Form.UNKNOWN, first, at, (), text[start:end], end, "led"))
        for at in range(first + 1, last + 1):
            profile = profiles[at]
            if words.gaps[at] in _APOSTROPHES and words.words[at] in self._glue:
                continue  # `Robin Hood's Bay`
            if words.gaps[at] != " " or profile is None or not profile.capital:
                return
            if profile.natural:
                end = words.ends[at]
                found.append(Found(start, end, Form.UNKNOWN, first, at, (), text[start:end], end, "natural"))
                return

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
        elif self.lexicon.frequency(closing.lower()) == 0 or (last == i + 1 and self.prominent(closing)):
            shape = "hyphenated" if number < 0 else "hyphenated name"
            found.append(Found(start, end, Form.UNKNOWN, i, last, (), whole, end, shape))

    def _add_marked(
        self, found: list[Found], text: str, words: Words, i: int, profiles: list[Profile | None]
    ) -> None:
        """Add roads with numbers and churches of saints: `A 7`, `Bundesstraße 216`, `St. Willibrord`."""
        if (road := self._roads.at(text, words, i)) is not None:
            found.append(road)
            return
        if i + 1 >= len(words.words) or words.words[i].lower() not in self._saints:
            return
        if words.gaps[i + 1] in _AFTER_SAINT and words.words[i + 1][0].isupper():
            start, last = words.starts[i], self._run(words, i + 1, profiles)
            for at in {i + 1, last}:
                end = words.ends[at]
                found.append(Found(start, end, Form.UNKNOWN, i, at, (), text[start:end], end, "saint"))

    def _run(self, words: Words, i: int, profiles: list[Profile | None]) -> int:
        """Return the last word of the run of capitalised words from word `i`, joined by blanks and glue."""
        last = i
        at = i + 1
        while at < len(words.words) and at - i < _LONGEST_ROW and words.gaps[at] in _JOINS:
            profile = profiles[at]
            if profile is not None and profile.capital:
                last = at
            elif words.words[at] not in self._glue:
                break
            at += 1
        return last


def _heads_row(profiles: list[Profile | None], i: int) -> bool:
    """Tell whether a head such as `Straße` stands near enough behind word `i` to close a row."""
    for profile in profiles[i + 1 : i + _LONGEST_ROW]:  # noqa: SIM110 - a generator would cost more
        if profile is not None and profile.closes:
            return True
    return False


def _begins_name(found: list[Found], i: int) -> bool:
    """Tell whether a listed name of several words has been found to begin with word `i`."""
    for candidate in reversed(found):
        if candidate.first != i:
            return False
        if candidate.last > i and candidate.form is Form.NAME:
            return True
    return False


def _distinct(found: list[Found]) -> list[Found]:
    """Drop what is found twice, and spans of unknown names that are also known; the longest first."""
    named = {f.end for f in found if f.form is not Form.UNKNOWN}
    unique = {(f.end, f.form): f for f in reversed(found)}
    kept = [f for f in reversed(unique.values()) if f.form is not Form.UNKNOWN or f.end not in named]
    kept.sort(key=lambda f: -f.end)
    return kept
