"""The place a statement is about: named, in apposition, a relative pronoun, `Diese Stadt`, `It`."""

from __future__ import annotations

import functools
import re
from typing import Final

from gazetteer.claims.anaphora import noun_phrase_pattern, phrase_role, topic_before
from gazetteer.claims.claim import Role, Via
from gazetteer.claims.cues import cue_pattern, cues
from gazetteer.claims.names import best_candidate, name_end
from gazetteer.claims.scene import Scene, place_id, point_of
from gazetteer.claims.topics import defined_topic
from gazetteer.places.entries import Feature
from gazetteer.reading.lexicon import Lexicon
from gazetteer.reading.mentions import Kind, Reading
from gazetteer.reading.resolution import Resolution

_BRACKETS: Final = re.compile(r"\s?(?:\([^()]{0,120}\)|\[[^\[\]]{0,120}\])")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
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
    relative = _relative(scene, begin, start)
    if relative is not None:
        return relative
    found = (
        _resumed(scene, opening, start)
        or _copula_or_apposition(scene, begin, start)
        or _unread(scene, begin, start)
    )
    if found is None or _is_area(scene, found) or _is_governed(scene, found.span.start):
        return defined_topic(scene, opening, min(start, opening + _LONGEST_DEFINITION)) or found
    return found


def _resumed(scene: Scene, begin: int, start: int) -> Role | None:
    """Read `X, a city near the border of Y, lies …`: the name before what is put in between."""
    resumes = _resumes(scene.language).search(scene.text, max(begin, start - 60), start)
    if resumes is None or start - begin > _CLAUSE or not _is_plain(scene, scene.text[resumes.end() : start]):
        return None
    end = name_end(scene.text, begin, min(start, begin + 60))
    named = next(iter(scene.names_within(begin, begin + 1)), None)
    end = end if named is None else named.mention.span.end
    if end == begin or scene.text[end : end + 1] != "," or end >= resumes.start():
        return None
    if named is not None:
        return _named(scene, named)
    name = scene.text[begin:end]
    if name.split()[0].lower() in scene.cues.words("position", "prepositions"):
        return None
    candidate = best_candidate(scene, name, begin)
    return Role(candidate.entry.id if candidate else None, scene.span(begin, end), Via.NAMED)


@functools.cache
def _resumes(language: str) -> re.Pattern[str]:
    return re.compile(rf",\s(?:{cues(language).either('position', 'verbs')})(?=\s)")


_LONGEST_DEFINITION: Final = 400


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
        words = _WORD.findall(gap)
        plain = all(word[0].islower() or word in {"Die", "The"} or scene.cues.kind_of(word) for word in words)
        is_barred = any(
            word.lower() in scene.cues.words("position", "prepositions") or word in {"and", "und"}
            for word in words
        )
        if plain and not is_barred and not re.search(r"[.,;:()\d]", gap):
            return _named(scene, resolution)
        break
    end = name_end(scene.text, at, limit)
    if end > at and scene.cues.kind_of(scene.text[at:end].split()[-1]) is None:
        candidate = best_candidate(scene, scene.text[at:end], at)
        if candidate is not None:
            return Role(candidate.entry.id, scene.span(at, end), Via.NAMED)
    phrase = noun_phrase_pattern(scene.language).match(scene.text, at, limit)
    return phrase_role(scene, phrase) if phrase is not None and not phrase["ind"] else None


def name_at(scene: Scene, start: int) -> Role | None:
    """Return the place whose name begins right there."""
    named = next(iter(scene.names_within(start, start + 1)), None)
    return None if named is None else _named(scene, named)


@functools.cache
def _after_pattern(language: str) -> re.Pattern[str]:
    verbs = {
        "de": r"(?:lieg(?:t|en)|lag|bef(?:indet|and)\ssich|steht|(?:gelegene|liegende|entfernte)[nrs]?)",
        "en": r"(?:lies|lay|is|sits|stands)",
    }
    return re.compile(rf"\s{verbs[language]}\s")


