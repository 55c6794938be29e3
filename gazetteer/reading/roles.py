"""Roles: does a name stand for the spot on the map, for those who govern there, or for an attribute?"""

from __future__ import annotations

from typing import Final

from gazetteer.places.entries import Feature, GazetteerEntry
from gazetteer.reading.evidence import Surroundings
from gazetteer.reading.finding import Form, Found
from gazetteer.reading.mentions import Kind, Reading

_GOVERNMENT_CODES: Final = frozenset({"PPLC", "GOVL", "GOVT", "PPLG", "ADMF", "BLDG"})
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
    while at < len(words) and at - found.last <= 4:
        gap = here.text[ends[at - 1] : starts[at]]
        if gap not in {" ", "-"} or not (words[at][0].isupper() or gap == "-" and words[at].isdigit()):
            return False
        if words[at].lower() in heads and words[found.first][0].isupper():
            # German nouns are capitalised: `die russische Nachrichtenagentur` is no name, `Koreanische …` is.
            return True
        at += 1
    return False


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


def _acts(found: Found, entry: GazetteerEntry, here: Surroundings) -> bool:
    """Tell whether the words around a country or capital make it a government."""
    lexicon, text = here.lexicon, here.text
    words, starts, ends = here.words.words, here.words.starts, here.words.ends
    ground = lexicon.cue("readings", "ground")
    locative = lexicon.cue("prepositions", "locative")
    contracted = lexicon.cue("prepositions", "contracted")
    articles = lexicon.cue("articles", "all")
    towards = lexicon.cue("readings", "towards")
    back: list[str] = []
    at = found.first - 1
    while at >= 0 and len(back) < _LOOK_BACK_WORDS:
        gap = text[ends[at] : starts[at + 1]] if at + 1 <= found.first else ""
        if "\n" in gap or any(mark in gap for mark in ".!?:;"):
            break
        if back and "," in gap and lexicon.language == "de":
            break
        back.append(words[at].lower())
        at -= 1
    ahead: list[str] = []
    at = found.last + 1
    while at < len(words) and len(ahead) < _LOOK_AHEAD_WORDS:
        gap = text[ends[at - 1] : starts[at]]
        if "\n" in gap or any(mark in gap for mark in ",.!?:;"):
            break
        ahead.append(words[at].lower())
        at += 1
    possessive = found.shape == "genitive" or text[found.end : found.end + 2] in {"'s", "’s"}
    return _acts_among(
        _Neighbours(back, ahead, possessive, entry.feature is Feature.COUNTRY, found, here),
        ground,
        locative | contracted,
        articles,
        towards,
    )


class _Neighbours:
    """The words on both sides of a name, nearest first, lower case, within its clause."""

    def __init__(
        self,
        back: list[str],
        ahead: list[str],
        possessive: bool,
        country: bool,
        found: Found,
        here: Surroundings,
    ) -> None:  # noqa: FBT001
        self.back = back
        self.ahead = ahead
        self.possessive = possessive
        self.country = country
        self.found = found
        self.here = here

    def nearest_noun(self) -> str:
        """Return the noun that a genitive or preposition before the name hangs on."""
        for word in self.back[1:]:
            if len(word) > 3 and word not in self.here.lexicon.cue("articles", "possessive"):
                return word
        return ""


def _acts_among(
    near: _Neighbours,
    ground: frozenset[str],
    locative: frozenset[str],
    articles: frozenset[str],
    towards: frozenset[str],
) -> bool:
    cue = near.here.lexicon.cue
    back = near.back
    first_ahead = near.ahead[0] if near.ahead else ""
    if near.possessive:
        return first_ahead not in ground and (
            not back or back[0] not in ground | {"osten", "westen", "süden", "norden"}
        )
    article = bool(back) and back[0] in articles
    before = back[1] if article and len(back) > 1 else back[0] if back and not article else ""
    coordinated = before in {"und", "and", "oder", "or"} and len(back) > 1
    if coordinated:
        wider = back[2:] if article else back[1:]
        pair = next(
            (w for w in wider if w in locative | towards | {"zwischen", "between", "von", "zu", "of"}), ""
        )
        if pair in {"zwischen", "between"}:
            return not (set(back) & (ground | cue("readings", "routes")))
        if pair in towards or pair in {"zu", "to"}:
            return not (set(back) & ground)
        if pair in locative:
            return False
        return not set(near.ahead) & cue("readings", "motion")
    if before in {"zwischen", "between"}:
        return not (set(back) & (ground | cue("readings", "routes")))
    if before in {"von", "zu", "of", "to", "from", "aus"}:
        wider = set(back[1:])
        if wider & (ground | cue("readings", "routes")) or first_ahead in {"aus", "nach", "to"}:
            return False
        if wider & (cue("readings", "relations") | cue("readings", "of_government")):
            return before != "aus" or not near.country
        return (
            before in {"von"}
            and not wider & cue("readings", "motion")
            and first_ahead not in {"nach", "bis"}
            and (
                first_ahead.endswith(("ten", "te", "ter", "tes"))
                or bool(near.ahead)
                and any(w.endswith("en") for w in near.ahead[:1])
            )
        )
    if before in towards:
        return not (set(back) & ground)
    if before in locative:
        return False
    if article and before not in towards and back[0] in {"der", "des", "the"}:
        # `die Sicherheit der USA`: a genitive
        noun = before
        if noun in ground:
            return False
    neighbours = set(near.ahead[:2]) | set(back[:2])
    if neighbours & cue("readings", "motion"):
        return False
    text, end = near.here.text, near.found.end
    if text[end : end + 1] in {",", ":"} and len(back) <= 1 and not article:
        return False
    if near.here.lexicon.language == "en":
        return bool(set(near.ahead) & cue("readings", "acts"))
    return True
