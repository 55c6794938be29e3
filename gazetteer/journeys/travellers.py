"""Travellers: the persons, delegations and vehicles of an article, under one name across articles.

Names are found by what stands around them (an office before, a known given name in front), short
forms and offices are led back to the full name, and a vehicle that carries somebody counts as them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz import fuzz

from gazetteer.journeys.clauses import Token
from gazetteer.journeys.traveller import TravellerMention, start_of
from gazetteer.journeys.vehicles import Vehicles, is_common
from gazetteer.journeys.vocabulary import Vocabulary, vocabulary_of
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.mentions import Kind
from gazetteer.reading.reader import ArticleReading

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-.'’][^\W\d_]+)*[’']?")
_TAIL: Final = re.compile(r"[’']s?$")
_TAIL_ENDS: Final = frozenset("’'s")
"""Letters that a word with a genitive or apostrophe ends in."""
_ROMAN: Final = re.compile(r"[ivx]+")
_NAME_PARTICLES: Final = frozenset(
    {"von", "van", "der", "de", "al", "bin", "ibn", "da", "di", "du", "la", "zu", "el"}
)
_SAME_GIVEN_NAME: Final = 60.0
"""Similarity in per cent from which `Wladimir` and `Vladimir` are one given name."""
_LONGEST_NAME_WORDS: Final = 4
_LONGEST_INITIAL: Final = 3
_TITLES: Final = frozenset({"leader", "pope", "foreign", "defence", "minister", "head_of_state", "prime"})
"""Offices whose holders travel, and whom everybody knows without a name."""
_SINGLE_OFFICES: Final = frozenset({"leader", "pope", "foreign", "defence", "head_of_state", "prime"})
"""Offices of which a report mostly means one holder even where it leaves the country unsaid."""
_WORLDS_OFFICES: Final = frozenset({"pope"})
"""Offices that only one person in the world holds."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is named where, in all articles read together."""

    mentions: Mapping[str, tuple[TravellerMention, ...]]
    """Per article, in text order."""

    def within(self, article: str, start: int, end: int) -> tuple[TravellerMention, ...]:
        """Return the mentions that begin in a stretch of an article's text."""
        mentions = self.mentions.get(article, ())
        first = bisect_left(mentions, start, key=start_of)
        return mentions[first : bisect_left(mentions, end, key=start_of)]

    def protagonist(self, article: str) -> TravellerMention | None:
        """Return the one person whom an article names, or names again; None where there is no such one."""
        persons = [m for m in self.mentions.get(article, ()) if m.person]
        counts = Counter(m.name for m in persons).most_common(2)
        if not counts or (len(counts) > 1 and not counts[0][1] > counts[1][1] == 1):
            return None
        return next(m for m in persons if m.name == counts[0][0])


def cast_of(readings: Sequence[ArticleReading]) -> Cast:
    """Find everybody who may travel, and give each one name across the articles."""
    casts = {reading.article.id: _ArticleCast(reading) for reading in readings}
    canonical = _canonical_names([name for cast in casts.values() for name in cast.name_counts.elements()])
    offices: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for cast in casts.values():
        for office, names in cast.offices.items():
            for name, count in names.items():
                offices[office][canonical.get(name, name)] += count
    known = {office: names.most_common(1)[0][0] for office, names in offices.items()}
    by_part = _names_by_part(dict.fromkeys(canonical.values()))
    return Cast({article: cast.mentions(canonical, by_part, known) for article, cast in casts.items()})


