"""Other ways of writing a name that follow from the name itself: `Limburg a. d. Lahn`, `Bezirk Liezen`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from anyascii import anyascii

from gazetteer.places.entries import Feature
from gazetteer.places.names import is_latin
from gazetteer.places.rows import NameUse, PlaceRow

_GERMAN_SPEAKING: Final = frozenset({"DE", "AT", "CH", "LI"})

_USUAL: Final = NameUse.MAIN | NameUse.GERMAN | NameUse.ENGLISH

_ADDITION: Final = re.compile(r"([\w.-]+(?: [\w.-]+)?) (an der|am|in der|im|ob der|vor der) ([A-ZÄÖÜ][\w-]+)")
_SHORT: Final = {
    "an der": ("a. d.", "a.d."),
    "am": ("a.", "am"),
    "in der": ("i. d.", "i.d."),
    "im": ("i.", "im"),
    "ob der": ("o. d.", "o.d."),
    "vor der": ("v. d.", "v.d."),
}
_IN_BRACKETS: Final = re.compile(r"([\w.-]+(?: [\w.-]+)?) \(([A-ZÄÖÜ][\w-]+)\)")
_DISTRICT: Final = re.compile(r"Politischer Bezirk (.+)")
_COUNTY: Final = re.compile(r"(.+) County")


def add_spellings(rows: Iterable[PlaceRow]) -> None:
    """Let places answer to the ways newspapers write them."""
    for row in rows:
        if row.country not in _GERMAN_SPEAKING:
            for name, use in tuple(row.names.items()):
                if use & _USUAL and (plain := without_marks(name)):
                    row.add_name(plain, use)
        if row.feature is Feature.CITY and row.country in _GERMAN_SPEAKING:
            names = spellings_of_town(row.name)
        elif row.feature_code == "ADM2" and row.country in {"AT", "US"}:
            names = spellings_of_district(row.name)
        else:
            continue
        for name in names:
            row.add_name(name, NameUse.CURATED)


def without_marks(name: str) -> str:
    """Return a Latin name in the letters every newspaper has, empty where it is so already.

    Examples:
        >>> without_marks("Chhattīsgarh"), without_marks("Łódź"), without_marks("Delhi")
        ('Chhattisgarh', 'Lodz', '')
    """
    return anyascii(name) if not name.isascii() and is_latin(name) else ""


def spellings_of_town(name: str) -> tuple[str, ...]:
    """Return how a German name with an addition is written shorter.

    Examples:
        >>> spellings_of_town("Limburg an der Lahn")
        ('Limburg a. d. Lahn', 'Limburg a.d. Lahn', 'Limburg/Lahn', 'Limburg (Lahn)')
        >>> spellings_of_town("Halle (Saale)")
        ('Halle/Saale', 'Halle an der Saale')
    """
    if (found := _ADDITION.fullmatch(name)) is not None:
        town, joint, river = found.groups()
        shorter = [f"{town} {short} {river}" for short in _SHORT[joint]]
        return tuple(n for n in (*shorter, f"{town}/{river}", f"{town} ({river})") if n != name)
    if (found := _IN_BRACKETS.fullmatch(name)) is not None:
        town, river = found.groups()
        return (f"{town}/{river}", f"{town} an der {river}")
    return ()


def spellings_of_district(name: str) -> tuple[str, ...]:
    """Return how a second-level unit is called in a newspaper.

    Examples:
        >>> spellings_of_district("Politischer Bezirk Liezen"), spellings_of_district("Boone County")
        (('Bezirk Liezen', 'Bezirkes Liezen', 'Bezirks Liezen'), ('Boone Co.',))
    """
    if (found := _DISTRICT.fullmatch(name)) is not None:
        return tuple(f"{kind} {found[1]}" for kind in ("Bezirk", "Bezirkes", "Bezirks"))
    if (found := _COUNTY.fullmatch(name)) is not None:
        return (f"{found[1]} Co.",)
    return ()
