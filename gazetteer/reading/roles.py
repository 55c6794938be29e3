"""Roles: does a name stand for the spot on the map, for those who govern there, or for an attribute?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.reading.candidates import Form, Found
from gazetteer.reading.mentions import Kind, Reading
from gazetteer.reading.surroundings import Surroundings

_GOVERNMENT_CODES: Final = frozenset({"PPLC", "GOVL", "GOVT", "PPLG", "ADMF", "PAL"})
_LOOK_BACK_WORDS: Final = 5
_LOOK_AHEAD_WORDS: Final = 3


def kind_of(found: Found, here: Surroundings) -> Kind:
    """Return what the words are."""
    if found.form is Form.DEMONYM:
        return Kind.PART if _in_organisation(found, here) else Kind.DEMONYM
    if found.form is Form.PART or _in_organisation(found, here):
        return Kind.PART
    return Kind.TOPONYM


def reading_of(found: Found, kind: Kind, entry: GazetteerEntry | None, here: Surroundings) -> Reading:
    """Return what the words do in their sentence."""
    if kind is Kind.PART:
        return _reading_of_part(found, here)
    if kind is Kind.DEMONYM:
        return _reading_of_demonym(found, entry, here)
    if entry is not None and governs(entry) and _acts(found, entry, here):
        return Reading.ACTOR
    return Reading.PLACE


def governs(entry: GazetteerEntry) -> bool:
    """Tell whether a government may be called by this place's name."""
    return entry.feature is Feature.COUNTRY or entry.feature_code in _GOVERNMENT_CODES


def _in_organisation(found: Found, here: Surroundings) -> bool:
    """Tell whether capitalised words behind the name make it an organisation's name."""
    words, starts, ends = here.words.words, here.words.starts, here.words.ends
    heads = here.lexicon.cue("organisations", "heads")
    at = found.last + 1
    if found.end != found.container_end:
        return False
    if _qualifies_council(found, here):
        return True
    while at < len(words) and at - found.last <= 4:
        gap = here.text[ends[at - 1] : starts[at]]
        if gap in {"'", "’"} and words[at] == "s":
            at += 1  # `Sangamon County Sheriff's Office`
            continue
        if gap not in {" ", "-"} or not (words[at][0].isupper() or (gap == "-" and words[at].isdigit())):
            return False
        if words[at].lower() in heads and words[found.first][0].isupper():
            # German nouns are capitalised: `die russische Nachrichtenagentur` is no name, `Koreanische …` is.
            return True
        at += 1
    return False


def _qualifies_council(found: Found, here: Surroundings) -> bool:
    """Tell whether a genitive closes the name of a body: `des Nationalen Sicherheitsrates der USA`."""
    words = here.words.words
    if found.first < 3 or words[found.first - 1].lower() not in {"der", "des"}:
        return False
    body, attribute = words[found.first - 2].lower(), words[found.first - 3]
    if here.text[here.words.ends[found.first - 3] : found.start].count(" ") != 3:
        return False
    return (
        attribute[0].isupper()
        and attribute.endswith(("en", "e", "er"))
        and body.endswith(tuple(here.lexicon.cue("organisations", "bodies")))
    )


def _reading_of_part(found: Found, here: Surroundings) -> Reading:
    rest = here.text[found.end : found.container_end].lower().strip("-s")
    heads = here.lexicon.cue("readings", "part_of_place")
    return Reading.PLACE if any(rest.startswith(head) for head in heads) else Reading.ATTRIBUTIVE


def _reading_of_demonym(found: Found, entry: GazetteerEntry | None, here: Surroundings) -> Reading:
    ground = here.lexicon.cue("readings", "ground")
    for at in range(found.last + 1, min(found.last + 1 + _LOOK_AHEAD_WORDS, len(here.words.words))):
        if here.text[here.words.ends[at - 1] : here.words.starts[at]] not in {" ", "-"}:
            break
        word = here.words.words[at].lower()
        if word in ground:
            return Reading.PLACE
        if here.lexicon.language != "en" and here.words.words[at][0].isupper():
            if found.shape == "city" or (entry is not None and entry.feature is Feature.CITY):
                concerned = here.lexicon.cue("readings", "of_government") | here.lexicon.cue(
                    "readings", "relations"
                )
                if (
                    entry is not None
                    and governs(entry)
                    and any(word.startswith(w) for w in concerned if len(w) > 4)
                ):
                    return Reading.ACTOR
            break
    return Reading.ATTRIBUTIVE


