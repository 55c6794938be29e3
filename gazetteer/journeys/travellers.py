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
from gazetteer.journeys.vocabulary import Vocabulary, vocabulary_of
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.mentions import Kind
from gazetteer.reading.reader import ArticleReading

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-.'’][^\W\d_]+)*[’']?")
_ROMAN: Final = re.compile(r"[ivx]+")
_NAME_PARTICLES: Final = frozenset(
    {"von", "van", "der", "de", "al", "bin", "ibn", "da", "di", "du", "la", "zu", "el"}
)
_SAME_GIVEN_NAME: Final = 60.0
"""Similarity in per cent from which `Wladimir` and `Vladimir` are one given name."""
_RIDER_CHARS: Final = 400
"""So far from a vehicle its passenger is looked for."""
_LONGEST_NAME_WORDS: Final = 4
_COUNT_CHARS: Final = 16
_LONGEST_INITIAL: Final = 3
_NOUN_PHRASE_WORDS: Final = 6
_SINGLE_OFFICES: Final = frozenset({"leader", "pope", "foreign", "defence", "head_of_state", "prime"})
"""Offices of which a report mostly means one holder even where it leaves the country unsaid."""


_CARRIES: Final = re.compile(
    r",? (?:(?:believed|thought|presumed) to be )?"
    r"(?:carrying|used by|belonging to|of|von|in dem|in der|mit|an bord|der dem)\b"
)
"""What stands between a vehicle and the person in it."""


@dataclass(frozen=True, slots=True)
class TravellerMention:
    """One place in a text where somebody who may travel is named."""

    start: int
    end: int
    name: str
    """The full name, the same in all articles."""
    vehicle: str | None = None
    """Means of travel where the words are a vehicle's."""
    person: bool = True


