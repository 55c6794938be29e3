"""Metonymy: whether a name stands for its place, for those who act in its name, or inside another name.

`Bath beat Sale` are teams, `Sacramento is no help` is a government, `the Washington County commissioners` are
a body. The signs are the words and marks on both sides, the kind of place, and how much there is of sport
round about; their weights are learned (`languages/*/metonymy.json`, made by `scripts/train_metonymy.py`).
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final, TypeAlias

from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.reading.candidates import Found
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.organisations import in_organisation
from gazetteer.reading.surroundings import Surroundings
from gazetteer.reading.tables import packaged, weights_in

Sign: TypeAlias = tuple[str, ...]
"""The name of a kind of sign, and what it depends on."""


class Standing(StrEnum):
    """What a name stands for."""

    PLACE = "place"
    ACTOR = "actor"
    """Its government or its team."""
    PART = "part"
    """Nothing by itself: it is part of a body's name."""


_RULED: Final = 1.5
"""Log odds that the rules for governments add for a seat or take away: the articles learned from have few."""
_FAR_WORDS: Final = 40
_NEAR_WORDS: Final = 6
_LOOK_BACK_WORDS: Final = 5
_LEADING: Final = frozenset({"locative", "contracted", "neutral", "towards", "between", "passing"})
_ENDING: Final = 5
"""Letters by which words of many parts are told: `…polizei`."""
_LONGEST_SCORE: Final = 3
"""Digits."""
_SCORE_MARKS: Final = frozenset(":–-")
_FAR: Final = ("none", "none", "some", "some", "much")
_NEAR: Final = ("none", "some", "some", "much")
"""How much sport there is, by the number of its words; one by itself is often of something else."""
_LONGEST_MARK: Final = 3
"""Characters between two words that are told apart."""
_ADMINISTRATIVE: Final = frozenset({"ADM2", "ADM2H", "ADM3"})


@dataclass(frozen=True, slots=True)
class StandingWeights:
    """What was learned of a language."""

    of_sign: dict[Sign, tuple[float, float]]
    """Log odds of an actor and of a part, each against the place."""
    tells_parts: bool
    """Whether parts are told by weights; otherwise by the rules for organisations."""


@dataclass(frozen=True, slots=True)
class Metonymy:
    """What the names of one article stand for."""

    here: Surroundings
    sport: list[int]
    """Indices of the words and scores of sport, in order."""
    weights: StandingWeights

    @classmethod
    def of(cls, here: Surroundings) -> Metonymy | None:
        """Return what is needed for an article; None where its language has no weights."""
        weights = weights_of(here.lexicon.language)
        return None if weights is None else cls(here, sport_in(here), weights)

    def standing_of(self, found: Found, entry: GazetteerEntry | None, *, acts: bool) -> Standing:
        """Return what a name stands for.

        Args:
            found: The name.
            entry: The place it was resolved to.
            acts: Whether the rules for governments say that it acts.
        """
        within = in_organisation(found, self.here)
        if within and not self.weights.tells_parts:
            return Standing.PART
        of_sign = self.weights.of_sign
        actor = part = 0.0
        if entry is not None and entry.feature_code in GOVERNMENT_CODES:
            actor = _RULED if acts else -_RULED
        for sign in signs_of(found, entry, self.here, self.sport, acts=acts, within=within):
            if (weight := of_sign.get(sign)) is not None:
                actor += weight[0]
                part += weight[1]
        if max(actor, part) <= 0.0:
            return Standing.PLACE
        return Standing.ACTOR if actor > part else Standing.PART


def sport_in(here: Surroundings) -> list[int]:
    """Return the indices of an article's words of sport, and of its scores (`2:1`, `24–22`)."""
    words, gaps = here.words.words, here.words.gaps
    known = _sport(here.lexicon.language)
    return [
        at
        for at, word in enumerate(words)
        if word in known
        or (
            word[0] <= "9"
            and gaps[at] in _SCORE_MARKS
            and at > 0
            and words[at - 1][0] <= "9"
            and len(word) <= _LONGEST_SCORE
            and len(words[at - 1]) <= _LONGEST_SCORE
        )
    ]