class _ArticleCast:
    """Names, offices and vehicles of one article."""

    def __init__(self, reading: ArticleReading) -> None:
        self._text = reading.article.text
        self._vocabulary = vocabulary_of(reading.article.language)
        self._lexicon = Lexicon.of(reading.article.language)
        self._places = [
            (r.mention.span.start, r.mention.span.end, r)
            for r in reading.resolutions
            if r.entry is not None and r.mention.kind is not Kind.ANAPHOR
        ]
        masked = [(s, e) for s, e, r in self._places if r.mention.kind is not Kind.PART]
        self._places.sort(key=lambda place: place[0])
        self._place_starts = [start for start, _, _ in self._places]
        self._sentence_starts = sorted(sentence.span.start for sentence in reading.sentences)
        self._name_parts: set[str] = set()
        self._words = list(map(Token.of, _WORD.finditer(self._text)))
        self._masked = _covered(self._words, masked)
        self.name_counts: Counter[str] = Counter()
        self.offices: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._found: list[TravellerMention] = []
        self._holders: list[tuple[int, str, str]] = []
        self._office_words: list[tuple[int, int, str, str]] = []
        if self._vocabulary is not None:
            self._find_names(self._vocabulary)

    def mentions(
        self,
        canonical: Mapping[str, str],
        by_part: Mapping[str, str],
        offices: Mapping[tuple[str, str], str],
    ) -> tuple[TravellerMention, ...]:
        """Return all mentions in text order, under their names across articles."""
        if self._vocabulary is None:
            return ()
        found = [replace(m, name=canonical.get(m.name, m.name)) for m in self._found]
        found += self._short_forms(canonical, by_part, found)
        here = {m.name for m in found}
        named = sorted(m.start for m in found)
        unnamed: list[str] = []
        for start, end, office, country in self._office_words:
            holder: str | None = offices.get((office, country))
            if holder not in here and not country and office not in _WORLDS_OFFICES:
                holder = None  # another article's minister
            nameless = False
            if holder is None and not country:
                holder = self._holder_before(start, end, canonical)
            if holder is None and not country and office in _SINGLE_OFFICES:
                holders = {name for (known, _), name in offices.items() if known == office and name in here}
                holder = next(iter(holders)) if len(holders) == 1 else None
            titled = {name for (known, _), name in offices.items() if known == office and name in here}
            if holder is None and not country and not titled and self._is_title(start, office):
                word = self._text[start:end]
                said = word.lower()
                holder = next(
                    (n for n in unnamed if n.lower().endswith(said) or said.endswith(n.lower())), word
                )
                unnamed.append(holder)
                nameless = True
            if holder and bisect_left(named, start) == bisect_right(named, end + 2):
                found.append(TravellerMention(start, end, holder, nameless=nameless))
        found += self._groups(self._vocabulary)
        found.sort(key=lambda m: (m.start, -m.end))
        return tuple(sorted([*found, *self._vehicles(self._vocabulary).mentions(found)], key=start_of))

    def _vehicles(self, vocabulary: Vocabulary) -> Vehicles:
        holders: dict[str, set[str]] = defaultdict(set)
        for (office, _), names in self.offices.items():
            holders[office].update(names)
        return Vehicles(
            self._text,
            self._words,
            self._masked,
            self._sentence_starts,
            self._lexicon,
            vocabulary,
            {office: frozenset(names) for office, names in holders.items()},
        )

    def _is_title(self, start: int, office: str) -> bool:
        """Tell whether an office with an article stands for somebody nobody names: `die Ministerin`."""
        number = bisect_right(self._words, start, key=lambda word: word.start) - 1
        vocabulary = self._vocabulary
        if vocabulary is None or number < 1 or office not in _TITLES:
            return False
        return self._words[number - 1].low in vocabulary.words["before_names"]

    def _holder_before(self, start: int, end: int, canonical: Mapping[str, str]) -> str | None:
        """Return whom `die Ministerin` takes up: the one last named with an office that ends so."""
        words = self._text[start:end].lower()
        for at, office, name in reversed(self._holders):
            if at < start and office.endswith(words):
                return canonical.get(name, name)
        return None

    def _find_names(self, vocabulary: Vocabulary) -> None:
        taken = -1
        for index, word in enumerate(self._words):
            if index <= taken:
                continue
            office = self._office(word, vocabulary)
            if office is not None and self._text[max(0, word.start - 2) : word.start].strip()[-1:].isdigit():
                continue  # `7.22 pm` is no prime minister
            if office is not None:
                country = self._country_before(index) or office[1]
                last = self._run_end(index + 1, vocabulary, named=True)
                if last > index:
                    self._add(index + 1, last)
                    name = self._found[-1].name
                    self._holders.append((word.start, word.low, name))
                    if office[0] != "person":
                        self.offices[office[0], country].update([name])
                    taken = last
                elif not (index and self._words[index - 1].low in vocabulary.words["both"]):
                    self._office_words.append((word.start, word.end, office[0], country))
                continue
            if not word.text[:1].isupper():
                continue
            last = self._run_end(index, vocabulary)
            if last > index and self._is_name(index, last):
                self._add(index, last)
                taken = last

    def _office(self, word: Token, vocabulary: Vocabulary) -> tuple[str, str] | None:
        if vocabulary.grammar.nouns_are_capitalised and not word.text[:1].isupper():
            return None
        low = word.low
        if low in vocabulary.role_aliases:
            return vocabulary.role_aliases[low]
        if low in vocabulary.roles:
            return vocabulary.roles[low], ""
        last = low.rsplit("-", 1)[-1]
        if last in vocabulary.roles and last != low:
            return vocabulary.roles[last], ""
        if vocabulary.grammar.compounds:
            for length in range(min(len(low) - 3, vocabulary.longest), 7, -1):
                if low[-length:] in vocabulary.roles:
                    return vocabulary.roles[low[-length:]], ""
        return None

    def _country_before(self, index: int) -> str:
        """Return the country of the place or demonym right before an office: `russische Präsident`."""
        at = self._words[index].start
        close = bisect_right(self._place_starts, at)
        for start, end, resolution in reversed(self._places[max(0, close - 3) : close]):
            if end <= at + 3 and start < at:
                between = self._text[end:at]
                near = len(between) <= 3 or (len(between) < 30 and not re.search(r"[,.;:]", between))
                entry = resolution.entry
                return (entry.country or "") if near and entry is not None else ""
            if start <= at < end and resolution.entry is not None:  # `US-Präsident`
                return resolution.entry.country or ""
        return ""

    def _run_end(self, index: int, vocabulary: Vocabulary, *, named: bool = False) -> int:
        """Return the index of the last word of the run of capitalised words from `index`, or `index - 1`.

        With `named`, an office stands before, and words that are also ordinary ones may be a name's.
        """
        last = index - 1
        for at in range(index, min(index + _LONGEST_NAME_WORDS, len(self._words))):
            word = self._words[at]
            gap = self._text[self._words[at - 1].end : word.start] if at > index else " "
            initial = gap == ". " and len(self._words[at - 1].text) <= _LONGEST_INITIAL
            if gap not in (" ", "\u00a0") and not initial:
                break
            if word.low in _NAME_PARTICLES and word.text[:1].islower() and at > index:
                continue
            if not word.text[:1].isupper() or self._masked[at] or self._office(word, vocabulary):
                break
            if vocabulary.vehicle_mode(word.text) or word.low in vocabulary.groups:
                break
            behind_given = at == index + 1 and self._is_given(self._words[index])
            # Unless every common noun has a capital, a capital makes a name.
            rare = not vocabulary.grammar.nouns_are_capitalised or self._lexicon.frequency(word.low) < 4
            behind_given = behind_given or (named and rare)
            if (
                is_common(word, self._lexicon)
                and not self._is_given(word)
                and not (
                    behind_given
                    and (word.text in self._lexicon.surnames or self._lexicon.frequency(word.low) < 5)
                )
            ):
                break
            last = at
            if _TAIL.search(word.text) or self._is_genitive(word):
                break
        return last

    def _is_given(self, word: Token) -> bool:
        return word.text.split("-")[0] in self._lexicon.given_names

    def _is_genitive(self, word: Token) -> bool:
        base = word.text[:-1]
        return word.text.endswith("s") and base in self._name_parts

    def _is_name(self, first: int, last: int) -> bool:
        words = self._words[first : last + 1]
        if self._vocabulary is not None and words[0].low in self._vocabulary.words["no_speakers"]:
            return False  # `Anfang Mai Lindau`
        if words[-1].text.rsplit("-", 1)[-1][:1].islower():
            return False  # `Sierra Leone-flagged`
        if self._is_given(words[0]) and words[0].low not in self._lexicon.words:
            return True
        if self._is_given(words[0]) and self._lexicon.name_share(words[0].low) >= 4:
            return True
        return self._is_given(words[0]) and words[-1].text in self._lexicon.surnames

    def _add(self, first: int, last: int) -> None:
        start, end = self._words[first].start, self._words[last].end
        name = " ".join(_TAIL.sub("", self._text[start:end]).replace("-", " ").split())
        parts = name.split()
        if parts[-1].endswith("s") and parts[-1][:-1] in self._name_parts:
            name = " ".join([*parts[:-1], parts[-1][:-1]])
        self._name_parts.update(name.split())
        self.name_counts[name] += 1
        self._found.append(TravellerMention(start, end, name))

    def _short_forms(
        self, canonical: Mapping[str, str], others: Mapping[str, str], found: Sequence[TravellerMention]
    ) -> list[TravellerMention]:
        """Find surnames that stand alone, with or without a genitive s."""
        full = Counter({canonical.get(name, name): n for name, n in self.name_counts.items()})
        by_part: dict[str, str] = {}
        for name, _ in full.most_common():
            parts = name.split()
            for part in (parts[-1], *([parts[0]] if len(parts) != 2 or _short_first(parts) else [])):
                by_part.setdefault(part, name)
        taken = [(m.start, m.end) for m in found]
        inside = _covered(self._words, taken)
        short = []
        for at, word in enumerate(self._words):
            if inside[at] or self._masked[at]:
                continue
            text = _TAIL.sub("", word.text) if word.text[-1] in _TAIL_ENDS else word.text
            # An article that never says the full name still means the person the others name so.
            meant = by_part.get(text) or others.get(text)
            if meant is None and text.endswith("s"):
                meant = by_part.get(text[:-1]) or others.get(text[:-1])
            if meant is not None:
                short.append(TravellerMention(word.start, word.end, meant))
        return short

    def _groups(self, vocabulary: Vocabulary) -> Iterable[TravellerMention]:
        for at, word in enumerate(self._words):
            low = word.low
            if low not in vocabulary.groups or (
                vocabulary.grammar.nouns_are_capitalised and not word.text[:1].isupper()
            ):
                continue
            adjective = at > 0 and self._is_demonym(self._words[at - 1])
            first = self._words[at - 1] if adjective else word
            words = " ".join(self._text[first.start : word.end].split())
            yield TravellerMention(
                first.start,
                word.end,
                _nominative(words, vocabulary) if adjective else words,
                nameless=True,
            )

    def _is_demonym(self, word: Token) -> bool:
        number = bisect_right(self._place_starts, word.start) - 1
        return number >= 0 and (
            word.start < self._places[number][1] and self._places[number][2].mention.kind is Kind.DEMONYM
        )

    def _sentence_start(self, at: int) -> int:
        number = bisect_right(self._sentence_starts, at)
        return self._sentence_starts[number - 1] if number else 0


