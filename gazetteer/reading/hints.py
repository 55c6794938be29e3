"""Hints: what the words right beside a name say of the place meant.

`Paris, Texas`, `im bayerischen Bernried` and `Texas town of Paris` name the area it lies in; `die Stadt`,
`der Fluss`, `Lamar County` name its kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from gazetteer.geodesy import EARTH_RADIUS_KM
from gazetteer.places.index import Gazetteer
from gazetteer.reading.candidates import Form, Found
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.namesakes import Namesakes
from gazetteer.reading.surroundings import Surroundings
from gazetteer.reading.tokens import Words
from gazetteer.reading.traits import CLASSES, CONTINENT, COUNTRY, REGION, STATE, UNIT, Floats, Integers

NAMES: Final = (
    "area behind",
    "area before",
    "holds one before",
    "holds one behind",
    "fits word",
    "misfits word",
    "fits article",
    "misfits article",
    "demonym",
    "rank of demonym",
    "mate of its kind, spot",
    "mate of its kind, state",
    "mate of its kind, country",
)
"""The names of the columns that hints fill."""
_BEHIND, _BEFORE, _HOLDS_BEFORE, _HOLDS_BEHIND, _FITS, _MISFITS = range(6)
_DEMONYM: Final = 8
_MATE: Final = 10
_TOWN_OF_KIND: Final = np.array(
    [1 if name in {"capital", "quarter"} else i for i, name in enumerate(CLASSES)]
)
"""Classes, with all kinds of towns in one."""
_LANDSCAPE: Final = frozenset({"water", "mountain", "island", "region", "facility", "other"})
_BROADER: Final = {"city": {"city", "capital", "quarter"}}
_LONGEST_GAP: Final = 30
_MEMBERS_HEARD: Final = 8
_MAX_KEPT: Final = 50_000
_BEYOND_KM: Final = 5.0
"""How far behind an area's extent a place may lie that is in it: extents are estimates."""

Pair = tuple[int, int, int]
"""The number of a name, that of the area's, and the column: `_BEHIND` or `_BEFORE`."""


class KindWords:
    """The words of a language that tell what kind of place is named beside them."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the language's tables."""
        self.of_word: Final[dict[str, int]] = {}
        """For each word, the set of classes it fits, as bits."""
        for name in CLASSES:
            bits = sum(1 << CLASSES.index(one) for one in _BROADER.get(name, {name}))
            for word in lexicon.cue("kinds", name):
                self.of_word[word] = self.of_word.get(word, 0) | bits
        landscape = sum(1 << CLASSES.index(one) for one in _LANDSCAPE)
        self.of_article: Final = dict.fromkeys(lexicon.cue("kinds", "landscape"), landscape)
        self.links: Final = lexicon.cue("kinds", "links")
        """What may stand between an area and a place in it, beside the kinds: `of`."""
        self.follow: Final = bool(lexicon.cue("kinds", "follow"))
        """Whether such a word may stand behind the name: `Lamar County`."""
        self.within: Final = frozenset({", ", " (", *(f" {w} " for w in lexicon.cue("kinds", "within"))}) | {
            f", {w} " for w in lexicon.cue("kinds", "within")
        }
        """What may stand between a place and its area: a comma, `in`."""
        joined = lexicon.cue("readings", "joints")
        self.listing: Final = frozenset(
            {"/", " & ", *(f" {w} " for w in joined), *(f", {w} " for w in joined)}
        )
        """What stands before the last of an enumeration: `and`."""
        self._leading: dict[str, bool] = {}

    def lead_into(self, gap: str) -> bool:
        """Tell whether an area's name and this gap lead to a place in it: ` town of `, `'s `, ` `."""
        known = self._leading.get(gap)
        if known is None:
            words = gap.replace("’", "'").removeprefix("'s").lower().replace("-", " ").split()
            if len(self._leading) > _MAX_KEPT:
                self._leading.clear()
            known = self._leading[gap] = gap[-1:] in {" ", "-"} and all(
                word in self.of_word or word in self.links for word in words
            )
        return known