def _named(scene: Scene, resolution: Resolution) -> Role:
    """Return the role of a named place; none is given where longer words name something else."""
    span, entry = resolution.mention.span, point_of(resolution)
    end = name_end(scene.text, span.start, min(len(scene.text), span.end + 40))
    if end > span.end and " " in scene.text[span.end : end]:
        longer = scene.gazetteer.exact(scene.text[span.start : end])
        if longer:
            return Role(longer[0].entry.id, scene.span(span.start, end), Via.NAMED)
        sole = scene.lookup(scene.text[span.start : span.end])
        if scene.text[span.end : end].startswith((" an der", " am", " ob der")) and not (
            sole and sole[0].score > _SOLE
        ):
            return Role(None, scene.span(span.start, end), Via.NAMED)
    noun = _NOUN_BEFORE.search(scene.text, max(0, span.start - 40), span.start)
    is_site = noun is not None and scene.cues.kind_of(noun["noun"]) == "facility"
    if is_site and noun is not None and entry is not None and entry.feature is not Feature.FACILITY:
        # `Atomkraftwerk X` is not the town X, though it bears its name.
        whole = scene.gazetteer.exact(scene.text[noun.start() : span.end])
        return Role(whole[0].entry.id if whole else None, scene.span(noun.start(), span.end), Via.NAMED)
    return Role(place_id(entry), scene.span(span.start, span.end), Via.NAMED)


_SOLE: Final = 0.9
_NOUN_BEFORE: Final = re.compile(r"(?<!\w)(?P<noun>[^\W\d_]+(?:-[^\W\d_]+)?)\s$")


def _unread(scene: Scene, begin: int, start: int) -> Role | None:
    """Read a subject that the reader took for no place: `Butscha liegt …`, `in X, …`."""
    for match in _unread_copula(scene.language).finditer(scene.text, begin, start):
        role = _unread_name(scene, match.start("name"), start, is_apposed=False)
        if role is not None:
            return role
    for match in _UNREAD_APPOSED.finditer(scene.text, begin, start):
        role = _unread_name(scene, match.start("name"), start, is_apposed=True)
        if role is not None:
            return role
    return None


def _unread_name(scene: Scene, at: int, start: int, *, is_apposed: bool) -> Role | None:
    end = name_end(scene.text, at, start)
    between = _BRACKETS.sub("", scene.text[end:start])
    if end == at or not _links(scene, between) or is_apposed != ("," in between):
        return None
    name = scene.text[at:end]
    first = name.split()[0].lower()
    is_plain_word = any(first in scene.cues.words("anaphora", part) for part in _ANAPHORIC)
    if (
        is_plain_word
        or first in scene.cues.words("position", "prepositions")
        or scene.cues.kind_of(name.split()[-1]) is not None
    ):
        return None
    candidate = best_candidate(scene, name, at)
    if candidate is None and Lexicon.of(scene.language).frequency(first):
        return None
    return Role(candidate.entry.id if candidate is not None else None, scene.span(at, end), Via.NAMED)


_ANAPHORIC: Final = ("demonstratives", "definites", "indefinites", "adverbs", "pronouns")


@functools.cache
def _unread_copula(language: str) -> re.Pattern[str]:
    verbs = {"de": r"liegt|lag|befindet|befand", "en": r"lies|lay|sits|is|was|stands"}[language]
    return re.compile(
        rf"(?<![\w-])(?P<name>[^\W\d_a-zäöüß][^\s,;:()]{{0,40}})(?=[^.;:!?,]{{0,60}}?\s(?:{verbs})\s)"
    )


_UNREAD_APPOSED: Final = re.compile(
    r"(?<!\w)(?:(?:[Ii]n|[Bb]ei|[Nn]ahe|[Nn]ear|[Aa]t|of|from|aus)\s)?(?<![\w-])(?P<name>[^\W\d_a-zäöüß])(?=[^.;:!?()]{1,40},\s)"
)


def _relative_pattern(language: str) -> re.Pattern[str]:
    known = cues(language)
    return re.compile(
        r"(?:,\s(?P<more>(?:und|and)\s)?|\s(?P<and>(?:und|and)\s))"
        rf"(?P<rel>{known.either('anaphora', 'relatives')})(?P<mid>\s[^,;:()]{{0,50}})?\s?$"
    )


_EARLIER_RELATIVE: Final = re.compile(
    r"(?:,\s|\s(?=that\s|which\s))(?:(?:in|an|auf|von|bei|mit|durch|zu|nach|aus|unter|über)\s)?"
    r"(?:der|die|das|dem|den|denen|deren|welche[rsmn]?|wo|which|where|that|who)\s"
)


def _relative(scene: Scene, begin: int, start: int) -> Role | None:
    """Follow `Diese Stadt, die nur …`, `Ussurijsk, einer Stadt, in der …, und die …`."""
    left = scene.text[begin:start]
    match = _relative_pattern(scene.language).search(left)
    if match is None or not _is_plain(scene, match["mid"] or ""):
        return None
    if scene.language == "en" and not _has_verb(scene, match["mid"] or ""):
        return None
    comma = match.start()
    if match["more"] or match["and"]:
        earlier = [m.start() for m in _EARLIER_RELATIVE.finditer(left, 0, comma)]
        comma = earlier[-1] if earlier else comma
    antecedent = _ending_at(scene, begin, begin + comma)
    if antecedent is None:
        return None
    span = scene.span(begin + match.start("rel"), begin + match.end("rel"))
    if antecedent.via is Via.ANAPHOR:
        # The phrase itself is what a reader sees: `Diese Stadt`, not the bare pronoun.
        return Role(antecedent.place, antecedent.span, Via.RELATIVE_CLAUSE, antecedent.antecedent)
    return Role(antecedent.place, span, Via.RELATIVE_CLAUSE, antecedent.span)


