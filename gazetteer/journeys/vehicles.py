"""Vehicles: trains, ships, planes and convoys of an article, what they are called and whom they carry.

Most often an article is about one vehicle of a kind, and every word for one means it; a further one
(`a second train`, `ein Ersatzzug`) is told apart, and one that carries somebody counts as them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from gazetteer.journeys.clauses import Token
from gazetteer.journeys.traveller import TravellerMention, start_of
from gazetteer.journeys.vocabulary import PARTY, Vocabulary, vocabulary_of
from gazetteer.reading.lexicon import Lexicon

_RIDER_CHARS: Final = 400
"""So far from a vehicle its passenger is looked for."""
_LONGEST_NAME_WORDS: Final = 4
_COUNT_CHARS: Final = 16
_OFTEN: Final = 2
_NOUN_PHRASE_WORDS: Final = 6
_QUOTES: Final = frozenset("„“”\"‚‘»«›‹'")
_QUOTED: Final = re.compile(r" [„“\"‚'»«›‹‘]((?:[A-ZÄÖÜ]|\d)[\w .-]{1,30})[“”\"‘’'«»›‹]")


@dataclass(frozen=True, slots=True)
class Vehicles:
    """The vehicles of one article."""

    text: str
    words: Sequence[Token]
    masked: Sequence[bool]
    """Per word, whether it is part of a place's name."""
    sentence_starts: Sequence[int]
    lexicon: Lexicon
    vocabulary: Vocabulary
    holders: Mapping[str, frozenset[str]]
    """Office → who holds it in this article."""

    def _common(self, word: Token) -> bool:
        return is_common(word, self.lexicon)

    def _sentence_start(self, at: int) -> int:
        number = bisect_right(self.sentence_starts, at)
        return self.sentence_starts[number - 1] if number else 0

    def mentions(self, persons: Sequence[TravellerMention]) -> list[TravellerMention]:
        """Find vehicles; one that the article ties to a person counts as that person."""
        vocabulary = self.vocabulary
        found: list[TravellerMention] = []
        riders: dict[str, Counter[str]] = defaultdict(Counter)
        for at, word in enumerate(self.words):
            mode = vocabulary.vehicle_mode(word.text)
            if mode is None and vocabulary.is_party(word.text) and not _is_named(persons, word):
                mode = PARTY
            if mode is None or self.masked[at] or word.low in vocabulary.means:
                continue
            if (
                mode == PARTY
                and at + 1 < len(self.words)
                and vocabulary.vehicle_mode(self.words[at + 1].text)
            ):
                continue  # `a refugee train`
            plural = word.low in vocabulary.words["plurals"] or word.low.endswith(vocabulary.party_plurals)
            if plural and not self._is_counted(at, vocabulary):
                continue  # trains in general travel nowhere
            first = self._named_from(at)
            name = self.text[self.words[first].start : word.end] if first < at else self._vehicle_name(at)
            another = self._another(at, found, mode)
            name = self._name_beside(at) or another or name
            start = self.words[first].start
            found.append(
                TravellerMention(start, word.end, name, mode, person=False, other=another is not None)
            )
            rider = self._rider(at, persons, vocabulary) if mode != PARTY else None
            if mode == PARTY and word.low in vocabulary.words["party_persons"]:
                rider = _most_named(persons)
            if rider:
                body = len(self.sentence_starts) > 1 and word.start >= self.sentence_starts[1]
                riders[mode].update({rider: 2 if body else 1})  # headlines list many
        names = self._vehicle_names(found, riders)
        called = [
            replace(m, name=names[m.vehicle]) if m.vehicle and not self._is_named(m) else m for m in found
        ]
        nameless = {person.name for person in persons if person.nameless}
        named = {person.name for person in persons} - nameless
        return [
            *(replace(m, nameless=self._is_nameless(m, named, nameless)) for m in called),
            *self._bare_names(found),
        ]

    def _bare_names(self, found: Sequence[TravellerMention]) -> Iterable[TravellerMention]:
        """Find a vehicle's own name where it stands alone: `die »Polarstern«`, `the Ever Given`."""
        known: dict[str, TravellerMention] = {}
        for mention in found:
            own = mention.name.partition(" ")[2]
            if own[:1].isupper() and not mention.other and self.text[mention.start : mention.end] != own:
                known.setdefault(own.split()[0], mention)
        if not known:
            return
        taken = {m.start for m in found}
        for at, word in enumerate(self.words):
            named = known.get(word.text)
            if named is None or word.start in taken or (at and self.words[at - 1].start in taken):
                continue
            own = named.name.partition(" ")[2]
            quoted = self.text[word.start - 1 : word.start] in _QUOTES
            if self.text.startswith(own, word.start) and (quoted or not self.masked[at]):
                yield replace(named, start=word.start, end=word.start + len(own))

    def _vehicle_names(
        self, found: Sequence[TravellerMention], riders: Mapping[str, Counter[str]]
    ) -> dict[str, str]:
        """Return for each means of travel whom its unnamed vehicles carry, else the one vehicle's name."""
        names: dict[str, str] = {}
        named: dict[str, dict[str, int]] = defaultdict(dict)
        for mention in found:
            if mention.other:
                continue
            mode = mention.vehicle or ""
            names.setdefault(mode, mention.name)
            if self._is_named(mention):
                named[mode].setdefault(mention.name, mention.start)
        for mode in names:
            if riders.get(mode):
                names[mode] = riders[mode].most_common(1)[0][0]
            elif named[mode]:
                # Headlines call things by other names; the first one in the text is what it is about.
                body = self.sentence_starts[1] if len(self.sentence_starts) > 1 else 0
                names[mode] = min(named[mode], key=lambda name: (named[mode][name] < body, named[mode][name]))
        return names

    def _is_counted(self, at: int, vocabulary: Vocabulary) -> bool:
        start = self._sentence_start(self.words[at].start)
        if self.words[at].start == start and vocabulary.is_party(self.words[at].text):
            return True
        words = {word.low for word in self.words[max(0, at - 3) : at] if word.start >= start}
        told = (*vocabulary.words["counted"], *vocabulary.words["others"])
        stretch = self.text[max(start, self.words[at].start - _COUNT_CHARS) : self.words[at].start]
        return not words.isdisjoint(told) or re.search(r"\d\D{0,12}$", stretch) is not None

    def _named_from(self, at: int) -> int:
        """Return where a vehicle's name begins: `Coromandel Express`; a noun with a capital is none."""
        vocabulary = self.vocabulary
        if (
            vocabulary is None
            or not self.words[at].text[:1].isupper()
            or not _is_brand(self.words[at].low, vocabulary)
        ):
            return at
        first = at
        while first > 0 and at - first < _LONGEST_NAME_WORDS:
            word = self.words[first - 1]
            joined = self.text[word.end : self.words[first].start] in (" ", "-")
            low = word.low
            if not joined or not word.text[:1].isupper() or low in vocabulary.words["determiners"]:
                break
            # Unless nouns are capitalised, a capital within a sentence makes a name of any word.
            opens = vocabulary.grammar.nouns_are_capitalised or self._sentence_start(word.start) == word.start
            if opens and self._common(word):
                break
            first -= 1
        return first

    def _name_beside(self, at: int) -> str | None:
        """Return `ship Razoni` for the vehicle of `The Razoni, a cargo ship,`."""
        vocabulary = self.vocabulary
        if vocabulary is None:
            return None
        for back in range(at - 1, max(-1, at - 1 - _NOUN_PHRASE_WORDS), -1):
            word = self.words[back]
            if word.low in vocabulary.words["indefinite"] and back > 0:
                named = self.words[back - 1]
                between = self.text[named.end : word.start]
                ends = self.text[self.words[at].end : self.words[at].end + 1] in (",", " ")
                proper = named.text[:1].isupper() and not self._common(named) and not self.masked[back - 1]
                return f"{self.words[at].text} {named.text}" if between == ", " and proper and ends else None
            if self.text[word.end : self.words[back + 1].start] not in (" ", "-"):
                return None
        return None

    def _another(  # noqa: PLR0911 - one return for each case
        self, at: int, found: Sequence[TravellerMention], mode: str
    ) -> str | None:
        """Return what a further vehicle is called: `more buses`, `a special train` beside a named one."""
        vocabulary = self.vocabulary
        if vocabulary is None or at == 0 or " " in self._vehicle_name(at):
            return None
        words = self.words
        if words[at].low.startswith(vocabulary.words["spare_prefixes"]):
            return words[at].text
        first = at
        while first > max(0, at - 3) and self.text[words[first - 1].end : words[first].start] == " ":
            first -= 1
            if words[first].low in vocabulary.words["spare_prefixes"]:
                return f"{words[first].low} {words[at].text}"
            if words[first].low in (*vocabulary.words["others"], *vocabulary.words["ordinals"]):
                return f"{words[first].low} {words[at].text}"
            if words[first].low in vocabulary.words["indefinite"]:
                named = any(m.vehicle == mode and (mode == PARTY or self._is_named(m)) for m in found)
                if mode == PARTY:
                    return words[at].text if named else None
                kind = " ".join(word.text for word in words[first + 1 : at + 1])
                return kind if named and " " in kind else None
        return None

    def _is_named(self, mention: TravellerMention) -> bool:
        return mention.other or " " in mention.name

    @staticmethod
    def _is_nameless(mention: TravellerMention, named: set[str], nameless: set[str]) -> bool:
        """Tell whether neither the vehicle nor whom it carries has a name of their own."""
        if mention.other or mention.name in nameless:
            return True
        return " " not in mention.name and mention.name not in named

    def _vehicle_name(self, at: int) -> str:
        """Return `Ever Given` behind `container ship`, or the bare word."""
        word = self.words[at]
        rest = self.text[word.end : word.end + 45]
        quoted = _QUOTED.match(rest)
        if quoted is not None:
            # What stands in quotation marks is a name, whatever it says.
            return f"{word.text} {quoted[1]}"
        match = re.match(r" ((?:[A-ZÄÖÜ][\w-]*|\d{1,5})(?: (?:[A-ZÄÖÜ][\w-]*|\d{1,5})){0,2})", rest)
        vocabulary = self.vocabulary
        if match is None or vocabulary is None:
            return word.text
        first = match[1].split()[0]
        if first.lower() in vocabulary.words["no_speakers"]:
            return word.text  # `by train Monday`
        if not self.masked[min(at + 1, len(self.masked) - 1)]:
            common = self._common(Token(0, 0, first, first.lower())) and " " not in match[1]
            if not common or not vocabulary.grammar.nouns_are_capitalised:
                return f"{word.text} {match[1]}"
        return word.text

    def _rider(  # noqa: C901, PLR0911 - one return for each case
        self, at: int, persons: Sequence[TravellerMention], vocabulary: Vocabulary
    ) -> str | None:
        """Return the person whose vehicle it is: `Kims Zug`, `seinem Privatzug`, `train carrying Kim`."""
        word = self.words[at]
        first = bisect_left(persons, word.start - _RIDER_CHARS, key=start_of)
        persons = persons[first : bisect_left(persons, word.end + _RIDER_CHARS, key=start_of)]
        before = [m for m in persons if word.start - 60 <= m.end <= word.start and m.person]
        if before and not re.search(r"[.!?,;:]", self.text[before[-1].end : word.start]):
            genitive = re.search(r"(?:s|[’']s?)$", self.text[before[-1].start : before[-1].end])
            if genitive and len(self.text[before[-1].end : word.start].split()) <= 3:
                return before[-1].name
        nearby = self.words[max(0, at - 3) : at]
        office = next((o for w in nearby[-2:] if (o := vocabulary.office_of_adjective(w.low))), None)
        if office is not None:
            holders = self.holders.get(office, frozenset())
            if len(holders) == 1:
                return next(iter(holders))
        start = self._sentence_start(word.start)
        if any(w.low in vocabulary.words["means"] for w in nearby) and nearby[-1].start > start:
            riding = [m for m in persons if start <= m.start < word.start and m.person]
            if riding:
                return riding[0].name
        if any(w.low in vocabulary.possessives for w in nearby):
            subject = [m for m in persons if word.start - 300 <= m.end <= word.start and m.person]
            own = [m for m in subject if m.start >= start]
            if own:
                return own[0].name
            return subject[-1].name if subject else None
        after = [m for m in persons if word.end <= m.start <= word.end + 90 and m.person]
        if after and not re.search(r"[.!?;:]", self.text[word.end : after[0].start]):
            between = self.text[word.end : after[0].start].lower()
            if _carries(vocabulary.language).match(between):
                return after[0].name
        return None


