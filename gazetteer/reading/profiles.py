"""Profiles: what a word form can be by itself, wherever it stands; worked out once per word form."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from string import digits
from typing import Final

from gazetteer.places.index import Gazetteer
from gazetteer.reading.candidates import Form
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.memory import LONGEST_WORD, Memory
from gazetteer.reading.wordforms import WordForms, WordReading

_COMMON: Final = (" ", "-", "'", "’", ".")
"""What stands behind the first word of a longer name."""
_RARE: Final = ("/", ",", "‘", "`", "–")
"""The same, looked at only behind words that are names or begin others."""
_SEPARATORS: Final = _COMMON + _RARE
AREA_CODE: Final = 2
"""Letters."""
OPENING: Final = 3
"""Letters behind a word, its separator the first, by which longer names are told from other text."""
_FEW_LONGER: Final = 20
"""Names that begin with the letters of a word, from which on they are looked for by what separates them."""
_MOST_OPENINGS: Final = 400
"""Longer names than these are not listed: behind `New` or `San` the gazetteer is asked each time."""
_WELL_KNOWN: Final = 4
"""Frequency from which a word that ends in a head would be listed if it were a place: `Digital`."""
FUNCTION_WORD: Final = 6
"""Frequency from which a word is an article, a preposition or the like, and opens or closes no name."""


@dataclass(slots=True, eq=False)
class Profile:
    """What a capitalised word, or an adjective, can be; not frozen, as freezing takes time for each."""

    lower: str
    capital: bool
    barred: bool
    """Never a place, nor the beginning of one: an organisation, or endless."""
    initial: bool
    """A single letter, and so a name only behind which a stop or the like stands."""
    names: tuple[tuple[int, int], ...]
    """Length and name number of each name in the gazetteer that this word alone is, genitives included."""
    openings: frozenset[str]
    """How text goes on behind the word in longer names."""
    endless: bool
    """Whether longer names go on in too many ways to list."""
    area_code: bool
    """Two letters for an area, such as `OH`: a name only behind that of a town."""
    readings: tuple[WordReading, ...]
    """What else the word may be: an adjective, a respelled or glued name."""
    opens_pair: bool
    """Whether adjectives of two words begin with it: `North Korean`."""
    demonym: bool
    frequency: int
    bare: str
    """The shape it has where nothing else is known of it; empty for common words."""
    ends_in_head: bool
    """`Neckartal`, `Schwanitzstraße`; only where words are written together."""
    natural: bool
    """A head such as `River`, which makes one of a water, hill or island with the words before it."""
    leads: bool
    """A head such as `Lake`, which makes one with the words behind it."""
    begins_phrase: bool
    """Whether it may be the first word of an unlisted name: no article, no `Stadt`."""
    plain: bool
    """A word that is hardly ever a name."""
    adjective: bool
    """One of a place: `Berliner`, `Bayerischen`."""
    given_name: bool
    opens: bool
    """Opens names of several words: `Cerro`, `Bad`."""
    closes: str
    """`headed`, `closed` or `natural` for a head such as `Straße` or `River`, which makes a name of the words
    before it; `compound` for one in a compound such as `Schaftberg` that is not listed itself; else empty."""
    street: bool
    """A head that makes one of a street with the word before it; only where words are written together."""
    announces: bool
    """A head such as `Flughafen`, which a name may follow."""
    marks: bool
    """Whether a number or a saint's name may follow."""
    capitals: bool
    """More than one letter, all capitals."""
    two_capitals: bool
    """Two letters, both capitals, as areas are abbreviated."""
    quiet: bool = field(init=False)
    """Nothing by itself: a name only where the words beside it make it one."""
    steady: bool = field(init=False)
    """What it is depends on no more of its neighbours than whether they join it, lead to it or go on a name:
    most words are so."""

    def __post_init__(self) -> None:
        """Sum up what the word is to those who look only for that."""
        asks_neighbours = (
            self.initial
            or self.endless
            or self.opens_pair
            or self.announces
            or self.opens
            or self.leads
            or self.marks
        )
        self.steady = not (asks_neighbours or self.barred or self.two_capitals)
        self.quiet = not (
            asks_neighbours
            or self.names
            or self.openings
            or self.readings
            or self.bare
            or self.demonym
            or self.ends_in_head
            or self.capitals
        )


