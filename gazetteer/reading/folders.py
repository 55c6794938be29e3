"""Folders of languages: where the tables of each language that is read lie."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from gazetteer.errors import DataFileError

SETTING: Final = "LUFTLINIE_LANGUAGES"
"""Names a folder with further languages, one folder each; one of a packaged language takes its place."""

STAND_IN: Final = "en"
"""The language by whose tables numbers and units are read in a text whose own language has none."""

UNDETERMINED: Final = "und"
"""ISO 639-2 for a language that is none we read."""

_LONGEST_SHOWN: Final = 200
_CODE: Final = re.compile(r"[a-z]{2,3}")
NEEDED: Final = ("language.toml", "cues.toml", "words.tsv.gz")
"""The files without which a folder is no language; what follows from any other is left out without it."""


def packaged_folder() -> Traversable:
    """Return the folder with the packaged languages and the tables of all."""
    return resources.files("gazetteer.reading").joinpath("languages")


@cache
def language_folders() -> Mapping[str, Traversable]:
    """Return the folder of each language that is read, by its ISO 639 code.

    Raises:
        DataFileError: If the folder of further languages is none, or a language lacks a file it needs.
    """
    homes = [packaged_folder()]
    if further := os.environ.get(SETTING, ""):
        homes.append(Path(further))
    found: dict[str, Traversable] = {}
    for home in homes:
        try:
            found |= _languages_in(home)
        except OSError as error:
            raise DataFileError(
                f"{SETTING}: {str(home)[:_LONGEST_SHOWN]} cannot be opened: {error.strerror or error}"
            ) from error
    return dict(sorted(found.items()))


def _languages_in(home: Traversable) -> dict[str, Traversable]:
    if not home.is_dir():
        raise DataFileError(f"{SETTING}: expected a folder with one folder per language, found {home}")
    found: dict[str, Traversable] = {}
    for folder in home.iterdir():
        if _CODE.fullmatch(folder.name) is None or not folder.is_dir():
            continue
        if folder.name == UNDETERMINED:
            raise DataFileError(f"{folder}: no language; `{UNDETERMINED}` stands for one that is not read")
        missing = [file for file in NEEDED if not folder.joinpath(file).is_file()]
        if missing:
            raise DataFileError(f"{folder}: {' and '.join(missing)} missing; every language needs them")
        found[folder.name] = folder
    return found


def languages() -> tuple[str, ...]:
    """Return the ISO 639 codes of the languages that are read: one folder each."""
    return tuple(language_folders())


@cache
def languages_with(file: str) -> tuple[str, ...]:
    """Return the codes of the languages whose folder holds a file such as `calendar.toml`."""
    return tuple(code for code, folder in language_folders().items() if folder.joinpath(file).is_file())


def with_words_for(language: str, file: str) -> str:
    """Return the language itself where it has the file, else the one that stands in for it."""
    return language if language in languages_with(file) else STAND_IN