def _ending_at(scene: Scene, begin: int, end: int) -> Role | None:
    """Return the place phrase that ends just before a comma."""
    while True:
        bracket = scene.text.rfind("(", begin, end) if scene.text[end - 1 : end] == ")" else -1
        if bracket < 0:
            break
        end = bracket
        while end > begin and scene.text[end - 1].isspace():
            end -= 1
    for resolution in reversed(scene.within(max(begin, end - 60), end)):
        if resolution.mention.kind is Kind.TOPONYM and resolution.mention.span.end == end:
            return _named(scene, resolution)
    for match in noun_phrase_pattern(scene.language).finditer(scene.text, max(begin, end - 60), end):
        if match.end() == end:
            if match["ind"] and scene.cues.kind_of(match["noun"]):
                comma = scene.text.rfind(",", begin, match.start())
                is_next = comma >= 0 and not scene.text[comma + 1 : match.start()].strip()
                return _ending_at(scene, begin, comma) if is_next else None
            return phrase_role(scene, match)
    return None


def _is_plain(scene: Scene, between: str) -> bool:
    """Tell whether only fillers and verbs of position stand between place and statement."""
    filler, verbs = scene.cues.words("position", "filler"), scene.cues.words("position", "verbs")
    return all(word.lower().rstrip(".") in filler or word.lower() in verbs for word in _WORD.findall(between))


def _has_verb(scene: Scene, between: str) -> bool:
    verbs = scene.cues.words("position", "verbs")
    return any(word.lower() in verbs for word in _WORD.findall(between))