def signs_of(
    found: Found,
    entry: GazetteerEntry | None,
    here: Surroundings,
    sport: list[int],
    *,
    acts: bool,
    within: bool,
) -> list[Sign]:
    """Return the signs of what a name stands for.

    Args:
        found: The name.
        entry: The place it was resolved to.
        here: Its article.
        sport: What `sport_in` returns for the article.
        acts: Whether the rules for governments say that it acts.
        within: Whether the rules for organisations say that it is part of one's name.
    """
    words, gaps, text = here.words.words, here.words.gaps, here.text
    first, behind = found.first, found.last + 1
    place = type_of(entry)
    classes = _classes(here.lexicon.language)
    much = _FAR[_count(sport, first - _FAR_WORDS, behind + _FAR_WORDS, len(_FAR))]
    near = _NEAR[_count(sport, first - _NEAR_WORDS, behind + _NEAR_WORDS, len(_NEAR))]
    before = _mark(gaps[first]) if first else "^"
    after = _mark(text[found.end : here.words.starts[behind]]) if behind < len(words) else "$"
    signs: list[Sign] = [
        ("bias",),
        ("type", place),
        ("sport", much, place),
        ("near", near, place),
        ("shape", found.shape),
        ("marks", before, after),
        ("marks", before, after, much),
        ("mark before", before, place),
        ("mark after", after, place),
    ]
    if acts:
        signs += [("acts",), ("acts", place)]
    if within:
        signs.append(("organisation",))
    if first:
        word = _form(words[first - 1])
        signs += [
            ("before", before, word),
            ("before", before, word, much),
            ("before", before, word, place),
            ("before ending", words[first - 1][-_ENDING:].lower()),
            ("before case", before, _case(words[first - 1])),
            *(("before is", before, name) for name in classes.get(word, ())),
        ]
        if "joints" in classes.get(word, ()):
            lead = _lead(words, first, classes)
            signs += [("lead", lead), ("lead", lead, place)]
        if first > 1:
            signs.append(("two before", _form(words[first - 2])))
            signs.append(("two before", _form(words[first - 2]), word))
    if behind < len(words):
        word = _form(words[behind])
        signs += [
            ("after", after, word),
            ("after", after, word, place),
            ("after ending", words[behind][-_ENDING:].lower()),
            ("after case", after, _case(words[behind])),
            ("after case", after, _case(words[behind]), place, much),
            *(("after is", after, name) for name in classes.get(word, ())),
        ]
        if behind + 1 < len(words):
            signs.append(("two after", _form(words[behind + 1])))
            signs.append(("two after", word, _form(words[behind + 1])))
    return signs


def type_of(entry: GazetteerEntry | None) -> str:
    """Return what kind of place an entry is, as far as it tells what its name may stand for."""
    if entry is None:
        return "unknown"
    code = entry.feature_code
    if code in GOVERNMENT_CODES:
        return "seat"
    if entry.feature is Feature.REGION:
        return "unit" if code in _ADMINISTRATIVE else "region"
    return entry.feature.value


GOVERNMENT_CODES: Final = frozenset({"PPLC", "GOVL", "GOVT", "PPLG", "ADMF", "PAL"})
"""GeoNames codes of capitals and seats of governments."""


def _lead(words: Sequence[str], first: int, classes: dict[str, tuple[str, ...]]) -> str:
    """Tell what preposition stands before the first of two joined names: `via Vienna and Budapest`."""
    for at in range(first - 2, max(-1, first - 2 - _LOOK_BACK_WORDS), -1):
        if not words[at][0].isupper():
            return "+".join(name for name in classes.get(words[at], ()) if name in _LEADING) or "none"
    return "none"


def _count(sport: list[int], start: int, stop: int, levels: int) -> int:
    return min(bisect_left(sport, stop) - bisect_left(sport, start), levels - 1)


def _mark(gap: str) -> str:
    """Return what stands between two words, told apart as far as it matters."""
    if gap == " ":
        return "_"
    if "\n" in gap:
        return "^"
    return gap.replace(" ", "_") if len(gap) <= _LONGEST_MARK else "…"


def _form(word: str) -> str:
    return "0" if word[0] <= "9" else word.lower()


def _case(word: str) -> str:
    if word[0] <= "9":
        return "digit"
    return "capital" if word[0].isupper() else "small"


@cache
def _sport(language: str) -> frozenset[str]:
    lexicon = Lexicon.of(language)
    words = lexicon.cue("readings", "sport") | lexicon.cue("organisations", "teams")
    return words | {word.capitalize() for word in words} | {word.upper() for word in words}


@cache
def _classes(language: str) -> dict[str, tuple[str, ...]]:
    """Return the lists of cues in which each word stands."""
    lexicon = Lexicon.of(language)
    classes: dict[str, tuple[str, ...]] = {}
    for section, names in _CLASSES.items():
        for name in names:
            for word in lexicon.cue(section, name):
                classes[word] = (*classes.get(word, ()), name)
    return classes


_CLASSES: Final = {
    "prepositions": ("locative", "contracted", "neutral"),
    "places": ("nouns", "qualifiers"),
    "organisations": ("heads", "heads_of", "clubs", "teams", "openings"),
    "readings": (
        "acts",
        "towards",
        "passing",
        "motion",
        "visits",
        "routes",
        "ground",
        "folk",
        "contests",
        "joints",
        "between",
    ),
}


@cache
def weights_of(language: str) -> StandingWeights | None:
    """Return the weights of a language; None where it has none.

    Raises:
        DataFileError: If the file is damaged.
    """
    with packaged(language, "metonymy.json") as file:
        if not file.is_file():
            return None
        learned = json.loads(file.read_text(encoding="utf-8"))["weights"]
        actor = weights_in(learned[Standing.ACTOR])
        part = weights_in(learned.get(Standing.PART, {}))
        of_sign = {
            tuple(sign.split(" | ")): (actor.get(sign, 0.0), part.get(sign, 0.0))
            for sign in actor.keys() | part.keys()
        }
        return StandingWeights(of_sign, tells_parts=bool(part))