class Hints:
    """What stands beside the names of one article."""

    def __init__(self, words: KindWords) -> None:
        """Take the language's words for kinds of places."""
        self._words = words
        self.pairs: dict[Pair, None] = {}
        self.mates: list[tuple[int, int]] = []
        """The numbers of names that stand in one enumeration, one behind the other."""
        self._kinds: dict[int, tuple[int, int]] = {}
        self._demonyms: set[int] = set()
        self._nested: list[tuple[slice, Integers, Floats, int]] | None = None
        self._beside: _Mates | None = None

    def gather(self, detected: Sequence[Found], name_of: Sequence[int], here: Surroundings) -> None:
        """Look at the words beside every name.

        Args:
            detected: The names in text order.
            name_of: The number of each one's name, -1 where it has no place.
            here: The article; what is kept are numbers, as it is long.
        """
        if len(detected) > 1:
            self._gather_pairs(detected, name_of, here.text)
        heard: dict[int, int] = {}
        for found, name in zip(detected, name_of, strict=True):
            times = heard.get(name, 0)
            if name < 0 or times >= _MEMBERS_HEARD:
                continue
            heard[name] = times + 1
            if found.form is Form.DEMONYM:
                self._demonyms.add(name)
            else:
                self._hear_kind(found, name, here.words)

    def columns(self, namesakes: Namesakes) -> Floats:
        """Return one row per place with the columns that depend on kinds; the others are 0."""
        filled = np.zeros((len(namesakes.places), len(NAMES)))
        for name, (word, article) in self._kinds.items():
            rows = namesakes.rows(name)
            for bits, column in ((word, _FITS), (article, _FITS + 2)):
                if bits:
                    fits = (bits >> namesakes.kind[rows]) & 1
                    filled[rows, column] = fits
                    filled[rows, column + 1] = 1 - fits
        for name in self._demonyms:
            rows = namesakes.rows(name)
            if rows.stop - rows.start > 1:  # most mean one country
                filled[rows, _DEMONYM] = namesakes.kind[rows] == COUNTRY
                filled[rows, _DEMONYM + 1] = namesakes.own[0, rows]
        return filled

    def add_areas(self, filled: Floats, namesakes: Namesakes, shares: Floats, gazetteer: Gazetteer) -> None:
        """Fill the columns that depend on areas, by the shares so far."""
        if self._nested is None:
            self._nested = list(self._nested_in(namesakes, gazetteer))
        filled[:, : _HOLDS_BEHIND + 1] = 0.0
        for rows, areas, lies, column in self._nested:
            filled[rows, column] = np.maximum(filled[rows, column], lies @ shares[areas])
            held = column + 2
            filled[areas, held] = np.maximum(filled[areas, held], shares[rows] @ lies)

    def add_mates(self, filled: Floats, namesakes: Namesakes, shares: Floats) -> None:
        """Fill the columns for the kinds of the names in one enumeration, by the shares so far."""
        if not self.mates:
            return
        if self._beside is None:
            self._beside = _Mates.of(self.mates, namesakes)
        self._beside.fill(filled, shares)

    def _nested_in(
        self, namesakes: Namesakes, gazetteer: Gazetteer
    ) -> Iterator[tuple[slice, Integers, Floats, int]]:
        """Yield for each pair with an area: rows, areas, which row lies in which, and the column."""
        for inside, area, column in self.pairs:
            rows, areas = namesakes.rows(inside), namesakes.rows(area)
            found = areas.start + np.flatnonzero(_is_area(namesakes.kind[areas]))
            if len(found):
                yield rows, found, _lies_in(namesakes, rows, found, gazetteer), column

    def _gather_pairs(self, detected: Sequence[Found], name_of: Sequence[int], text: str) -> None:
        within, listing = self._words.within, self._words.listing
        links: list[tuple[int, int]] = []
        for (one, two), (first, second) in zip(pairwise(detected), pairwise(name_of), strict=True):
            start, end = one.end, two.start
            if end - start > _LONGEST_GAP:
                links.clear()
                continue
            gap = text[start:end]
            # `Ohio, Iowa and Texas`: a comma alone may as well lead to the area, so it needs the `and`.
            if gap in listing:
                links.append((first, second))
                self.mates += [pair for pair in links if min(pair) >= 0 and pair[0] != pair[1]]
                links.clear()
            elif gap == ", ":
                links.append((first, second))
            else:
                links.clear()
            if first < 0 or second < 0 or first == second:
                continue
            if gap in within:
                self.pairs[first, second, _BEHIND] = None
            elif self._words.lead_into(gap):
                self.pairs[second, first, _BEFORE] = None

    def _hear_kind(self, found: Found, name: int, beside: Words) -> None:
        words, gaps = beside.words, beside.gaps
        of_word, links = self._words.of_word, self._words.links
        word = article = 0
        at = found.first - 1
        if at >= 0 and gaps[found.first] == " ":
            before = words[at].lower()
            if before in links and at and gaps[at] == " ":
                before = words[at - 1].lower()
            word = of_word.get(before, 0)
            article = self._words.of_article.get(before, 0)
        at = found.last + 1
        if (
            not word
            and self._words.follow
            and at < len(words)
            and gaps[at] == " "
            and found.container_end == found.end
        ):
            word = of_word.get(words[at].lower(), 0)
        if word or article:
            known = self._kinds.get(name, (0, 0))
            self._kinds[name] = known[0] | word, known[1] | article