class Profiles(Memory[Profile | None]):
    """The profile of each word form; None for words that are passed over."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon, forms: WordForms) -> None:
        """Take the gazetteer and the language's tables."""
        super().__init__(self._of)
        self._gazetteer = gazetteer
        self._lexicon = lexicon
        self._forms = forms
        self._grammar = lexicon.grammar
        self.genitives: Final = lexicon.grammar.genitive_endings
        self._sign = lexicon.grammar.adjective_sign
        endings = lexicon.cue("places", "endings")
        self._facilities = lexicon.cue("places", "facilities")
        self._marks = lexicon.cue("places", "roads") | lexicon.cue("places", "saints")
        self._lettered_roads = lexicon.cue("places", "lettered_roads")
        self._joined_roads = lexicon.cue("places", "joined_roads")
        self._heads = endings | self._facilities
        self._naturals = lexicon.cue("places", "naturals")
        self._leads = lexicon.cue("places", "leads")
        self._endings = tuple(sorted(endings))
        self._ending_suffixes = tuple(sorted(e for e in endings if len(e) > 3))
        self._closers = lexicon.cue("places", "closers")
        self._openers = lexicon.cue("places", "openers")
        self._nouns = lexicon.cue("places", "nouns")
        self._streets = tuple(sorted(lexicon.cue("places", "streets")))
        self._never = lexicon.cue("organisations", "never_places")
        self.toponymic: Final = tuple(sorted(lexicon.cue("places", "toponymic"), key=len, reverse=True))
        known = (*lexicon.demonyms, *lexicon.foreign_demonyms)
        self._pair_openings = frozenset(
            pair[: next(at for at, letter in enumerate(pair) if not letter.isalnum())]
            for pair in known
            if not pair.isalnum()
        )

    def _of(self, word: str) -> Profile | None:
        capital, lower = word[0].isupper(), word.lower()
        if not capital and not (word[0].islower() and self._may_be_adjective(word)):
            return None
        lexicon = self._lexicon
        barred = len(word) > LONGEST_WORD or lower in self._never
        names, openings = ((), frozenset()) if barred or not capital else self._names(word)
        frequency = lexicon.frequency(lower)
        readings = () if barred else tuple(self._forms.readings(word))
        capitals = len(word) > 1 and word.isupper()
        two_capitals = capitals and len(word) == AREA_CODE
        street = self._grammar.compounds and lower.endswith(self._streets)
        return Profile(
            lower=lower,
            capital=capital,
            barred=barred,
            initial=len(word) == 1,
            names=names,
            openings=openings or frozenset(),
            endless=openings is None,
            area_code=two_capitals and self._forms.is_area_code(word),
            readings=readings,
            opens_pair=self._opens_pair(lower),
            demonym=not barred and self._forms.demonym(lower) is not None,
            frequency=frequency,
            bare="" if frequency else self._bare(word, lower),
            ends_in_head=frequency < _WELL_KNOWN and self._ends_in_head(lower),
            natural=lower in self._naturals,
            leads=lower in self._leads,
            begins_phrase=frequency < FUNCTION_WORD and lower not in self._nouns,
            plain=frequency > 0 and lexicon.name_share(lower) < 1,
            adjective=any(reading.form is Form.DEMONYM for reading in readings),
            given_name=word in lexicon.given_names,
            opens=capital and lower in self._openers,
            closes=self._closing(lower, listed=bool(names) and not street),
            street=street,
            announces=lower in self._facilities,
            marks=self._leads_to_number(word, lower),
            capitals=capitals,
            two_capitals=two_capitals,
        )

    def _bare(self, word: str, lower: str) -> str:
        if len(word) <= 2 or word.isupper():
            return ""
        return "toponymic" if lower.endswith(self.toponymic) else "bare"

    def _ends_in_head(self, lower: str) -> bool:
        return (
            self._grammar.compounds
            and lower.endswith(self._endings)
            and any(lower.endswith(ending) and len(lower) > len(ending) + 2 for ending in self._endings)
        )

    def _leads_to_number(self, word: str, lower: str) -> bool:
        return (
            lower in self._marks
            or word in self._lettered_roads
            or (word[-1].isdecimal() and word.rstrip(digits) in self._joined_roads)
        )

    def _closing(self, lower: str, *, listed: bool) -> str:
        if lower in self._naturals:
            return "natural"
        if lower in self._closers:
            return "closed"
        if lower in self._heads:
            return "headed"
        compound = self._grammar.compounds and not listed and lower.endswith(self._ending_suffixes)
        return "compound" if compound else ""

    def _may_be_adjective(self, word: str) -> bool:
        listed = self._lexicon.demonyms.get(word)
        return (listed is not None and listed.adjective) or (
            bool(self._sign) and self._sign in word and word.startswith(self._forms.prefixes)
        )

    def _opens_pair(self, lower: str) -> bool:
        if lower in self._pair_openings or not lower.startswith(self._forms.prefixes):
            return lower in self._pair_openings
        return any(
            lower.startswith(prefix) and lower[len(prefix) :] in self._pair_openings
            for prefix in self._forms.prefixes
        )

    def _names(self, word: str) -> tuple[tuple[tuple[int, int], ...], frozenset[str] | None]:
        """Return the names that a word alone is, and how text goes on in the longer names it begins."""
        found = self._gazetteer.names_at(word, 0, endings=self.genitives)
        names = tuple((end, number) for end, number in found if end >= 3 or word[:end].isupper())
        longer = list(islice(self._gazetteer.names_from(word), _FEW_LONGER))
        if len(longer) < _FEW_LONGER:
            # One look instead of one for each separator: behind most words there is next to nothing.
            return names, self._openings_in(longer, len(word), named=bool(found))
        openings: set[str] = set()
        for separator in _SEPARATORS:
            if separator == _RARE[0] and not found and not openings:
                break
            listed = 0
            for name in islice(self._gazetteer.names_from(word + separator), _MOST_OPENINGS):
                opening = name[len(word) : len(word) + OPENING]
                if len(opening) < OPENING:
                    return names, None
                openings.add(opening)
                listed += 1
            if listed == _MOST_OPENINGS:
                return names, None
        return names, frozenset(openings)

    @staticmethod
    def _openings_in(longer: list[str], length: int, *, named: bool) -> frozenset[str] | None:
        """Return how text goes on in all the names that begin with the letters of a word."""
        going_on = {
            name[length : length + OPENING] for name in longer if name[length : length + 1] in _SEPARATORS
        }
        openings = {opening for opening in going_on if opening[0] not in _RARE}
        if named or openings:
            openings = going_on
        return None if any(len(opening) < OPENING for opening in openings) else frozenset(openings)
