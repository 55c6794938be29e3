"""Statements of distance and direction: `etwa 60 km nördlich von X`, `40 miles from X`, `X is Q away`."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

from gazetteer.claims.anaphora import told_before
from gazetteer.claims.claim import Role, StatedDirection, Via
from gazetteer.claims.compass import bearing_of, compass_pattern, wind_of
from gazetteer.claims.cues import cue_pattern, cues
from gazetteer.claims.references import Reference, line_at, reference_at
from gazetteer.claims.scene import Scene, place_id, point_of
from gazetteer.reading.articles import Sentence
from gazetteer.reading.resolution import Resolution


@dataclass(frozen=True, slots=True)
class Offset:
    """What stands around a quantity: a direction or not, a reference or not, and where it ends."""

    direction: StatedDirection | None
    reference: Reference | None
    end: int
    other: Reference | None = None
    """The first of the two places of `between A and B`."""
    start: int | None = None
    """Where it begins, if that is before the quantity: `von Kiew 40 Kilometer entfernt`."""


def offset_at(scene: Scene, sentence: Sentence, bounds: tuple[int, int], *, is_listed: bool) -> Offset | None:
    """Read what says from where a quantity counts.

    Args:
        scene: The article.
        sentence: The sentence the quantity stands in.
        bounds: Where the quantity with its hedge begins, and where the words after it go on.
        is_listed: Whether another distance of the same sentence stands before.
    """
    start, at = bounds
    begin, limit = sentence.span.start, sentence.span.end
    sure = is_listed or _is_position(scene, begin, start)
    return (
        _each_other(scene, begin, start, at, limit)
        or _parted_before(scene, begin, start)
        or _between_before(scene, begin, start, at)
        or _split_before(scene, begin, start)
        or _reference_before(scene, begin, start, at, limit)
        or _after(scene, at, limit, is_position=sure)
    )


def direction_at(scene: Scene, match: re.Match[str]) -> StatedDirection | None:
    """Turn a match with a group `dir` into a direction; None where the word names no wind."""
    word = match["dir"]
    wind = wind_of(word, scene.language)
    if wind is None:
        return None
    return StatedDirection(scene.span(match.start("dir"), match.end("dir")), word, bearing_of(wind), wind)


@functools.cache
def directed(language: str) -> re.Pattern[str]:
    """Return the pattern of a direction word and the preposition after it (group `of`)."""
    known = cues(language)

    def either(name: str) -> str:
        return known.either("offset", name)

    # Without a preposition: `nördlich der Stadt`, `nördlich Moskaus`; what follows must not be a verb.
    genitive = (
        rf"(?:{either('genitives')})\s|(?-i:{_CAPITAL})" if known.words("offset", "genitives") else "(?!)"
    )
    return re.compile(
        rf"\s{{1,2}}(?:(?:{either('ways')})\s)?(?:(?:{either('straight')}),?\s)?"
        rf"(?:(?P<further>{known.either('position', 'further')})\s)?(?:(?:{either('before_direction')})\s)?"
        rf"{compass_pattern(language)}(?:\s(?:{either('after_direction')}))?"
        rf"(?P<by>\s(?:{either('ways')}))?"
        rf"(?P<of>\s(?:{known.either('position', 'of')})\s|(?P<gen>\s)(?={genitive})"
        rf"|(?=\s(?:{either('thereof')})(?!\w)))?",
        re.IGNORECASE,
    )


_CAPITAL: Final = "[A-ZÀ-ÖØ-Þ]"


@functools.cache
def _undirected(language: str) -> re.Pattern[str]:
    known = cues(language)

    def either(name: str) -> str:
        return known.either("offset", name)

    away = rf"(?:(?:{either('away_leads')})\s)?(?:{known.either('position', 'away')})"
    return re.compile(
        rf"\s{{1,2}}(?:(?:{either('leads')})\s)?(?:(?P<between>{known.either('position', 'between')})\s"
        rf"|(?P<parts>{known.either('separation', 'parts')})\s"
        rf"|(?P<awayof>{away})\s(?:{either('away_of')})\s|(?P<of>{either('of')})\s"
        rf"|(?:(?:{either('away_front')})\s)?(?P<front>{known.either('position', 'in_front')})\s"
        rf"|(?P<until>{either('until')})\s|(?P<goes>{either('goes_to')})\s|(?P<within>{either('within_of')})\s|(?P<away>{away})(?!\w))"
    )


def _is_position(scene: Scene, begin: int, start: int) -> bool:
    """Tell whether the words just before say where something lies: `is located about`."""
    before = scene.text[max(begin, start - 30) : start]
    return cue_pattern(scene.language, "position", "verbs").search(before) is not None


def _after(scene: Scene, at: int, limit: int, *, is_position: bool) -> Offset | None:
    match = directed(scene.language).match(scene.text, at, limit)
    direction = direction_at(scene, match) if match is not None else None
    if match is not None and direction is not None:
        return _directed_offset(scene, match, direction, limit)
    match = _undirected(scene.language).match(scene.text, at, limit)
    if match is None:
        return None
    for group, section, name in _PAIRS:
        if match[group]:
            return _between(scene, match.end(), limit, _follows(scene.language, section, name))
    if match["away"]:
        return Offset(None, None, match.end())
    needed = _needed_before(scene.language, match, is_position=is_position)
    if needed is not None and needed.search(scene.text, max(0, at - 60), at) is None:
        return None
    return _undirected_offset(
        scene, match, limit, sure=is_position and not scene.cues.grammar.nouns_are_capitalised
    )


_PAIRS: Final = (("between", "between", "and"), ("parts", "separation", "joint"))


def _needed_before(language: str, match: re.Match[str], *, is_position: bool) -> re.Pattern[str] | None:
    """Return what must stand before a length for the words behind it to tell from where it counts."""
    if match["within"]:
        return _within_before(language)
    needs_it_is = (match["until"] and cues(language).is_said("offset", "until_needs_it_is")) or (
        match["goes"] and not is_position
    )
    return _it_is_before(language) if needs_it_is else None


def _undirected_offset(scene: Scene, match: re.Match[str], limit: int, *, sure: bool) -> Offset | None:
    at = _phrase_start(scene, match) if match["until"] else match.end()
    reference = reference_at(scene, at, limit, sure=sure)
    if reference is None:
        return None
    end = reference.end
    if match["of"] or (match["front"] and scene.cues.is_said("offset", "front_is_origin")):
        goes_on = _follows(scene.language, "offset", "goes_to").match(scene.text, end, limit)
        if goes_on is not None:
            said = _it_is_before(scene.language).search(scene.text, max(0, match.start() - 60), match.start())
            goal = reference_at(scene, goes_on.end(), limit, sure=False) if said is not None else None
            return None if goal is None else Offset(None, goal, goal.end, other=reference)
        tail = _follows(scene.language, "offset", "away_tail").match(scene.text, end, limit)
        end = tail.end() if tail is not None else end
    return Offset(None, reference, end)


@functools.cache
def _it_is_before(language: str) -> re.Pattern[str]:
    said = cues(language).either("offset", "it_is")
    return re.compile(rf"(?<!\w)(?:{said})\s[^.;,]{{0,40}}$", re.IGNORECASE)


@functools.cache
def _follows(language: str, section: str, name: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{cues(language).either(section, name)})(?!\w)")


def _directed_offset(
    scene: Scene, match: re.Match[str], direction: StatedDirection, limit: int
) -> Offset | None:
    if match["of"] is not None or match["gen"] is not None:
        reference = reference_at(scene, match.end(), limit, sure=match["gen"] is None)
        if reference is not None:
            return Offset(direction, reference, reference.end)
        if match["gen"] is None:
            return None
    if (
        match["further"]
        or match["by"]
        or _ends_clause(scene.language).match(scene.text, match.end("dir"), limit)
    ):
        tail = _follows(scene.language, "position", "attributive").match(scene.text, match.end("dir"), limit)
        return Offset(direction, None, tail.end() if tail is not None else match.end("dir"))
    return None


@functools.cache
def _ends_clause(language: str) -> re.Pattern[str]:
    ends = cues(language).either("offset", "clause_ends")
    return re.compile(rf"\s?(?:[.,;)]|$)|\s(?:{ends})(?=[\s.,;)]|$)")


def _each_other(scene: Scene, begin: int, start: int, at: int, limit: int) -> Offset | None:
    """Read `A and B are 200 miles apart`, `zwischen A und B, rund 80 Kilometer voneinander entfernt`."""
    apart = _apart_pattern(scene.language).match(scene.text, at, limit)
    if apart is None:
        return None
    names = [r for r in scene.names_within(max(begin, start - 160), start) if r.entry is not None]
    if len(names) <= 1:
        return None
    first, second = names[-2:]
    gap = scene.text[first.mention.span.end : second.mention.span.start]
    between = scene.text[second.mention.span.end : start].strip(" ,–—")
    words = [word.lower() for word in between.split()]
    known = scene.cues.words("position", "verbs") | scene.cues.words("position", "filler")
    if _joint(scene.language).fullmatch(gap) is None or not all(word in known for word in words):
        return None
    one, other = (_reference_of(resolution) for resolution in (first, second))
    return Offset(None, other, apart.end(), other=one)


def _parted_before(scene: Scene, begin: int, start: int) -> Offset | None:
    """Read `trennen A und B Q`, `A und B trennen Q`, `A and B are separated by Q`."""
    names = [r for r in scene.names_within(max(begin, start - _LONGEST_LEAD), start) if r.entry is not None]
    if len(names) <= 1:
        return None
    first, second = (resolution.mention.span for resolution in names[-2:])
    gap, behind = scene.text[first.end : second.start], scene.text[second.end : start]
    joined = _parting(scene.language, "joint").fullmatch(gap) is not None
    lead = _parting_before(scene.language).search(
        scene.text, max(begin, first.start - _LONGEST_VERB), first.start
    )
    if lead is not None and joined and _is_loose(scene, behind):
        at = lead.start()
    elif (_joint(scene.language).fullmatch(gap) and _is_parted(scene, behind, "behind")) or (
        _parting(scene.language, "parted_from").fullmatch(gap) and _is_parted(scene, behind, "by")
    ):
        at = first.start
    else:
        return None
    one, other = (_reference_of(resolution) for resolution in names[-2:])
    return Offset(None, other, start, other=one, start=at)


_LONGEST_VERB: Final = 16


def _is_parted(scene: Scene, words: str, name: str) -> bool:
    verb = _parting(scene.language, name).match(words)
    return verb is not None and _is_loose(scene, words[verb.end() - 1 :])


def _is_loose(scene: Scene, words: str) -> bool:
    """Tell whether nothing but blanks and fillers stands between a name and a number."""
    known = scene.cues.words("position", "filler") | scene.cues.words("offset", "it_is_filler")
    return words[-1:] == " " and all(word in known for word in words.lower().split())


@functools.cache
def _parting(language: str, name: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{cues(language).either('separation', name)})\s")


@functools.cache
def _parting_before(language: str) -> re.Pattern[str]:
    verbs = cues(language).either("separation", "before")
    return re.compile(rf"(?<!\w)(?:{verbs})\s$", re.IGNORECASE)


def _reference_of(resolution: Resolution) -> Reference:
    place, span = point_of(resolution), resolution.mention.span
    return Reference(Role(place_id(place), span, Via.NAMED), span.end, place)


@functools.cache
def _apart_pattern(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{cues(language).either('position', 'apart')})(?!\w)")


def _between(scene: Scene, at: int, limit: int, joints: re.Pattern[str]) -> Offset | None:
    """Read `between A and B`, `separate A from B`."""
    first = reference_at(scene, at, limit, sure=False)
    if first is None:
        return None
    joint = joints.match(scene.text, first.end, limit)
    if joint is None:
        return None
    second = reference_at(scene, joint.end(), limit, sure=False)
    return None if second is None else Offset(None, second, second.end, other=first)


def _between_before(scene: Scene, begin: int, start: int, at: int) -> Offset | None:
    """Read `Zwischen A und B liegen`, `Die Entfernung zwischen A und B beträgt`, `from A to B it is`."""
    if _copula(scene.language).search(scene.text, max(begin, start - 40), start) is None:
        return None
    leads = list(_before_pattern(scene.language).finditer(scene.text, max(begin, start - 160), start))
    for match in leads[-_MOST_LEADS:]:
        offset = _between_from(scene, match, start, at)
        if offset is not None:
            return offset
    return None


@functools.cache
def _copula(language: str) -> re.Pattern[str]:
    known = cues(language)
    copula = f"{known.either('offset', 'copula')}|{known.either('offset', 'it_is')}"
    return re.compile(rf"\s(?:{copula})(?:\s[^\W\d_]{{2,9}}){{0,3}}\s$")


_MOST_LEADS: Final = 4


def _between_from(scene: Scene, match: re.Match[str], start: int, at: int) -> Offset | None:
    first = reference_at(scene, match.end(), start, sure=False)
    joint = None if first is None else _joint(scene.language).match(scene.text, first.end, start)
    second = None if joint is None else reference_at(scene, joint.end(), start, sure=False)
    if first is None or second is None:
        return None
    if match["plain"] and _is_long(scene.language).match(scene.text, at) is not None:
        return None  # `Die Mauer zwischen A und B ist 700 Kilometer lang`
    tail = it_is(scene.language) if match["bare"] else _between_tail(scene.language)
    if tail.fullmatch(scene.text, second.end, start) is None:
        return None
    return Offset(None, second, start, other=first)


def _split_before(scene: Scene, begin: int, start: int) -> Offset | None:
    """Read `Von A sind es nach B`, `Bis nach B sind es von A aus`: one place on either side of the verb."""
    floor = max(begin, start - _LONGEST_LEAD)
    said = None
    for match in _it_is_between(scene.language).finditer(scene.text, floor, start):
        said = match
    if said is None:
        return None
    leads = list(_counting(scene.language).finditer(scene.text, floor, said.start()))
    tails = list(_counting(scene.language).finditer(scene.text, said.end(), start))
    for lead in leads[-_MOST_LEADS:]:
        first = reference_at(scene, _phrase_start(scene, lead), said.start(), sure=False)
        if first is None or not _is_filled(scene, first.end, said.start()):
            continue
        for tail in tails[:_MOST_LEADS]:
            if (lead["from"] is None) == (tail["from"] is None):
                continue
            if not _is_filled(scene, said.end(), tail.start()):
                continue
            second = reference_at(scene, _phrase_start(scene, tail), start, sure=False)
            if second is not None and _is_filled(scene, second.end, start):
                second = _not_same(scene, first, second, lead.start())
                one, other = (first, second) if lead["from"] else (second, first)
                return Offset(None, other, start, other=one)
    return None


def _not_same(scene: Scene, first: Reference, second: Reference, position: int) -> Reference:
    """Let `dort` in `Bis X sind es von dort` stand for what was named before X."""
    if second.role.place is None or second.role.place != first.role.place:
        return second
    earlier = told_before(scene, second.role, position)
    if earlier is None or earlier.place is None:
        return second
    return Reference(earlier, second.end, scene.gazetteer.entry(earlier.place))


_LONGEST_LEAD: Final = 160


def _phrase_start(scene: Scene, lead: re.Match[str]) -> int:
    """Return where the place begins after a preposition; `zur` holds the article of `zur Stadt`."""
    words = lead[0].split()
    is_article = words[-1].lower() in scene.cues.words("anaphora", "definites")
    return lead.end() - len(words[-1]) - 1 if is_article else lead.end()


def _is_filled(scene: Scene, start: int, end: int) -> bool:
    """Tell whether nothing but fillers stands there: `aus`, `nur noch`."""
    words = scene.text[start:end].lower().split()
    known = scene.cues.words("offset", "it_is_filler") | scene.cues.words("offset", "from_tail")
    return all(word in known for word in words)


@functools.cache
def _it_is_between(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{cues(language).either('offset', 'it_is')})(?=\s)")


@functools.cache
def _counting(language: str) -> re.Pattern[str]:
    known = cues(language)
    return re.compile(
        rf"(?<!\w)(?:(?P<from>{known.either('offset', 'from')})|(?:{known.either('position', 'until')}))\s",
        re.IGNORECASE,
    )


@functools.cache
def _within_before(language: str) -> re.Pattern[str]:
    lead = cues(language).either("offset", "within")
    return re.compile(rf"(?<!\w)(?:{lead})\s[^.;,]{{0,40}}$", re.IGNORECASE)


@functools.cache
def _is_long(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{cues(language).either('trip', 'long')})(?!\w)")


@functools.cache
def _joint(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{cues(language).either('offset', 'joint')})\s")


@functools.cache
def _before_pattern(language: str) -> re.Pattern[str]:
    known = cues(language)
    nouns = known.either("position", "distance_nouns")
    between = known.either("position", "between")
    start = known.either("offset", "from")
    return re.compile(
        rf"(?i:(?<!\w)(?:(?:{nouns})\s(?:{between}|{start})|(?P<plain>{between})|(?P<bare>{start})))\s"
        r"(?=[^.;]{0,120}$)"
    )


@functools.cache
def it_is(language: str) -> re.Pattern[str]:
    """Return the pattern of `sind es nur noch`, `it is just` between two places and a number."""
    known = cues(language)
    said, filler = known.either("offset", "it_is"), known.either("offset", "it_is_filler")
    tail = known.either("offset", "from_tail")
    return re.compile(rf",?\s(?:(?:{tail})\s)?(?:{said})(?:\s(?:{filler}))*\s")


@functools.cache
def _between_tail(language: str) -> re.Pattern[str]:
    known = cues(language)
    copula, filler = known.either("offset", "copula"), known.either("offset", "it_is_filler")
    also = known.either("offset", "copula_filler")
    return re.compile(rf"\s(?:{copula})(?:\s(?:{also}|{filler}))*\s")


def _reference_before(scene: Scene, begin: int, start: int, at: int, limit: int) -> Offset | None:
    """Read `von Kiew nur 40 Kilometer entfernt`, `von Rom rund 480 Kilometer Luftlinie entfernt`."""
    if not scene.cues.is_said("offset", "reference_first"):
        return None
    away = _away_behind(scene.language).match(scene.text, at, limit)
    if away is None:
        return None
    for lead in _plain_from(scene.language).finditer(scene.text, max(begin, start - 40), start):
        line = line_at(scene, lead.end(), start)
        if line is not None and not scene.text[line.end : start].strip():
            return Offset(None, line, away.end(), start=lead.start())
    return _named_before(scene, begin, start, away.end())


def _named_before(scene: Scene, begin: int, start: int, end: int) -> Offset | None:
    for resolution in reversed(scene.names_within(max(begin, start - 60), start)):
        span = resolution.mention.span
        if scene.text[span.end : start].strip():
            return None
        lead = _from_name(scene.language).search(scene.text, max(begin, span.start - 40), span.start)
        if lead is None:
            return None
        found = reference_at(scene, span.start, start, sure=False)
        return None if found is None else Offset(None, found, end, start=lead.start())
    return None


@functools.cache
def _away_behind(language: str) -> re.Pattern[str]:
    known = cues(language)
    lead, away = known.either("offset", "away_leads"), known.either("offset", "away_tail")
    straight = known.either("position", "as_the_crow")
    return re.compile(rf"(?:\s(?i:{straight}))?\s(?:(?:{lead})\s)?(?:{away})(?!\w)")


@functools.cache
def _plain_from(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{cues(language).either('offset', 'from')})\s")


@functools.cache
def _from_name(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{cues(language).either('offset', 'from')})\s(?:[^\W\d_]+\s){{0,3}}$")