@dataclass(frozen=True, slots=True)
class _Clause:
    """The words on both sides of a name within its clause, nearest first, lower case."""

    back: list[str]
    ahead: list[str]
    article: bool
    """Whether the name's own article stands before it; `back` begins behind it."""
    possessive: bool
    country: bool
    closes: str
    """What stands right behind the name: punctuation and blanks."""


def _clause(found: Found, entry: GazetteerEntry, here: Surroundings) -> _Clause:
    words, starts, ends = here.words.words, here.words.starts, here.words.ends
    german = here.lexicon.language == "de"
    back: list[str] = []
    at = found.first - 1
    while at >= 0 and len(back) < _LOOK_BACK_WORDS:
        gap = here.text[ends[at] : starts[at + 1]]
        if any(mark in gap for mark in "\n.!?:;") or (german and "," in gap):
            break
        back.append(words[at].lower())
        at -= 1
    ahead: list[str] = []
    at = found.last + 1
    while at < len(words) and len(ahead) < _LOOK_AHEAD_WORDS:
        gap = here.text[ends[at - 1] if at > found.last + 1 else found.end : starts[at]]
        if any(mark in gap for mark in "\n,.!?:;"):
            break
        ahead.append(words[at].lower())
        at += 1
    article = bool(back) and back[0] in here.lexicon.cue("articles", "all")
    if article and german:
        # `zu dem Russland Übungen plant`: a pronoun, since Russia takes no article
        article = found.name.split()[0].lower() in here.lexicon.cue("readings", "with_article")
        if not article:
            back = []
    return _Clause(
        back=back[1:] if article else back,
        ahead=ahead,
        article=article,
        possessive=found.shape == "genitive" or here.text[found.end : found.end + 2] in {"'s", "’s"},
        country=entry.feature is Feature.COUNTRY,
        closes=here.text[found.end : found.end + 3],
    )


def _acts(found: Found, entry: GazetteerEntry, here: Surroundings) -> bool:  # noqa: C901, PLR0911 - a list of rules
    """Tell whether the words around a country or capital make it a government."""
    cue = here.lexicon.cue
    clause = _clause(found, entry, here)
    ground = cue("readings", "ground")
    routes = cue("readings", "routes")
    locative = cue("prepositions", "locative") | cue("prepositions", "contracted")
    towards = cue("readings", "towards")
    between = cue("readings", "between")
    passing = cue("readings", "passing")
    before = clause.back[0] if clause.back else ""
    first_ahead = clause.ahead[0] if clause.ahead else ""
    wider = set(clause.back)
    if clause.possessive:
        return (
            first_ahead not in ground and before not in ground and before not in cue("readings", "quarters")
        )
    if before in cue("readings", "joints") and len(clause.back) > 1:
        # `zwischen X und Y`, `von X und Y`: the preposition before the first counts for both
        before = next((w for w in clause.back[1:] if w in locative | towards | between | passing), "")
    if before in between:
        return not wider & (ground | routes)
    if before in passing:
        return _acts_behind_passing(clause, before, here)
    if before in locative and before not in towards:
        return False
    if before in towards:
        return not wider & (ground | routes)
    if clause.article and before in ground | cue("readings", "quarters"):
        return False
    visits = cue("readings", "visits")
    if visits & set(clause.back[:4]) or visits & set(clause.ahead[:1]):
        return False
    if clause.closes[:1] == ":" or (clause.closes[:1] == "," and clause.closes[2:] in {"„", '"', "“"}):
        return False
    if (first_ahead in cue("readings", "copulas") or before in cue("readings", "copulas")) and set(
        clause.ahead
    ) & (ground | cue("readings", "classes")):
        return False
    if here.lexicon.language == "en":
        return bool(set(clause.ahead) & cue("readings", "acts"))
    return True


def _acts_behind_passing(clause: _Clause, before: str, here: Surroundings) -> bool:
    """Judge a name behind `von`, `zu`, `aus`, `of`, `to`, `from`, which lead to places and to governments."""
    cue = here.lexicon.cue
    wider = set(clause.back[1:])
    if wider & (cue("readings", "ground") | cue("readings", "routes") | cue("readings", "motion")):
        return False
    first_ahead = clause.ahead[0] if clause.ahead else ""
    if first_ahead in cue("readings", "onward"):
        return False
    concerned = wider & (cue("readings", "relations") | cue("readings", "of_government"))
    if before in cue("readings", "out_of"):
        # `Waffen aus Nordkorea` come from the country, `Lieferungen aus Pjöngjang` from its government
        return bool(concerned) and not clause.country
    if concerned:
        return True
    return before in cue("readings", "agents") and first_ahead.endswith(
        ("te", "ten", "ter", "tes", "ene", "enen", "erhalten")
    )
