"""Signs of what a name stands for: words and marks beside it, its kind of place, the sport round about.

They come in pieces that depend on little, so that whoever weighs them can keep the sum of a piece.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Final, TypeAlias

from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.reading.candidates import Found
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.seats import speaking_seats
from gazetteer.reading.surroundings import Surroundings

Sign: TypeAlias = tuple[str, ...]
"""The name of a kind of sign, and what it depends on."""
Piece: TypeAlias = tuple[str, ...]
"""The name of a kind of piece, and what its signs depend on."""

_FAR_WORDS: Final = 40
_NEAR_WORDS: Final = 6
_LOOK_BACK_WORDS: Final = 5
_LEADING: Final = frozenset({"locative", "contracted", "neutral", "towards", "between", "passing"})
_ENDING: Final = 5
"""Letters by which words of many parts are told: `…polizei`."""
_LONGEST_SCORE: Final = 3
"""Digits."""
_SCORE_MARKS: Final = frozenset(":–-")
_BEHIND_DIGITS: Final = ":"
"""Words before it begin with a digit: told in half the time that cutting off the first letter takes."""
_FAR: Final = ("none", "none", "some", "some", "much")
_NEAR: Final = ("none", "some", "some", "much")
"""How much sport there is, by the number of its words; one by itself is often of something else."""
_LONGEST_MARK: Final = 3
"""Characters between two words that are told apart."""
_ADMINISTRATIVE: Final = frozenset({"ADM2", "ADM2H", "ADM3"})


def sport_in(here: Surroundings) -> list[int]:
    """Return the indices of an article's words of sport, and of its scores (`2:1`, `24–22`)."""
    words, gaps = here.words.words, here.words.gaps
    known = _sport(here.lexicon.language)
    return [
        at
        for at, word in enumerate(words)
        if word in known
        or (
            word < _BEHIND_DIGITS
            and gaps[at] in _SCORE_MARKS
            and at > 0
            and words[at - 1] < _BEHIND_DIGITS
            and len(word) <= _LONGEST_SCORE
            and len(words[at - 1]) <= _LONGEST_SCORE
        )
    ]


def pieces_of(
    found: Found,
    entry: GazetteerEntry | None,
    here: Surroundings,
    sport: list[int],
    *,
    acts: bool,
    within: bool,
) -> list[Piece]:
    """Return what the signs of a name depend on.

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
    if entry is None and words[found.last].lower() in here.lexicon.cue("kinds", "unit"):
        place = "unit"  # `Washington County`, of which there are thirty
    much = near = "none"
    if sport:
        much = _FAR[_count(sport, first - _FAR_WORDS, behind + _FAR_WORDS, len(_FAR))]
        near = _NEAR[_count(sport, first - _NEAR_WORDS, behind + _NEAR_WORDS, len(_NEAR))]
    before = _mark(gaps[first]) if first else "^"
    after = _mark(text[found.end : here.words.starts[behind]]) if behind < len(words) else "$"
    rules = ("acts" if acts else "") + (" within" if within else "")
    if entry is not None and entry.id in speaking_seats():
        rules += " capital"
    pieces: list[Piece] = [("around", place, much, near, found.shape, before, after, rules)]
    if first:
        word = words[first - 1]
        pieces.append(("before", before, word, place, much))
        if word in _joints(here.lexicon.language):
            pieces.append(("lead", _lead(words, first, _classes(here.lexicon.language)), place))
        if first > 1:
            pieces.append(("two before", words[first - 2], word))
    if behind < len(words):
        word = words[behind]
        pieces.append(("after", after, word, place, much))
        if behind + 1 < len(words):
            pieces.append(("two after", words[behind + 1], word))
    return pieces


def signs_in(piece: Piece, language: str) -> list[Sign]:
    """Return the signs that a piece stands for.

    Raises:
        ValueError: If there is no such piece.
    """
    match piece:
        case "around", place, much, near, shape, before, after, rules:
            signs: list[Sign] = [
                ("bias",),
                ("type", place),
                ("sport", much, place),
                ("near", near, place),
                ("shape", shape),
                ("marks", before, after),
                ("marks", before, after, much),
                ("mark before", before, place),
                ("mark after", after, place),
            ]
            if "acts" in rules:
                signs += [("acts",), ("acts", place)]
            if "within" in rules:
                signs.append(("organisation",))
            if "capital" in rules:
                signs += [("state capital",), ("state capital", much), ("state capital", before, after)]
            return signs
        case ("before" | "after") as side, mark, word, place, much:
            form, case = _form(word), _case(word)
            signs = [
                (side, mark, form),
                (side, mark, form, place),
                (f"{side} ending", word[-_ENDING:].lower()),
                (f"{side} case", mark, case),
                *((f"{side} is", mark, name) for name in _classes(language).get(form, ())),
                *((side, mark, name) for name in Lexicon.of(language).classes.of_word(word)),
            ]
            more = (side, mark, form, much) if side == "before" else ("after case", mark, case, place, much)
            return [*signs, more]
        case "lead", lead, place:
            return [("lead", lead), ("lead", lead, place)]
        case ("two before" | "two after") as side, far, nearer:
            return [(side, _form(far)), (side, _form(far), _form(nearer))]
        case _:
            raise ValueError(f"no such signs: {piece[0]}")


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
def _joints(language: str) -> frozenset[str]:
    return Lexicon.of(language).cue("readings", "joints")


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
    "organisations": ("heads", "heads_of", "clubs", "teams", "openings", "offices"),
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