@dataclass(frozen=True, slots=True)
class _Mates:
    """Which rows stand for the kinds of places beside them in an enumeration; worked out once an article."""

    one: Integers
    other: Integers
    """The numbers of names that stand beside each other, both ways round."""
    size: tuple[int, int]
    """How many names and classes there are."""
    of_class: Integers
    """The number of the name and class of each row."""
    cells: Integers
    """Where the column of each row is."""

    @classmethod
    def of(cls, mates: Sequence[tuple[int, int]], namesakes: Namesakes) -> Self:
        one, other = np.array(mates).T
        kind = namesakes.kind
        column = _MATE + np.where(kind == COUNTRY, 2, kind == STATE)
        return cls(
            one=np.concatenate([one, other]),
            other=np.concatenate([other, one]),
            size=(len(namesakes.starts), len(CLASSES)),
            of_class=namesakes.names * len(CLASSES) + _TOWN_OF_KIND[kind],
            cells=np.arange(len(kind)) * len(NAMES) + column,
        )

    def fill(self, filled: Floats, shares: Floats) -> None:
        names, classes = self.size
        of_kind = np.bincount(self.of_class, shares, names * classes).reshape(self.size)
        beside = np.zeros(self.size)
        np.add.at(beside, self.one, of_kind[self.other])
        filled.put(self.cells, np.minimum(1.0, beside.take(self.of_class)))


def _is_area(kind: Integers) -> npt.NDArray[np.bool_]:
    areas: npt.NDArray[np.bool_] = (kind >= STATE) & (kind < CONTINENT)
    return areas


def _lies_in(namesakes: Namesakes, rows: slice, areas: Integers, gazetteer: Gazetteer) -> Floats:
    """Return 1 where a row lies in an area, else 0; shape (rows, areas)."""
    _place, country, region, *_sought, kind, _use = namesakes.whole[:, rows, None]
    area, its_country, its_region, *_sought, of_area, _use = namesakes.whole[:, areas]
    in_country = (of_area == COUNTRY) & (country == its_country) & (kind != COUNTRY)
    below = (kind != STATE) & (kind != COUNTRY)
    in_state = (of_area == STATE) & (region == its_region) & (its_region > 0) & below
    lies = in_country | in_state
    smaller = (of_area == UNIT) | (of_area == REGION)
    if smaller.any():
        reach_km = gazetteer.column("place_extent_km")[area] + _BEYOND_KM
        near = namesakes.unit[:, rows].T @ namesakes.unit[:, areas] > np.cos(reach_km / EARTH_RADIUS_KM)
        lies |= near & smaller & (kind != of_area) & below
    inside: Floats = lies.astype(np.float64)
    return inside