def _is_named(persons: Sequence[TravellerMention], word: Token) -> bool:
    """Tell whether a word belongs to somebody's name: `Karl-Heinz Vogel`."""
    before = bisect_right(persons, word.start, key=start_of) - 1
    return before >= 0 and word.start < persons[before].end


def _most_named(persons: Sequence[TravellerMention]) -> str | None:
    """Return whom `the fugitive` means: who is named more than once, and oftener than all others."""
    counts = Counter(m.name for m in persons if m.person).most_common(2)
    if not counts or counts[0][1] < _OFTEN or (len(counts) > 1 and counts[1][1] == counts[0][1]):
        return None
    return counts[0][0]


@cache
def _carries(language: str) -> re.Pattern[str]:
    """Return the pattern of what stands between a vehicle and the person in it."""
    vocabulary = vocabulary_of(language)
    words = vocabulary.words if vocabulary is not None else {}
    supposed, carries = ("|".join(map(re.escape, words.get(name, ()))) for name in ("supposed", "carries"))
    return re.compile(rf",? (?:(?:{supposed or '(?!)'}) )?(?:{carries or '(?!)'})\b")


def _is_brand(low: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a word for a train is mostly the end of its name."""
    return low.rsplit("-", 1)[-1] in vocabulary.words["brands"]


def is_further(name: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a vehicle is only one of many others: `more buses`, `weitere Züge`."""
    first, _, rest = name.partition(" ")
    alone = (
        first.lower() in vocabulary.words["indefinite"] and rest.lower() not in vocabulary.words["plurals"]
    )
    return first.lower() in vocabulary.words["others"] and not alone


def is_common(word: Token, lexicon: Lexicon) -> bool:
    """Tell whether a capitalised word is an ordinary one rather than a name."""
    return lexicon.frequency(word.low) >= 3 and lexicon.name_share(word.low) < 6
