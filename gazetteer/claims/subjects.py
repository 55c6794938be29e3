"""The place a statement is about: named, in apposition, a relative pronoun, `Diese Stadt`, `It`."""

from __future__ import annotations

import functools
import re
from typing import Final

from gazetteer.claims.anaphora import noun_phrase_pattern, phrase_role
from gazetteer.claims.antecedents import (
    opening_pronoun,
    pronoun_at,
    pronoun_role,
    relative_role,
    role_ending_at,
)
from gazetteer.claims.claim import Role, Via
from gazetteer.claims.cues import cue_pattern, cues
from gazetteer.claims.headwords import headword_role
from gazetteer.claims.links import (
    BRACKETS,
    WORD,
    is_governed,
    is_plain,
    links,
    preposition_before,
    words_between,
)
from gazetteer.claims.named_roles import named_role, unread_role
from gazetteer.claims.names import best_candidate, name_end
from gazetteer.claims.scene import Scene
from gazetteer.claims.topics import defined_topic
from gazetteer.places.entries import Feature
from gazetteer.reading.mentions import Kind, Reading
from gazetteer.reading.resolution import Resolution

_AREAS: Final = frozenset({Feature.REGION, Feature.COUNTRY, Feature.CONTINENT})
_POINTS: Final = frozenset({Feature.CITY, Feature.FACILITY})
_CLAUSE: Final = 220
"""How far back within the sentence a subject is looked for, in code points."""


def subject_before(scene: Scene, begin: int, start: int) -> Role | None:
    """Return the place that the words before a statement say it of.

    Args:
        scene: The article.
        begin: Where the sentence begins.
        start: Where the statement begins: its hedge, number or preposition.
    """
    opening, begin = begin, max(begin, start - _CLAUSE)
    relative = relative_role(scene, begin, start)
    if relative is not None:
        return relative
    found = (
        _resumed(scene, opening, start)
        or _copula_or_apposition(scene, begin, start)
        or unread_role(scene, begin, start)
    )
    if found is None or _is_area(scene, found) or is_governed(scene, found.span.start):
        defined = defined_topic(scene, opening, min(start, opening + _LONGEST_DEFINITION))
        if defined is None and found is not None and _is_wide(scene, found):
            attribute = preposition_before(scene, begin, found.span.start)
            if attribute is None:
                return found
            head = _before_attribute(scene, opening, begin, attribute)
            return head or headword_role(scene, opening, start)
        return defined or found or headword_role(scene, opening, start)
    return found


def _before_attribute(scene: Scene, opening: int, begin: int, start: int) -> Role | None:
    """Return what `a port on the Sea of Azov`, `Dörfer in der Ukraine` is said of: the place before."""
    line = _line_before(scene.language).search(scene.text, max(begin, start - 40), start)
    start = start if line is None else line.start()
    if start - opening < _LEAST_SUBJECT:
        return None
    relative = relative_role(scene, begin, start)
    return relative or _copula_or_apposition(scene, begin, start)


_LEAST_SUBJECT: Final = 3


@functools.cache
def _line_before(language: str) -> re.Pattern[str]:
    known = cues(language)
    nouns = f"{known.either('border', 'nouns')}|{known.either('coast', 'nouns')}"
    filler = known.either("position", "filler")
    return re.compile(
        rf"(?:(?<=,)|(?<=\s))\s?(?:(?:{filler})\s)*(?:{known.either('position', 'lines_after')})\s"
        rf"(?:(?:{known.either('anaphora', 'definites')})\s)?(?:{nouns})\s$",
        re.IGNORECASE,
    )


def _resumed(scene: Scene, begin: int, start: int) -> Role | None:
    """Read `X, a city near the border of Y, lies …`: the name before what is put in between."""
    resumes = _resumes(scene.language).search(scene.text, max(begin, start - 60), start)
    if resumes is None or start - begin > _CLAUSE or not is_plain(scene, scene.text[resumes.end() : start]):
        return None
    end = name_end(scene.text, begin, min(start, begin + 60))
    named = next(iter(scene.names_within(begin, begin + 1)), None)
    end = end if named is None else named.mention.span.end
    if end == begin or scene.text[end : end + 1] != "," or end >= resumes.start():
        return None
    if named is not None:
        return named_role(scene, named)
    name = scene.text[begin:end]
    if name.split()[0].lower() in scene.cues.words("position", "prepositions"):
        return None
    candidate = best_candidate(scene, name, begin)
    return Role(candidate.entry.id if candidate else None, scene.span(begin, end), Via.NAMED)


