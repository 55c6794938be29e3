"""Annotated documents for `gazetteer.evaluation`: JSONL, checked line by line before anything is scored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from gazetteer.errors import DataFileError, PositionError
from gazetteer.positions import LatLon

Documents = dict[str, dict[str, Any]]

_MOST_FAULTS: Final = 20
_LISTS: Final = ("mentions", "quantities", "claims", "ignore")
_WORDS: Final = ("kind", "unit", "direction")


def documents_of(file: Path) -> Documents:
    """Read annotated documents, by id.

    Raises:
        DataFileError: If the file cannot be read or a line is no document; every bad line is named.
    """
    found: Documents = {}
    faults = []
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, ValueError) as error:
        raise DataFileError(f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            document = _document(json.loads(line))
            if document["id"] in found:
                raise ValueError(f"id {document['id']!r} is used twice")  # noqa: TRY301 - told with the others
            found[document["id"]] = document
        except (ValueError, RecursionError) as error:
            faults.append(f"{file}:{number}: expected an object with `id` and `text`: {error}")
    if faults or not found:
        raise DataFileError("\n".join(faults[:_MOST_FAULTS]) or f"{file}: no documents")
    return found


def _document(parsed: object) -> dict[str, Any]:
    """Return the document with its id as text.

    Raises:
        ValueError: If it is none; the message says what is wrong.
    """
    if not isinstance(parsed, dict):
        raise ValueError(f"found {type(parsed).__name__}")  # noqa: TRY004 - a fault of the file, not the caller
    for key in ("id", "text"):
        if key not in parsed:
            raise ValueError(f"`{key}` is missing")
    text, language = parsed["text"], parsed.get("lang")
    if not isinstance(text, str):
        raise ValueError("`text` is no text")  # noqa: TRY004
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("`text` has half a character in it")
    if language is not None and not isinstance(language, str):
        raise ValueError("`lang` is no language code")
    for key in _LISTS:
        _check_items(parsed.get(key, []), key)
    return {**parsed, "id": str(parsed["id"])}


def _check_items(items: object, key: str) -> None:
    if not isinstance(items, list):
        raise ValueError(f"`{key}` is no list")  # noqa: TRY004
    for item in items:
        _check_span(item, key)
        for word in _WORDS:
            if not isinstance(item.get(word, ""), str | None):
                raise ValueError(f"`{word}` of an item of `{key}` is no word")  # noqa: TRY004
        if item.get("anchor") is not None:
            _check_span(item["anchor"], "anchor")
        if key == "mentions" and item.get("lat") is not None:
            _check_position(item)


def _check_span(item: object, key: str) -> None:
    ends = (item.get("start"), item.get("end")) if isinstance(item, dict) else ()
    if not ends or not all(type(end) is int for end in ends):
        raise ValueError(f"an item of `{key}` has no whole numbers `start` and `end`")


def _check_position(item: dict[str, Any]) -> None:
    try:
        LatLon(float(item["lat"]), float(item["lon"]))
    except (KeyError, TypeError, ValueError, PositionError) as error:
        raise ValueError(f"a mention has no position: {error}") from error
    if isinstance(item["lat"], str) or isinstance(item["lon"], str):
        raise ValueError("a mention's position is text")  # noqa: TRY004
