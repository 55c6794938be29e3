"""Where a trip starts and ends, and by what means it is made."""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass
from typing import Final

from gazetteer.claims.anaphora import is_capital
from gazetteer.claims.claim import Path, Role, Via
from gazetteer.claims.compass import wind_of
from gazetteer.claims.cues import cue_pattern, cues
from gazetteer.claims.named_roles import named_role
from gazetteer.claims.references import Reference, reference_at
from gazetteer.claims.scene import Scene, place_id, point_of
from gazetteer.reading.articles import Sentence
from gazetteer.reading.mentions import Kind

LONGEST_CLAUSE: Final = 160
CLAUSE_END: Final = re.compile(r"[.;,]")
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a trip starts and ends, as far as it is said."""

    origin: Role | None
    destination: Role | None


@functools.cache
def next_words(language: str, name: str) -> re.Pattern[str]:
    """Return the pattern of one list of words of travel, as the next word."""
    return re.compile(rf"\s(?:{cues(language).either('trip', name)})\s")


def pair_at(scene: Scene, at: int, limit: int) -> tuple[Reference, Reference] | None:
    """Read `A nach B`, `A to B` behind the word for `from`."""
    origin = reference_at(scene, at, limit, sure=False)
    link = (
        None if origin is None else next_words(scene.language, "until").match(scene.text, origin.end, limit)
    )
    goal = None if link is None else reference_at(scene, link.end(), limit, sure=False)
    return None if origin is None or goal is None else (origin, goal)


def path_of(scene: Scene, sentence: Sentence) -> Path:
    """Return the kind of way that the vehicle words of a sentence speak of."""
    words = scene.text[sentence.span.start : sentence.span.end]
    for path, name in ((Path.RAIL, "rail"), (Path.AIR, "air"), (Path.ROAD, "road")):
        if cue_pattern(scene.language, "vehicles", name).search(words):
            return path
    return Path.UNSPECIFIED


def ends_of(scene: Scene, sentence: Sentence) -> Ends:
    """Return where the trip of a sentence starts and ends, the missing half from the sentence before."""
    origin, destination = _own_ends(scene, sentence)
    before = scene.sentence_before(sentence)
    if origin is None and destination is None and before is not None:
        origin, destination = _own_ends(scene, before)
        if origin is None or destination is None:
            return Ends(None, None)
        origin, destination = implied(origin), implied(destination)
    elif (origin is None) != (destination is None) and before is not None:
        if origin is None:
            origin = implied(_origin(scene, before, departures_only=True))
        else:
            destination = implied(_destination(scene, before))
    if origin is not None and destination is not None and origin.place == destination.place and origin.place:
        origin = None
    return Ends(origin, destination)


def _own_ends(scene: Scene, sentence: Sentence) -> tuple[Role | None, Role | None]:
    """Return from where and to where one sentence says somebody went, read once."""
    at = sentence.span.start
    if at not in scene.trip_ends:
        joined = joined_ends(scene, sentence)
        ends = joined or (_origin(scene, sentence), _destination(scene, sentence))
        scene.trip_ends[at] = ends
    return scene.trip_ends[at]


def joined_ends(scene: Scene, sentence: Sentence) -> tuple[Role | None, Role | None] | None:
    """Read `die Fahrt zwischen A und B`, `links A and B`, `verbindet A mit B`."""
    begin, limit = sentence.span.start, sentence.span.end
    for lead in _joins(scene.language).finditer(scene.text, begin, limit):
        first = reference_at(scene, lead.end(), limit, sure=False)
        joint = (
            None if first is None else next_words(scene.language, "joint").match(scene.text, first.end, limit)
        )
        second = None if joint is None else reference_at(scene, joint.end(), limit, sure=False)
        if first is None or second is None:
            continue
        if first.role.via is Via.NAMED is second.role.via and None not in {first.entry, second.entry}:
            return first.role, second.role
    return _dashed_ends(scene, begin, limit)


def _dashed_ends(scene: Scene, begin: int, limit: int) -> tuple[Role, Role] | None:
    """Read `die Strecke Berlin–Hamburg`, `the Paris–Lyon line`."""
    names = scene.names_within(begin, limit)
    for first, second in itertools.pairwise(names):
        one, other = first.mention.span, second.mention.span
        if _DASH.fullmatch(scene.text, one.end, other.start) is None or None in {first.entry, second.entry}:
            continue
        before = _line_word(scene.language).search(scene.text, max(begin, one.start - 24), one.start)
        behind = _line_word(scene.language).match(scene.text, other.end, min(limit, other.end + 24))
        if before is not None or behind is not None:
            return named_role(scene, first), named_role(scene, second)
    return None


_DASH: Final = re.compile(r"\s?[–-]\s?")


@functools.cache
def _line_word(language: str) -> re.Pattern[str]:
    known = cues(language)
    nouns = f"{known.either('trip', 'nouns')}|{known.either('trip', 'lines')}"
    return re.compile(rf"(?<!\w)(?:[^\W\d_]{{0,12}})(?:{nouns})\s$|\s(?:{nouns})(?!\w)", re.IGNORECASE)


@functools.cache
def _joins(language: str) -> re.Pattern[str]:
    known = cues(language)
    nouns, between = known.either("trip", "nouns"), known.either("position", "between")
    vehicles = "|".join(known.either("vehicles", name) for name in ("rail", "road", "air", "other"))
    return re.compile(
        rf"(?<!\w)(?:(?:{known.either('trip', 'joins')})|(?:[^\W\d_]{{0,20}}(?:{nouns})|{vehicles})"
        rf"\s(?:{between}))\s",
        re.IGNORECASE,
    )


def told_before_of(scene: Scene, sentence: Sentence) -> tuple[Ends, Path]:
    """Return the last trip told in an earlier sentence with both its ends, and how it was made."""
    before = scene.sentence_before(sentence)
    for _ in range(_SENTENCES_BACK):
        if before is None:
            break
        origin, destination = _own_ends(scene, before)
        leaves = cue_pattern(scene.language, "trip", "leave").search(
            scene.text, before.span.start, before.span.end
        )
        if leaves is None or origin is None or destination is None:
            pass
        elif not origin.place or origin.place != destination.place:
            return Ends(implied(origin), implied(destination)), path_of(scene, before)
        before = scene.sentence_before(before)
    return Ends(None, None), Path.UNSPECIFIED


_SENTENCES_BACK: Final = 12


def implied(role: Role | None) -> Role | None:
    """Return a role as one that the sentence itself does not name."""
    return None if role is None else Role(role.place, role.span, Via.IMPLIED)


@functools.cache
def _preposition(language: str, name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{cues(language).either('trip', name)})\s", re.IGNORECASE)


def _origin(scene: Scene, sentence: Sentence, *, departures_only: bool = False) -> Role | None:
    begin, limit = sentence.span.start, sentence.span.end
    leave = cue_pattern(scene.language, "trip", "leave").search(scene.text, begin, limit)
    if leave is not None:
        left = _first_point(scene, leave.end(), limit)
        if left is not None:
            return left
    if departures_only and leave is None:
        return None
    for match in _preposition(scene.language, "origin").finditer(scene.text, begin, limit):
        role = _place_at(scene, match.end(), limit)
        if role is not None and not _is_distance_from(scene, match.start(), role):
            return role
    return None


def _is_distance_from(scene: Scene, start: int, role: Role) -> bool:
    """Tell whether `von X` belongs to `entfernt` or a compass word rather than to a trip."""
    tail = cue_pattern(scene.language, "position", "away").match(scene.text, role.span.end + 1)
    before = _WORD.findall(scene.text[max(0, start - 24) : start])
    if tail is not None or not before:
        return tail is not None
    # A noun is none of the adverbs: `der Weg von Graz` beside `weg von Graz`.
    last = before[-1] if scene.cues.grammar.nouns_are_capitalised else before[-1].lower()
    return last in scene.cues.words("position", "away") or wind_of(before[-1], scene.language) is not None


def _destination(scene: Scene, sentence: Sentence) -> Role | None:
    begin, limit = sentence.span.start, sentence.span.end
    arrive = cue_pattern(scene.language, "trip", "arrive")
    arrivals = [match.end() for match in arrive.finditer(scene.text, begin, limit)][:_MOST_ARRIVALS]
    found: Role | None = None
    for match in _preposition(scene.language, "destination").finditer(scene.text, begin, limit):
        is_weak = match[0].strip().lower() in scene.cues.words("trip", "into")
        if is_weak and not any(_is_same_clause(scene, match.start(), at) for at in arrivals):
            continue
        role = _place_at(scene, match.end(), limit)
        if role is not None:
            if not is_weak:
                return role
            found = found or role
    if found is None and arrivals:
        return _first_point(scene, arrivals[0], min(limit, arrivals[0] + _NEXT_WORDS))
    return found


_MOST_ARRIVALS: Final = 8
_NEXT_WORDS: Final = 40


def _is_same_clause(scene: Scene, at: int, other: int) -> bool:
    first, last = sorted((at, other))
    return last - first <= LONGEST_CLAUSE and not _PART_END.search(scene.text, first, last)


_PART_END: Final = re.compile(r"[;:]")


def _place_at(scene: Scene, start: int, limit: int) -> Role | None:
    reference = reference_at(scene, start, limit, sure=False)
    if reference is None:
        return None
    is_named = reference.role.via is Via.NAMED or is_capital(scene, reference.role)
    return reference.role if is_named else None


def _first_point(scene: Scene, start: int, limit: int) -> Role | None:
    """Return the place left: `verließ am Sonntagabend Pjöngjang`."""
    for resolution in scene.within(start, min(limit, start + 60)):
        mention = resolution.mention
        if mention.kind is not Kind.TOPONYM:
            continue
        between = scene.text[start : mention.span.start]
        if CLAUSE_END.search(between) or _leads_elsewhere(scene.language).search(between):
            return None
        return Role(place_id(point_of(resolution)), mention.span, Via.NAMED)
    return None


@functools.cache
def _leads_elsewhere(language: str) -> re.Pattern[str]:
    known = cues(language)
    leads = "|".join(known.either("trip", name) for name in ("destination", "into", "likened"))
    return re.compile(rf"(?<!\w)(?:{leads})\s")