def _covered(words: Sequence[Token], ranges: Iterable[tuple[int, int]]) -> list[bool]:
    covered = [False] * len(words)
    ordered = sorted(ranges)
    at = 0
    for index, word in enumerate(words):
        while at < len(ordered) and ordered[at][1] <= word.start:
            at += 1
        covered[index] = at < len(ordered) and ordered[at][0] < word.end
    return covered


def _names_by_part(names: Iterable[str]) -> dict[str, str]:
    """Return for each part of a name that may stand alone the first name that has it."""
    by_part: dict[str, str] = {}
    for name in names:
        parts = name.split()
        for part in (parts[-1], *([parts[0]] if len(parts) > 2 or _short_first(parts) else [])):
            by_part.setdefault(part, name)
    return by_part


def _short_first(parts: Sequence[str]) -> bool:
    """Tell whether the family name may come first, as in two short words: `Xi Jinping`."""
    return len(parts) == 2 and len(parts[0]) <= 3


def _nominative(words: str, vocabulary: Vocabulary) -> str:
    """Return `nordkoreanische Delegation` for `nordkoreanischen Delegation`."""
    adjective, _, noun = words.rpartition(" ")
    bent = adjective.endswith(vocabulary.words["oblique_endings"])
    return f"{adjective[:-1] if bent else adjective} {noun}"