@functools.cache
def _resumes(language: str) -> re.Pattern[str]:
    return re.compile(rf",\s(?:{cues(language).either('position', 'verbs')})(?=\s)")


_LONGEST_DEFINITION: Final = 400


def _is_wide(scene: Scene, role: Role) -> bool:
    return role.place is not None and scene.gazetteer.entry(role.place).feature in _AREAS | {Feature.WATER}


def _is_area(scene: Scene, role: Role) -> bool:
    return role.place is not None and scene.gazetteer.entry(role.place).feature in _AREAS


def subject_after(scene: Scene, end: int, limit: int) -> Role | None:
    """Return the place named after a statement: `liegt die Stadt X`, `gelegene Stadt X`."""
    match = _after_pattern(scene.language).match(scene.text, end, limit)
    if match is None:
        return None
    at = match.end()
    for resolution in scene.names_within(at, min(limit, at + 60)):
        gap = scene.text[at : resolution.mention.span.start]
        words = WORD.findall(gap)
        plain = all(
            word[0].islower()
            or word.lower() in scene.cues.words("anaphora", "definites")
            or scene.cues.kind_of(word)
            for word in words
        )
        if (
            len(words) > 1
            and words[-1] in scene.cues.words("capital", "of")
            and scene.cues.kind_of(words[-2])
        ):
            words = words[:-1]  # `the market town of X`
        is_barred = any(
            word.lower() in scene.cues.words("position", "prepositions")
            or word in scene.cues.words("between", "and")
            for word in words
        )
        if plain and not is_barred and not re.search(r"[.,;:()\d]", gap):
            return named_role(scene, resolution)
        break
    end = name_end(scene.text, at, limit)
    if end > at and scene.cues.kind_of(scene.text[at:end].split()[-1]) is None:
        candidate = best_candidate(scene, scene.text[at:end], at)
        if candidate is not None:
            return Role(candidate.entry.id, scene.span(at, end), Via.NAMED)
    phrase = noun_phrase_pattern(scene.language).match(scene.text, at, limit)
    return phrase_role(scene, phrase) if phrase is not None and not phrase["ind"] else None


def subject_beyond(scene: Scene, end: int, limit: int) -> Role | None:
    """Return the place of `25 miles to the north in X`, where nothing says from where it counts."""
    lead = WORD.match(scene.text, end + 1, limit)
    if lead is None or lead[0].lower() not in scene.cues.words("position", "name_leads"):
        return None
    named = next(iter(scene.names_within(lead.end() + 1, lead.end() + 2)), None)
    is_point = named is not None and named.entry is not None and named.entry.feature in _POINTS
    return named_role(scene, named) if named is not None and is_point else None


def subject_behind_comma(scene: Scene, begin: int, start: int, end: int, limit: int) -> Role | None:
    """Return the place that follows a statement at the head of its sentence.

    As in `Halfway between A and B, the town of X …`, `30 Kilometer nördlich von A, in X, …`. A bare name
    counts only where a verb may follow, since `20 miles from A, B and C` names three of a kind.
    """
    before = scene.text[begin:start].strip("„“”\"' \n").lower().split()
    opens = scene.cues.words("position", "fronted") | scene.cues.words("position", "filler")
    comma = _fronted_comma(scene.language).match(scene.text, end, limit)
    if comma is None or not all(word in opens for word in before):
        return None
    at = comma.end()
    named = next(iter(scene.names_within(at, min(limit, at + 60))), None)
    if named is None or named.entry is None or named.entry.feature not in _FRONTED:
        return None
    leads = WORD.findall(scene.text[at : named.mention.span.start])
    if comma["end"] and leads and leads[0].islower():
        del leads[0]  # the verb comes second: `40 km östlich von X gelegen, war Y …`
        if not leads:
            return named_role(scene, named)
    known = scene.cues.words("anaphora", "definites") | scene.cues.words("position", "name_leads")
    if not all(word.lower() in known or scene.cues.kind_of(word) is not None for word in leads):
        return None
    following = WORD.match(scene.text, named.mention.span.end + 1, limit)
    goes_on = scene.text.startswith(" ", named.mention.span.end) and following is not None
    is_listed = goes_on and following is not None and following[0] in scene.cues.words("between", "and")
    return named_role(scene, named) if (leads or goes_on) and not is_listed else None


_FRONTED: Final = frozenset({Feature.CITY, Feature.FACILITY, Feature.ISLAND, Feature.MOUNTAIN})


@functools.cache
def _fronted_comma(language: str) -> re.Pattern[str]:
    ends = cues(language).either("position", "fronted_ends")
    return re.compile(rf"(?:\s(?P<end>{ends}))?,\s")


