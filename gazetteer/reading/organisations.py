"""Organisations: whether a name stands inside the name of a body, and so is part of it.

`Leeds City Council`, `University of Texas`, `Dallas Cowboys`, `Sangamon County Sheriff's Office`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from gazetteer.reading.candidates import DEMONYM, Found
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.surroundings import BEFORE_BODY, Surroundings

_WORDS_TO_TEAM: Final = 2
"""`Toronto Blue Jays`."""
_TOUCHING: Final = frozenset({" ", "-"})
_APOSTROPHES: Final = frozenset({"'", "’"})


@dataclass(frozen=True, slots=True)
class _Cues:
    """A language's words for bodies; in small letters."""

    heads: frozenset[str]
    """What closes a body's name: `Council`."""
    teams: frozenset[str]
    openings: frozenset[str]
    """What opens a body's name, the place right behind it: `Real`."""
    heads_of: frozenset[str]
    """What opens a body's name, a joint such as `of` behind it: `Bank`."""
    joints: frozenset[str]
    articles: frozenset[str]
    leading: frozenset[str]
    """Small words that may stand between a body and the name."""
    genitive_articles: frozenset[str]
    bodies: tuple[str, ...]
    """What nouns for bodies end in: `…rates`."""


@cache
def _cues(language: str) -> _Cues:
    lexicon = Lexicon.of(language)

    def cue(name: str) -> frozenset[str]:
        return lexicon.cue("organisations", name)

    return _Cues(
        heads=cue("heads"),
        teams=cue("teams"),
        openings=cue("openings"),
        heads_of=cue("heads_of"),
        joints=cue("joints"),
        articles=lexicon.cue("articles", "all"),
        leading=cue("joints") | lexicon.cue("articles", "all") | cue("genitive_articles"),
        genitive_articles=cue("genitive_articles"),
        bodies=tuple(sorted(cue("bodies"))),
    )


def in_organisation(found: Found, here: Surroundings) -> bool:
    """Tell whether the words around a name make it part of an organisation's name."""
    first, behind = found.first, found.last + 1
    if not (here.near_bodies[first] or here.near_bodies[found.last]):
        return False
    if found.end != found.container_end:
        return False
    words, gaps = here.words.words, here.words.gaps
    gap = gaps[behind]
    if (
        gap in _TOUCHING
        and behind < len(words)
        and (words[behind][0].isupper() or gap == "-")
        and _heads_follow(found, here, _cues(here.lexicon.language))
    ):
        return True
    if not first or gaps[first] != " ":
        return False
    previous, cues = words[first - 1], _cues(here.lexicon.language)
    if previous not in cues.leading and not previous[0].isupper():
        return False
    return _head_before(found, here, cues) or (
        previous.lower() in cues.genitive_articles and _qualifies_council(found, here, cues)
    )


def _heads_follow(found: Found, here: Surroundings, cues: _Cues) -> bool:
    """Tell whether capitalised words behind the name lead to a head such as `Council`, or to a team."""
    words, gaps = here.words.words, here.words.gaps
    if not words[found.first][0].isupper():
        return False
    at = found.last + 1
    while at < len(words) and at - found.last <= BEFORE_BODY:
        gap, word = gaps[at], words[at]
        if gap in _APOSTROPHES and word == "s":
            at += 1  # `Sangamon County Sheriff's Office`
            continue
        if gap not in _TOUCHING or not (word[0].isupper() or (gap == "-" and word.isdigit())):
            return False
        lower = word.lower()
        # Where all nouns are capitalised: `die russische Nachrichtenagentur` is no name, `Koreanische …` is.
        if lower in cues.heads or (lower in cues.teams and at - found.last <= _WORDS_TO_TEAM):
            return True
        at += 1
    return False


def _head_before(found: Found, here: Surroundings, cues: _Cues) -> bool:
    """Tell whether a head stands before: `Bank of England`, `Real Madrid`."""
    words, gaps = here.words.words, here.words.gaps
    at = found.first - 1
    if found.form is DEMONYM:
        return False
    if words[at][0].isupper() and words[at].lower() in cues.openings:
        return True
    if words[at] in cues.articles and gaps[at] == " ":
        at -= 1
    if at < 1 or words[at] not in cues.joints or gaps[at] != " ":
        return False
    head = words[at - 1]
    return head[0].isupper() and head.lower() in cues.heads_of


def _qualifies_council(found: Found, here: Surroundings, cues: _Cues) -> bool:
    """Tell whether a genitive closes the name of a body: `des Nationalen Sicherheitsrates der USA`."""
    words, first = here.words.words, found.first
    if not cues.bodies or first < 3:
        return False
    if sum(gap.count(" ") for gap in here.words.gaps[first - 2 : first + 1]) != 3:
        return False
    body, attribute = words[first - 2].lower(), words[first - 3]
    return (
        attribute[0].isupper()
        and attribute.endswith(here.lexicon.grammar.adjective_endings)
        and body.endswith(cues.bodies)
    )