def _copula_or_apposition(scene: Scene, begin: int, start: int) -> Role | None:
    found = [
        r
        for r in scene.within(begin, start)
        if r.mention.kind is Kind.TOPONYM and r.mention.span.end <= start
    ]
    located = _located_topic(scene, begin, start, found)
    if located is not None:
        return located
    phrase = _last_phrase(scene, begin, start)
    is_last = phrase is not None and (not found or phrase.end() > found[-1].mention.span.end)
    if phrase is not None and is_last and _links(scene, _between(scene, phrase.end(), start)):
        return _said_of_phrase(scene, begin, phrase, found)
    if not found:
        return _pronoun(scene, begin, start)
    if _links(scene, _between(scene, found[-1].mention.span.end, start)):
        return _said_of_name(scene, begin, start, found)
    return (
        _topic(scene, found, begin, start)
        or _behind_apposition(scene, begin, start, found)
        or _pronoun(scene, begin, start)
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
    lead = _WORD.match(there)
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
        return _named(scene, found[0])
    if phrase is not None and is_typed:
        return phrase_role(scene, phrase)
    pronoun = _opening_pronoun(scene.language).match(scene.text, begin, start)
    if pronoun is not None:
        return _standing_for(scene, *pronoun.span("it"))
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
        between = _between(scene, found[i].mention.span.end, start)
        inserted = _INSERTED.match(between)
        rest = "" if inserted is None else between[inserted.end() :]
        if inserted is not None and (_links(scene, rest) or _is_plain(scene, rest)):
            return _said_of_name(scene, begin, start, found[: i + 1])
    return None


_INSERTED: Final = re.compile(r",\s[^,.;:()]{1,60},(?=\s)")


def _between(scene: Scene, end: int, start: int) -> str:
    between = _BRACKETS.sub("", scene.text[end:start])
    for particle in scene.cues.words("position", "particles"):
        between = between.removeprefix(f" {particle}")
    return between


def _last_phrase(scene: Scene, begin: int, start: int) -> re.Match[str] | None:
    """Return the last noun phrase for a type of place that could be a subject."""
    last = None
    for match in noun_phrase_pattern(scene.language).finditer(scene.text, begin, start):
        if scene.cues.kind_of(match["noun"]) is not None and not _is_governed(scene, match.start()):
            last = match
    return last


def _said_of_phrase(scene: Scene, begin: int, phrase: re.Match[str], found: list[Resolution]) -> Role | None:
    """Resolve `Die Anlage liegt …`, `X, a city …`, `X is a city …`."""
    if not phrase["ind"]:
        return phrase_role(scene, phrase)
    apposed = _apposed(scene, begin, phrase)
    if apposed is None and found and _is_topic(scene, begin, found[-1]):
        return _named(scene, found[-1])
    return apposed


def _said_of_name(scene: Scene, begin: int, start: int, found: list[Resolution]) -> Role | None:
    """Choose between the name next to a statement and the one its sentence defines."""
    between = _between(scene, found[-1].mention.span.end, start)
    head = _head_of_chain(scene, found)
    is_apposed = between.lstrip()[:1] in {",", "(", "–", "—", "-"} or not between.strip()
    if not is_apposed or _INSERTED.match(between):
        is_object = _is_governed(scene, head.mention.span.start)
        return _topic(scene, found, begin, start) if is_object else _named(scene, head)
    if head.entry is not None and head.entry.feature in _AREAS:
        return _topic(scene, found, begin, start)
    return None if head.mention.reading is Reading.ACTOR else _named(scene, head)


def _links(scene: Scene, between: str) -> bool:
    """Tell whether the words between a place and a statement join them: `, `, ` liegt`, ` is located `."""
    stripped = between.strip()
    if not stripped or stripped in {",", "(", "–", "—"}:
        return True
    if any(mark in stripped for mark in '.;:!?\n"“”„') or stripped.count(",") > 1:
        return False
    if "," in stripped and not stripped.startswith(","):
        return False
    if not _is_plain(scene, stripped):
        return False
    return stripped[0] in ",(–—" or _has_verb(scene, stripped)


def _is_governed(scene: Scene, start: int) -> bool:
    """Tell whether a preposition stands before a phrase, so that it cannot be the subject."""
    before = _WORD.findall(scene.text[max(0, start - 40) : start])
    for word in reversed(before[-3:]):
        lowered = word.lower()
        if lowered in scene.cues.words("position", "prepositions"):
            return True
        if scene.cues.kind_of(word) is None and lowered not in scene.cues.words("anaphora", "definites"):
            return False
    return False


def _apposed(scene: Scene, begin: int, phrase: re.Match[str]) -> Role | None:
    """Follow `X, a city 40 km north of …` to X."""
    comma = scene.text.rfind(",", begin, phrase.start())
    if comma < 0 or scene.text[comma + 1 : phrase.start()].strip():
        return None
    return _ending_at(scene, begin, comma)


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


_DEFINES: Final = re.compile(r"\s(?:is|was|ist|war|are|sind)\s(?:an?|the|one|ein|eine|die|der|das)\s")


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
    rest = _BRACKETS.sub("", scene.text[first.mention.span.end : start])
    match = _DEFINES.match(rest[:1] + rest[1:])
    is_defined = match is not None or re.match(r"[^.;:]{0,20}\s(?:is|was|ist|liegt|lies)\s", rest) is not None
    return _named(scene, first) if is_defined else None


def _pronoun(scene: Scene, begin: int, start: int) -> Role | None:
    """Resolve a sentence that begins with `It lies`, `Sie liegt`: the topic of the sentence before."""
    left = scene.text[begin:start]
    match = _pronoun_pattern(scene.language).search(left)
    if match is None or not _is_plain(scene, match["mid"]):
        return None
    return _standing_for(scene, begin + match.start("it"), begin + match.end("it"))


def _standing_for(scene: Scene, start: int, end: int) -> Role:
    """Return the role of a pronoun: what was defined just before, else the topic of what was said."""
    span = scene.span(start, end)
    here = scene.sentence_at_or_before(start)
    is_first = here is None or not scene.text[here.span.start : start].strip()
    before = scene.sentence_before(here) if here is not None and is_first else here
    topic = None if before is None else defined_topic(scene, before.span.start, before.span.end)
    if topic is not None:
        return Role(topic.place, span, Via.ANAPHOR, topic.span)
    found = topic_before(scene, start)
    if found is None:
        return Role(None, span, Via.ANAPHOR)
    return Role(place_id(point_of(found)), span, Via.ANAPHOR, found.mention.span)


@functools.cache
def _opening_pronoun(language: str) -> re.Pattern[str]:
    pronouns = {"de": "Er|Sie|Es", "en": "It"}[language]
    return re.compile(rf"(?P<it>{pronouns})(?=\s(?:{cues(language).either('position', 'verbs')})\s)")


@functools.cache
def _pronoun_pattern(language: str) -> re.Pattern[str]:
    pronouns = {"de": "Er|Sie|Es|er|sie|es", "en": "It|it"}[language]
    verbs = cues(language).either("position", "verbs")
    return re.compile(rf"(?<!\w)(?P<it>{pronouns})\s(?:{verbs})(?!\w)(?P<mid>[^.;:]{{0,50}})$")