def _start_of(mention: TravellerMention) -> int:
    return mention.start


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is named where, in all articles read together."""

    mentions: Mapping[str, tuple[TravellerMention, ...]]
    """Per article, in text order."""

    def within(self, article: str, start: int, end: int) -> tuple[TravellerMention, ...]:
        """Return the mentions that begin in a stretch of an article's text."""
        mentions = self.mentions.get(article, ())
        first = bisect_left(mentions, start, key=_start_of)
        return mentions[first : bisect_left(mentions, end, key=_start_of)]


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
    return Cast({article: cast.mentions(canonical, known) for article, cast in casts.items()})


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
        self._words = [Token(m.start(), m.end(), m[0]) for m in _WORD.finditer(self._text)]
        self._masked = _covered(self._words, masked)
        self.name_counts: Counter[str] = Counter()
        self.offices: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._found: list[TravellerMention] = []
        self._holders: list[tuple[int, str, str]] = []
        self._office_words: list[tuple[int, int, str, str]] = []
        if self._vocabulary is not None:
            self._find_names(self._vocabulary)

    def mentions(
        self, canonical: Mapping[str, str], offices: Mapping[tuple[str, str], str]
    ) -> tuple[TravellerMention, ...]:
        """Return all mentions in text order, under their names across articles."""
        if self._vocabulary is None:
            return ()
        found = [replace(m, name=canonical.get(m.name, m.name)) for m in self._found]
        found += self._short_forms(canonical, found)
        here = {m.name for m in found}
        named = sorted(m.start for m in found)
        for start, end, office, country in self._office_words:
            holder: str | None = offices.get((office, country))
            if holder is None and not country:
                holder = self._holder_before(start, end, canonical)
            if holder is None and not country and office in _SINGLE_OFFICES:
                holders = {name for (known, _), name in offices.items() if known == office and name in here}
                holder = next(iter(holders)) if len(holders) == 1 else None
            if holder and bisect_left(named, start) == bisect_right(named, end + 2):
                found.append(TravellerMention(start, end, holder))
        found += self._groups(self._vocabulary)
        found.sort(key=lambda m: (m.start, -m.end))
        return tuple(sorted([*found, *self._vehicles(self._vocabulary, found)], key=lambda m: m.start))

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
            last = self._run_end(index, vocabulary)
            if last > index and self._is_name(index, last):
                self._add(index, last)
                taken = last

    def _office(self, word: Token, vocabulary: Vocabulary) -> tuple[str, str] | None:
        if vocabulary.nouns_capitalised and not word.text[:1].isupper():
            return None
        low = word.low
        if low in vocabulary.role_aliases:
            return vocabulary.role_aliases[low]
        if low in vocabulary.roles:
            return vocabulary.roles[low], ""
        last = low.rsplit("-", 1)[-1]
        if last in vocabulary.roles and last != low:
            return vocabulary.roles[last], ""
        if vocabulary.nouns_capitalised:
            for length in range(len(low) - 3, 7, -1):
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
            # English capitalises no common noun, German every one.
            rare = not vocabulary.nouns_capitalised or self._lexicon.frequency(word.low) < 4
            behind_given = behind_given or (named and rare)
            if (
                self._common(word)
                and not self._is_given(word)
                and not (
                    behind_given
                    and (word.text in self._lexicon.surnames or self._lexicon.frequency(word.low) < 5)
                )
            ):
                break
            last = at
            if re.search(r"[’']s?$", word.text) or self._is_genitive(word):
                break
        return last

    def _common(self, word: Token) -> bool:
        """Tell whether a capitalised word is an ordinary one rather than a name."""
        return self._lexicon.frequency(word.low) >= 3 and self._lexicon.name_share(word.low) < 6

    def _is_given(self, word: Token) -> bool:
        return word.text.split("-")[0] in self._lexicon.given_names

    def _is_genitive(self, word: Token) -> bool:
        base = word.text[:-1]
        return word.text.endswith("s") and base in self._name_parts

    def _is_name(self, first: int, last: int) -> bool:
        words = self._words[first : last + 1]
        if words[-1].text.rsplit("-", 1)[-1][:1].islower():
            return False  # `Sierra Leone-flagged`
        if self._is_given(words[0]) and words[0].low not in self._lexicon.words:
            return True
        if self._is_given(words[0]) and self._lexicon.name_share(words[0].low) >= 4:
            return True
        return self._is_given(words[0]) and words[-1].text in self._lexicon.surnames

    def _add(self, first: int, last: int) -> None:
        start, end = self._words[first].start, self._words[last].end
        name = " ".join(re.sub(r"[’']s?$", "", self._text[start:end]).replace("-", " ").split())
        parts = name.split()
        if parts[-1].endswith("s") and parts[-1][:-1] in self._name_parts:
            name = " ".join([*parts[:-1], parts[-1][:-1]])
        self._name_parts.update(name.split())
        self.name_counts[name] += 1
        self._found.append(TravellerMention(start, end, name))

    def _short_forms(
        self, canonical: Mapping[str, str], found: Sequence[TravellerMention]
    ) -> list[TravellerMention]:
        """Find surnames that stand alone, with or without a genitive s."""
        full = Counter({canonical.get(name, name): n for name, n in self.name_counts.items()})
        by_part: dict[str, str] = {}
        for name, _ in full.most_common():
            parts = name.split()
            for part in (parts[-1], *([parts[0]] if len(parts) != 2 or _short_first(parts) else [])):
                by_part.setdefault(part, name)
        # An article that never says the full name still means the person the others name so.
        for name in dict.fromkeys(canonical.values()):
            parts = name.split()
            for part in (parts[-1], *([parts[0]] if len(parts) > 2 or _short_first(parts) else [])):
                by_part.setdefault(part, name)
        taken = [(m.start, m.end) for m in found]
        inside = _covered(self._words, taken)
        short = []
        for at, word in enumerate(self._words):
            if inside[at] or self._masked[at]:
                continue
            text = re.sub(r"[’']s?$", "", word.text)
            meant = by_part.get(text) or (by_part.get(text[:-1]) if text.endswith("s") else None)
            if meant is not None:
                short.append(TravellerMention(word.start, word.end, meant))
        return short

    def _groups(self, vocabulary: Vocabulary) -> Iterable[TravellerMention]:
        for at, word in enumerate(self._words):
            low = word.low
            head = next((group for group in vocabulary.groups if low == group), None)
            if head is None or (vocabulary.nouns_capitalised and not word.text[:1].isupper()):
                continue
            adjective = at > 0 and self._is_demonym(self._words[at - 1])
            first = self._words[at - 1] if adjective else word
            words = " ".join(self._text[first.start : word.end].split())
            yield TravellerMention(first.start, word.end, _nominative(words) if adjective else words)

    def _is_demonym(self, word: Token) -> bool:
        number = bisect_right(self._place_starts, word.start) - 1
        return number >= 0 and (
            word.start < self._places[number][1] and self._places[number][2].mention.kind is Kind.DEMONYM
        )

    def _sentence_start(self, at: int) -> int:
        number = bisect_right(self._sentence_starts, at)
        return self._sentence_starts[number - 1] if number else 0

    def _vehicles(
        self, vocabulary: Vocabulary, persons: Sequence[TravellerMention]
    ) -> list[TravellerMention]:
        """Find vehicles; one that the article ties to a person counts as that person."""
        found: list[TravellerMention] = []
        riders: dict[str, Counter[str]] = defaultdict(Counter)
        for at, word in enumerate(self._words):
            mode = vocabulary.vehicle_mode(word.text)
            if mode is None or self._masked[at] or word.low in vocabulary.means:
                continue
            if word.low in vocabulary.words["plurals"] and not self._is_counted(at, vocabulary):
                continue  # trains in general travel nowhere
            first = self._named_from(at)
            name = self._text[self._words[first].start : word.end] if first < at else self._vehicle_name(at)
            name = self._name_beside(at) or self._another(at, found, mode) or name
            found.append(TravellerMention(self._words[first].start, word.end, name, mode, person=False))
            rider = self._rider(at, persons, vocabulary)
            if rider:
                body = len(self._sentence_starts) > 1 and word.start >= self._sentence_starts[1]
                riders[mode].update({rider: 2 if body else 1})  # headlines list many
        names = self._vehicle_names(found, riders, vocabulary)
        return [
            replace(m, name=names[m.vehicle]) if m.vehicle and not self._is_named(m) else m for m in found
        ]

    def _vehicle_names(
        self, found: Sequence[TravellerMention], riders: Mapping[str, Counter[str]], vocabulary: Vocabulary
    ) -> dict[str, str]:
        """Return for each means of travel whom its unnamed vehicles carry, else the one vehicle's name."""
        names: dict[str, str] = {}
        named: dict[str, set[str]] = defaultdict(set)
        for mention in found:
            mode = mention.vehicle or ""
            names.setdefault(mode, mention.name)
            if self._is_named(mention) and not is_further(mention.name, vocabulary):
                named[mode].add(mention.name)
        for mode in names:
            if riders.get(mode):
                names[mode] = riders[mode].most_common(1)[0][0]
            elif len(named[mode]) == 1:
                names[mode] = next(iter(named[mode]))
        return names

    def _is_counted(self, at: int, vocabulary: Vocabulary) -> bool:
        words = {word.low for word in self._words[max(0, at - 3) : at]}
        told = (*vocabulary.words["counted"], *vocabulary.words["others"])
        stretch = self._text[max(0, self._words[at].start - _COUNT_CHARS) : self._words[at].start]
        return not words.isdisjoint(told) or re.search(r"\d\D{0,12}$", stretch) is not None

    def _named_from(self, at: int) -> int:
        """Return where a vehicle's name begins: `Coromandel Express`; nouns of a German sentence are none."""
        vocabulary = self._vocabulary
        if vocabulary is None or not self._words[at].text[:1].isupper() or not _is_brand(self._words[at].low):
            return at
        first = at
        while first > 0 and at - first < _LONGEST_NAME_WORDS:
            word = self._words[first - 1]
            joined = self._text[word.end : self._words[first].start] in (" ", "-")
            if not joined or not word.text[:1].isupper() or self._common(word):
                break
            first -= 1
        return first

    def _name_beside(self, at: int) -> str | None:
        """Return `ship Razoni` for the vehicle of `The Razoni, a cargo ship,`."""
        vocabulary = self._vocabulary
        if vocabulary is None:
            return None
        for back in range(at - 1, max(-1, at - 1 - _NOUN_PHRASE_WORDS), -1):
            word = self._words[back]
            if word.low in vocabulary.words["indefinite"] and back > 0:
                named = self._words[back - 1]
                between = self._text[named.end : word.start]
                ends = self._text[self._words[at].end : self._words[at].end + 1] in (",", " ")
                proper = named.text[:1].isupper() and not self._common(named) and not self._masked[back - 1]
                return f"{self._words[at].text} {named.text}" if between == ", " and proper and ends else None
            if self._text[word.end : self._words[back + 1].start] not in (" ", "-"):
                return None
        return None

    def _another(self, at: int, found: Sequence[TravellerMention], mode: str) -> str | None:
        """Return what a further vehicle is called: `more buses`, `a special train` beside a named one."""
        vocabulary = self._vocabulary
        if vocabulary is None or at == 0 or " " in self._vehicle_name(at):
            return None
        words = self._words
        first = at
        while first > max(0, at - 3) and self._text[words[first - 1].end : words[first].start] == " ":
            first -= 1
            if words[first].low in vocabulary.words["others"]:
                return f"{words[first].low} {words[at].text}"
            if words[first].low in vocabulary.words["indefinite"]:
                named = any(m.vehicle == mode and self._is_named(m) for m in found)
                kind = " ".join(word.text for word in words[first + 1 : at + 1])
                return kind if named and " " in kind else None
        return None

    def _is_named(self, mention: TravellerMention) -> bool:
        return " " in mention.name

    def _vehicle_name(self, at: int) -> str:
        """Return `Ever Given` behind `container ship`, or the bare word."""
        word = self._words[at]
        rest = self._text[word.end : word.end + 45]
        match = re.match(r" [„“\"‚']?((?:[A-ZÄÖÜ][\w-]*|\d{1,5})(?: (?:[A-ZÄÖÜ][\w-]*|\d{1,5})){0,2})", rest)
        if match and not self._masked[min(at + 1, len(self._masked) - 1)]:
            first = match[1].split()[0]
            common = self._common(Token(0, 0, first)) and " " not in match[1]
            if not common or (self._vocabulary is not None and not self._vocabulary.nouns_capitalised):
                return f"{word.text} {match[1]}"
        return word.text

    def _rider(self, at: int, persons: Sequence[TravellerMention], vocabulary: Vocabulary) -> str | None:
        """Return the person whose vehicle it is: `Kims Zug`, `seinem Privatzug`, `train carrying Kim`."""
        word = self._words[at]
        first = bisect_left(persons, word.start - _RIDER_CHARS, key=_start_of)
        persons = persons[first : bisect_left(persons, word.end + _RIDER_CHARS, key=_start_of)]
        before = [m for m in persons if word.start - 60 <= m.end <= word.start and m.person]
        if before and not re.search(r"[.!?,;:]", self._text[before[-1].end : word.start]):
            genitive = re.search(r"(?:s|[’']s?)$", self._text[before[-1].start : before[-1].end])
            if genitive and len(self._text[before[-1].end : word.start].split()) <= 3:
                return before[-1].name
        nearby = self._words[max(0, at - 3) : at]
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
        if after and not re.search(r"[.!?;:]", self._text[word.end : after[0].start]):
            between = self._text[word.end : after[0].start].lower()
            if _CARRIES.match(between):
                return after[0].name
        return None


def _is_brand(low: str) -> bool:
    """Tell whether a word for a train is mostly the end of its name."""
    return low.rsplit("-", 1)[-1] in ("express", "eurostar", "rajdhani", "intercity")


def is_further(name: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a vehicle is only one of many others: `more buses`, `weitere Züge`."""
    return name.split(maxsplit=1)[0].lower() in vocabulary.words["others"]


def _covered(words: Sequence[Token], ranges: Iterable[tuple[int, int]]) -> list[bool]:
    covered = [False] * len(words)
    ordered = sorted(ranges)
    at = 0
    for index, word in enumerate(words):
        while at < len(ordered) and ordered[at][1] <= word.start:
            at += 1
        covered[index] = at < len(ordered) and ordered[at][0] < word.end
    return covered


def _short_first(parts: Sequence[str]) -> bool:
    """Tell whether the family name may come first, as in two short words: `Xi Jinping`."""
    return len(parts) == 2 and len(parts[0]) <= 3


def _nominative(words: str) -> str:
    """Return `nordkoreanische Delegation` for `nordkoreanischen Delegation`."""
    adjective, _, noun = words.rpartition(" ")
    return f"{adjective.removesuffix('n') if adjective.endswith('en') else adjective} {noun}"


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
