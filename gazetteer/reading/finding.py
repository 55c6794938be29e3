"""Finding: every span that might name a place, judged by its letters alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, compress, count
from typing import Final

from gazetteer.places.index import Gazetteer
from gazetteer.places.names import folded
from gazetteer.reading.candidates import DEMONYM, NAME, PART, UNKNOWN, Found
from gazetteer.reading.company import Maps
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.memory import Memory
from gazetteer.reading.neighbours import Neighbours
from gazetteer.reading.phrases import Phrases
from gazetteer.reading.profiles import AREA_CODE, OPENING, Profile, Profiles
from gazetteer.reading.roads import Roads
from gazetteer.reading.spellings import Spellings
from gazetteer.reading.standings import Standings
from gazetteer.reading.tokens import Words
from gazetteer.reading.wordforms import MAX_PLACES, WordForms

_MAX_HYPHENS: Final = 6
_BLOCK: Final = 4_000
"""Candidates found at a time, as those of a long text need not all be there at once."""
_MAX_KEPT: Final = 200_000
"""Words kept with what they are alone before all are forgotten."""
_MAX_WORDS_IN_CAPITALS: Final = 4
_MIN_CAPITALS: Final = 5
_AFTER_LEAD: Final = frozenset({" ", ". "})
_AFTER_INITIAL: Final = frozenset({".", "'", "’", " "})
_AFTER_SAINT: Final = frozenset({". ", " ", "."})
_MARKS: Final = frozenset(
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030c\u030d\u0323\u0324\u0327\u0329\u0331\u0358"
)
"""Accents that stand alone: what looks like a gap is a part of the word."""
_JOINS: Final = frozenset({" ", "-", ". ", "'", "’"})
"""What may stand between capitalised words in a row."""
_GLUING: Final = _MARKS | {"-"}
"""What makes the word before a part of something longer."""
_APOSTROPHES: Final = frozenset({"'", "’"})
_STANDING: Final = frozenset({"locative", "noun"})
"""Shapes that the word before gives."""
_LONGEST_ROW: Final = 5
"""Words."""
_LOCATIVE: Final = 1
_NOUN: Final = 2
_CONTRACTED: Final = 4
_LEADS: Final = 8


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
        self.spellings: Final = Spellings(gazetteer, lexicon)
        self.prominent: Final = Memory(self._prominent).__getitem__
        """Whether a single word is the name of a place many have heard of."""
        self._leads = Memory(self._lead)
        self._alone: tuple[dict[Profile, tuple[Found, ...]], ...] = tuple({} for _lead in range(_LEADS))
        self._glue = lexicon.cue("places", "glue")
        self.standing: Final = Standings(gazetteer, lexicon.grammar.own_names).of
        """How firmly a name belongs to a place, in one word."""
        self._feature = gazetteer.column("place_feature")
        self._features = tuple(feature.value for feature in gazetteer.features())
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
        gaps, starts, ends = words.gaps, words.starts, words.ends
        profiles = list(map(self.profiles.__getitem__, words.words))
        headed = _before_heads(profiles)
        last = len(profiles) - 1
        for i in compress(count(), profiles):
            profile, gap = profiles[i], gaps[i + 1]
            lead = self._leads[words.words[i - 1]] if i and gaps[i].isspace() else 0
            joins = gap in _JOINS and i < last
            if profile is None or (profile.quiet and not (lead or gap[:1] == "-" or (joins and headed[i]))):
                continue  # nothing by itself, nor where it stands
            if len(found) > _BLOCK:
                yield found
                found = []
            end = ends[i]
            if (
                not profile.steady
                or gap[:1] in _GLUING
                or (profile.openings and text[end : end + OPENING] in profile.openings)
                or (
                    joins
                    and (lead or profile.capitals or headed[i])
                    and (_is_capital(profiles[i + 1]) or words.words[i + 1] in self._glue)
                )
            ):
                found += self._found_at(text, words, i, profiles, lead=lead, headed=bool(headed[i]))
                continue
            # What the word is wherever it stands, as most are: kept, and moved to where it stands.
            kept = self._alone[lead].get(profile)
            if kept is None:
                kept = self._keep_alone(words.words[i], profile, lead)
            start = starts[i]
            for f in kept:
                at = start + f.end
                found.append(Found(start, at, f.form, i, i, f.places, f.name, end, f.shape, 0.0, f.letters))
        yield found

    def _keep_alone(self, word: str, profile: Profile, lead: int) -> tuple[Found, ...]:
        """Return what a word is that has nothing but a word of that lead beside it."""
        words = Words([word], ["", ""], [0], [len(word)])
        alone = tuple(self._found_at(word, words, 0, [profile], lead=lead, headed=False))
        for found in alone:
            self.spellings.of(found, word)
        if len(self._alone[lead]) >= _MAX_KEPT:
            self._alone[lead].clear()
        self._alone[lead][profile] = alone
        return alone

    def _found_at(
        self, text: str, words: Words, i: int, profiles: list[Profile | None], *, lead: int, headed: bool
    ) -> list[Found]:
        """Return the candidates that begin with word `i`; `lead` is that of the word before it."""
        found: list[Found] = []
        profile = profiles[i]
        if profile is None or profile.barred or (profile.area_code and not self._behind_town(words, i)):
            return found
        if profile.capital:
            self._add_of_capitalised(found, text, words, i, profiles, lead=lead, headed=headed)
        else:
            self._add_single(found, text, words, i, profile)
            self._add_pairs(found, text, words, i)
        return _distinct(found) if len(found) > 1 else found

    def _behind_town(self, words: Words, i: int) -> bool:
        """Tell whether a comma and what may be the name of a place stand before word `i`."""
        if not i or words.gaps[i] != ", ":
            return False
        town = words.words[i - 1]
        if not town.isupper():
            return town[0].isupper()
        return len(town) > AREA_CODE and len(self.gazetteer.folded_places(folded(town))) > 0

    def _add_of_capitalised(
        self,
        found: list[Found],
        text: str,
        words: Words,
        i: int,
        profiles: list[Profile | None],
        *,
        lead: int,
        headed: bool,
    ) -> None:
        profile, gap, end = profiles[i], words.gaps[i + 1], words.ends[i]
        if profile is None or (profile.initial and gap[:1] not in _AFTER_INITIAL):
            return
        if (
            profile.endless
            or text[end : end + OPENING] in profile.openings
            or (gap != " " and gap[:1] in _MARKS)
        ):
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
        self._add_shaped(found, text, words, i, profiles, lead=lead, headed=headed)
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
                found.append(Found(start, closed, PART, i, last, places, name, container, shape))
                continue
            found.append(Found(start, closed, NAME, i, last, places, name, closed, shape))

    def _add_name(self, found: list[Found], text: str, words: Words, i: int, profile: Profile) -> None:
        """Add what a word alone is in the gazetteer, where no longer name begins with it."""
        word, start, end = words.words[i], words.starts[i], words.ends[i]
        form, container = NAME, end
        if words.gaps[i + 1] == "-" and i + 1 < len(words.words):
            form, container = PART, self._compound_end(text, words, i)
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
                found.append(Found(start, end, NAME, i, last, kept, text[start:end], end, "capitals"))

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
                found.append(Found(start, end, DEMONYM, i, i + 1, second, text[start:end], end, "pair"))
            elif (pair := self.forms.demonym(text[start:end].lower())) is not None:
                found.append(Found(start, end, DEMONYM, i, i + 1, pair, text[start:end], end, "listed"))
        elif gap in {" ", ". "}:
            pair = self.forms.demonym(text[start:end].lower())
            if pair is not None:
                found.append(Found(start, end, DEMONYM, i, i + 1, pair, text[start:end], end, "listed"))
            elif (city := self.forms.city_of_pair(text[start:end])) is not None:
                found.append(Found(start, end, DEMONYM, i, i + 1, *city, end, "city"))

    def _add_single(self, found: list[Found], text: str, words: Words, i: int, profile: Profile) -> None:
        word = words.words[i]
        for form, shape, places, name, length in profile.readings:
            start = words.starts[i]
            end = start + length
            container = words.ends[i] if length < len(word) else end
            if form is PART and length < len(word):
                container = self._compound_end(text, words, i)
            kind = form
            if kind is NAME and text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
                kind, container = PART, self._compound_end(text, words, i)
            found.append(Found(start, end, kind, i, i, places, name, container, shape))

    def _add_shaped(
        self,
        found: list[Found],
        text: str,
        words: Words,
        i: int,
        profiles: list[Profile | None],
        *,
        lead: int,
        headed: bool,
    ) -> None:
        profile, gap = profiles[i], words.gaps[i + 1]
        if profile is None:
            return
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
                if stands or profile.announces or profile.opens or profile.leads or headed:
                    self._add_rows(found, text, words, i, profiles, shape=(shape or "run") if stands else "")
        if shape:
            start, end = words.starts[i], words.ends[i]
            if gap[:1] == "-" and text[end + 1 : end + 2].isalpha():
                end = self._compound_end(text, words, i)
            found.append(Found(start, end, UNKNOWN, i, i, (), text[start:end], end, shape))

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
                found.append(Found(start, end, UNKNOWN, i, last, (), text[start:end], end, shape))
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
            form = NAME if places else UNKNOWN
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
                    found.append(Found(start, end, UNKNOWN, first, at, (), text[start:end], end, "led"))
        for at in range(first + 1, last + 1):
            profile = profiles[at]
            if words.gaps[at] in _APOSTROPHES and words.words[at] in self._glue:
                continue  # `Robin Hood's Bay`
            if words.gaps[at] != " " or profile is None or not profile.capital:
                return
            if profile.natural:
                end = words.ends[at]
                found.append(Found(start, end, UNKNOWN, first, at, (), text[start:end], end, "natural"))
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
            found.append(Found(start, end, NAME, i, last, places, whole, end, "folded"))
            return
        number = self.gazetteer.name_number(closing)
        if self.prominent(words.words[i]) and number >= 0 and self.lexicon.name_share(closing.lower()) > 3:
            found.append(Found(start, end, NAME, i, last, self.forms.places(number), closing, end, "double"))
        elif self.lexicon.frequency(closing.lower()) == 0 or (last == i + 1 and self.prominent(closing)):
            shape = "hyphenated" if number < 0 else "hyphenated name"
            found.append(Found(start, end, UNKNOWN, i, last, (), whole, end, shape))

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
                found.append(Found(start, end, UNKNOWN, i, at, (), text[start:end], end, "saint"))

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


def _is_capital(profile: Profile | None) -> bool:
    return profile is not None and profile.capital


def _before_heads(profiles: list[Profile | None]) -> bytearray:
    """Tell of each word whether a head such as `Straße` stands near enough behind it to close a row."""
    before = bytearray(len(profiles))
    for at, profile in enumerate(profiles):
        if profile is not None and profile.closes:
            for i in range(max(0, at + 1 - _LONGEST_ROW), at):
                before[i] = 1
    return before


def _begins_name(found: list[Found], i: int) -> bool:
    """Tell whether a listed name of several words has been found to begin with word `i`."""
    for candidate in reversed(found):
        if candidate.first != i:
            return False
        if candidate.last > i and candidate.form is NAME:
            return True
    return False


def _distinct(found: list[Found]) -> list[Found]:
    """Drop what is found twice, and spans of unknown names that are also known; the longest first."""
    named = {f.end for f in found if f.form is not UNKNOWN}
    unique = {(f.end, f.form): f for f in reversed(found)}
    kept = [f for f in reversed(unique.values()) if f.form is not UNKNOWN or f.end not in named]
    kept.sort(key=lambda f: -f.end)
    return kept