@functools.cache
def _after_pattern(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{cues(language).either('position', 'verbs_before_subject')})\s")


def _copula_or_apposition(scene: Scene, begin: int, start: int) -> Role | None:
    found = [
        r
        for r in scene.within(begin, start)
        if r.mention.kind is Kind.TOPONYM
        and r.mention.span.end <= start
        and not scene.text.startswith(")", r.mention.span.end)
    ]
    located = _located_topic(scene, begin, start, found)
    if located is not None:
        return located
    phrase = _last_phrase(scene, begin, start)
    apposed = _phrase_before_comma(scene, begin, start)
    if apposed is not None and (phrase is None or apposed.start() > phrase.start()):
        return phrase_role(scene, apposed)
    is_last = phrase is not None and (not found or phrase.end() > found[-1].mention.span.end)
    if phrase is not None and is_last and links(scene, words_between(scene, phrase.end(), start)):
        return _said_of_phrase(scene, begin, phrase, found)
    if not found:
        return pronoun_role(scene, begin, start)
    if links(scene, words_between(scene, found[-1].mention.span.end, start)):
        return _said_of_name(scene, begin, start, found)
    return (
        _topic(scene, found, begin, start)
        or _behind_apposition(scene, begin, start, found)
        or pronoun_role(scene, begin, start)
    )


def _located_topic(scene: Scene, begin: int, start: int, found: list[Resolution]) -> Role | None:
    """Read `Kiel liegt an der Ostsee, …`, `The village is on the road from A to B, …`: what lies there.

    Not where a town is named just before: `Die Anlage liegt in X, 40 km …` may say it of the town.
    """
    topic = _topic_phrase(scene, begin, start, found)
    verb = None if topic is None else _position_verb(scene.language).match(scene.text, topic.span.end, start)
    if topic is None or verb is None:
        return None
    there = scene.text[verb.end() : start]
    others = [r for r in found if r.mention.span.start >= verb.end()]
    last = others[-1].entry if others else None
    is_wide = last is not None and last.feature not in _POINTS
    is_line = any(
        cue_pattern(scene.language, section, "nouns").search(there) is not None
        for section in ("path_shape", "border", "coast")
    )
    lead = WORD.match(there)
    is_there = lead is not None and lead[0].lower() in scene.cues.words("position", "prepositions")
    if not (is_wide or is_line) or not is_there or _STOPS.search(there) or len(there) > _LONGEST_PLACE:
        return None
    return topic


_STOPS: Final = re.compile(r"[.;:!?\"“”\n]")
_LONGEST_PLACE: Final = 120


def _topic_phrase(scene: Scene, begin: int, start: int, found: list[Resolution]) -> Role | None:
    """Return what a clause begins with: a name, `Die Hafenstadt X`, `Das Dorf`, an unread name."""
    phrase = noun_phrase_pattern(scene.language).match(scene.text, begin, start)
    is_typed = phrase is not None and scene.cues.kind_of(phrase["noun"]) is not None
    at = phrase.end() + 1 if phrase is not None and is_typed else begin
    if found and (found[0].mention.span.start == at or _is_topic(scene, begin, found[0])):
        return named_role(scene, found[0])
    if phrase is not None and is_typed:
        return phrase_role(scene, phrase)
    pronoun = opening_pronoun(scene.language).match(scene.text, begin, start)
    if pronoun is not None:
        return pronoun_at(scene, *pronoun.span("it"))
    end = name_end(scene.text, begin, min(start, begin + 60))
    if end == begin or _position_verb(scene.language).match(scene.text, end, start) is None:
        return None
    candidate = best_candidate(scene, scene.text[begin:end], begin)
    return None if candidate is None else Role(candidate.entry.id, scene.span(begin, end), Via.NAMED)


@functools.cache
def _position_verb(language: str) -> re.Pattern[str]:
    verbs = cues(language).either("position", "verbs")
    return re.compile(rf"\s(?:{verbs})(?:\s(?:{verbs}))?\s", re.IGNORECASE)


def _behind_apposition(scene: Scene, begin: int, start: int, found: list[Resolution]) -> Role | None:
    """Read `Mosul, Iraq's second city, is …`: the name before the apposition."""
    for i in range(len(found) - 1, max(-1, len(found) - 4), -1):
        between = words_between(scene, found[i].mention.span.end, start)
        inserted = _INSERTED.match(between)
        rest = "" if inserted is None else between[inserted.end() :]
        if inserted is not None and (links(scene, rest) or is_plain(scene, rest)):
            return _said_of_name(scene, begin, start, found[: i + 1])
    return None


_INSERTED: Final = re.compile(r",\s[^,.;:()]{1,60},(?=\s)")