def _canonical_names(names: Sequence[str]) -> dict[str, str]:
    """Join spellings of one name: `Kim Jong-un` and `Kim Jong Un`, `Wladimir` and `Vladimir Putin`."""
    counts = Counter(names)
    kept: list[str] = []
    canonical: dict[str, str] = {}
    by_end: dict[str, list[str]] = defaultdict(list)
    for name, _ in sorted(counts.items(), key=lambda item: (-len(item[0].split()), -item[1], item[0])):
        parts = name.lower().split()
        same = next((other for other in by_end[parts[-1]] if _same_person(parts, other)), None)
        if same is None:
            kept.append(name)
            by_end[parts[-1]].append(name)
            if len(parts) > 1:
                by_end[parts[0]].append(name)
        canonical[name] = same or name
    return canonical


def _same_person(parts: Sequence[str], other: str) -> bool:
    others = other.lower().split()
    if len(parts) == 1 and len(others) == 2 and _ROMAN.fullmatch(others[1]):
        return parts[0] == others[0]  # `King Charles` and `Charles III`
    if len(parts) == 1:
        return parts[0] == others[-1] or (parts[0] == others[0] and (len(others) > 2 or _short_first(others)))
    if parts[-1] != others[-1]:
        return False
    return fuzz.ratio(" ".join(parts[:-1]), " ".join(others[:-1])) >= _SAME_GIVEN_NAME
