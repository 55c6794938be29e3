"""Names as people spell them, brought to keys under which they meet.

Three keys, each coarser than the one before:

- the name itself, in Unicode form NFC;
- `folded`: no case, accents, umlauts (`ä`, `ae` and `a` meet), hyphens, apostrophes or foreign script;
- `sound_key`: what is left when the German and the English way of writing Russian, Ukrainian or Korean
  names meet (`Wostotschny` and `Vostochny`).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

from anyascii import anyascii

_SPELLING_FILE: Final = Path(__file__).parent / "data" / "spelling.toml"
_SPELLING: Final = tomllib.loads(_SPELLING_FILE.read_text(encoding="utf-8"))

_SHORT_FORMS: Final[dict[str, str]] = _SPELLING["short_forms"]
_GENITIVES: Final[dict[str, list[str]]] = _SPELLING["genitive_endings"]
_SOUNDS: Final[dict[str, str]] = _SPELLING["sounds"]

SOUND_COUNTRIES: Final[frozenset[str]] = frozenset(_SPELLING["sound_countries"])
"""ISO codes of the countries whose names German and English write differently, each by its sound."""

_REMOVED: Final = dict.fromkeys(map(ord, "'`´’‘ʼʻʿʾ′\".·"))
"""Characters that are written or left out as one likes."""

_SEPARATORS: Final = re.compile(r"[\W_]+")
_UMLAUT_E: Final = re.compile(r"([aou])e+")
_SOUND: Final = re.compile("|".join(sorted(map(re.escape, _SOUNDS), key=len, reverse=True)))
_DOUBLED: Final = re.compile(r"(.)\1+")
_CODE: Final = re.compile(r"[A-Z][A-Z0-9]{1,5}")

MIN_GENITIVE_STEM: Final = 3
"""Letters that must be left of a name when an ending is taken off."""


def composed(name: str) -> str:
    """Return the name in Unicode form NFC, without soft hyphens, with single spaces and none at the ends."""
    return " ".join(unicodedata.normalize("NFC", name).replace("\u00ad", "").split())


class _Romanised(dict[int, str]):
    """For `str.translate`: every character in ASCII, asked of anyascii once."""

    def __missing__(self, code_point: int) -> str:
        self[code_point] = letters = anyascii(chr(code_point))
        return letters


_ROMANISED: Final = _Romanised()


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """Return the key under which all ordinary spellings of a name meet.

    Folding what is folded changes nothing.

    Examples:
        >>> folded("Sankt-Petersburg") == folded("St. Petersburg")
        True
        >>> folded("Köln") == folded("Koeln") == folded("KOLN")
        True
        >>> folded("Владивосток")
        'vladivostok'
    """
    plain = unicodedata.normalize("NFKC", name).translate(_REMOVED).translate(_ROMANISED).casefold()
    words = _SEPARATORS.sub(" ", plain.translate(_REMOVED)).split()
    return " ".join(_SHORT_FORMS.get(word, word) for word in (_UMLAUT_E.sub(r"\1", w) for w in words))


def sound_key(name: str) -> str:
    """Return a key under which German and English transliterations of a name meet.

    Examples:
        >>> sound_key("Wostotschny") == sound_key("Vostochny")
        True
        >>> sound_key("Ussurijsk") == sound_key("Ussuriysk")
        True
    """
    key = folded(name)
    while (rougher := _rougher(key)) != key:
        key = rougher
    return key


def _rougher(key: str) -> str:
    sounds = _SOUND.sub(lambda found: _SOUNDS[found.group()], key)
    return folded(_DOUBLED.sub(r"\1", sounds))


def without_genitive(name: str, *, language: str | None = None) -> tuple[str, ...]:
    """Return what the name may be when its last letters are a genitive ending, longest ending first.

    Args:
        name: A name as it stands in a text, such as `Moskaus`, `Paris'` or `Peking's`.
        language: ISO 639-1; None tries the endings of every language known.

    Examples:
        >>> without_genitive("Moskaus", language="de")
        ('Moskau',)
    """
    endings = _GENITIVES.get(language or "", []) or sorted({e for es in _GENITIVES.values() for e in es})
    stems = (
        name[: -len(ending)]
        for ending in sorted(endings, key=len, reverse=True)
        if name.endswith(ending) and len(name) - len(ending) >= MIN_GENITIVE_STEM
    )
    return tuple(dict.fromkeys(stems))


def looks_like_a_code(name: str) -> bool:
    """Tell whether a name is written as codes are: two to six capitals or digits, no more.

    Examples:
        >>> looks_like_a_code("VVO"), looks_like_a_code("Ulm")
        (True, False)
    """
    return _CODE.fullmatch(name) is not None


def is_latin(name: str) -> bool:
    """Tell whether every letter of a name is a Latin one."""
    return name.isascii() or all(not c.isalpha() or c < "\u0250" or "\u1e00" <= c < "\u1f00" for c in name)