def _last_phrase(scene: Scene, begin: int, start: int) -> re.Match[str] | None:
    """Return the last noun phrase for a type of place that could be a subject."""
    last = None
    for match in noun_phrase_pattern(scene.language).finditer(scene.text, begin, start):
        is_oblique = scene.text[match.start() : match.end()].split()[0] in scene.cues.words(
            "anaphora", "oblique"
        )
        if scene.cues.kind_of(match["noun"]) is not None and not (
            is_oblique or is_governed(scene, match.start())
        ):
            last = match
    return last


def _phrase_before_comma(scene: Scene, begin: int, start: int) -> re.Match[str] | None:
    """Return `the Nepalese capital, 500 miles …`: what is in apposition may be governed, as a name may."""
    for match in noun_phrase_pattern(scene.language).finditer(scene.text, max(begin, start - 90), start):
        between = scene.text[match.end() : start]
        if match["ind"] or scene.cues.kind_of(match["noun"]) is None or not between.startswith(", "):
            continue
        if is_plain(scene, between) and between.count(",") == 1:
            return match
    return None


def _said_of_phrase(scene: Scene, begin: int, phrase: re.Match[str], found: list[Resolution]) -> Role | None:
    """Resolve `Die Anlage liegt …`, `X, a city …`, `X is a city …`."""
    if not phrase["ind"]:
        return phrase_role(scene, phrase)
    apposed = _apposed(scene, begin, phrase)
    if apposed is None and found and _is_topic(scene, begin, found[-1]):
        return named_role(scene, found[-1])
    return apposed


def _said_of_name(scene: Scene, begin: int, start: int, found: list[Resolution]) -> Role | None:
    """Choose between the name next to a statement and the one its sentence defines."""
    between = words_between(scene, found[-1].mention.span.end, start)
    head = _head_of_chain(scene, found)
    is_apposed = between.lstrip()[:1] in {",", "(", "–", "—", "-"} or not between.strip()
    if not is_apposed or _INSERTED.match(between):
        is_object = is_governed(scene, head.mention.span.start)
        return _topic(scene, found, begin, start) if is_object else named_role(scene, head)
    if head.entry is not None and head.entry.feature in _AREAS:
        return _topic(scene, found, begin, start)
    before = WORD.findall(scene.text[max(begin, head.mention.span.start - 12) : head.mention.span.start])
    if before and before[-1] in scene.cues.words("between", "and"):
        return None  # `auf der Straße zwischen A und B, 120 Kilometer von A entfernt` is said of neither
    return None if head.mention.reading is Reading.ACTOR else named_role(scene, head)


def _apposed(scene: Scene, begin: int, phrase: re.Match[str]) -> Role | None:
    """Follow `X, a city 40 km north of …` to X."""
    comma = scene.text.rfind(",", begin, phrase.start())
    if comma < 0 or scene.text[comma + 1 : phrase.start()].strip():
        return None
    return role_ending_at(scene, begin, comma)


def _head_of_chain(scene: Scene, found: list[Resolution]) -> Resolution:
    """Step back over `Tucson, Pima County, Arizona` to its first name."""
    at = len(found) - 1
    while at > 0:
        gap = scene.text[found[at - 1].mention.span.end : found[at].mention.span.start]
        area = found[at].entry
        if gap != ", " or (area is not None and area.feature not in _AREAS):
            break
        at -= 1
    return found[at]


@functools.cache
def _defines(language: str) -> re.Pattern[str]:
    known = cues(language)
    copula, articles = known.either("definition", "copula"), known.either("definition", "articles")
    return re.compile(
        rf"\s(?:{copula})\s(?:{articles})\s|[^.;:]{{0,40}}\s(?:{known.either('position', 'lies')})\s"
    )


def _is_topic(scene: Scene, begin: int, resolution: Resolution) -> bool:
    return not scene.text[begin : resolution.mention.span.start].strip("„“\"' \n")


def _topic(scene: Scene, found: list[Resolution], begin: int, start: int) -> Role | None:
    """Return the first name of `X is a village in …, 40 km north of …`."""
    if not found:
        return None
    first = found[0]
    lead = scene.text[begin : first.mention.span.start].strip("„“\"' \n").lower()
    if lead and not (
        lead.split()[-1] in scene.cues.words("anaphora", "definites") or scene.cues.kind_of(lead.split()[-1])
    ):
        return None
    if len(lead) > 25:
        return None
    rest = BRACKETS.sub("", scene.text[first.mention.span.end : start])
    is_defined = _defines(scene.language).match(rest) is not None
    return named_role(scene, first) if is_defined else None
