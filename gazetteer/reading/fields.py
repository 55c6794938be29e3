"""Fields: what must and what may stand in a language's table, checked when it is read.

A file in `languages/fields` has the sections of the table it is named after and, for each field, its form:

- `words` (separated by blanks), `text`, `list` (of texts), `flag`, `number`, `span` (two numbers), `table`
  (anything by name), `any`; `pattern` and `patterns`, which are regular expressions, and `cases`, tables of
  which each has a `pattern`: what those may hold is told in `patterns`;
- `needed` before the form: the table is refused without the field. Any other may be left out: it is then
  empty, and the rule that goes by it is off;
- a colon behind the form, and the only texts that are understood: `text: past future`;
- a field called `*` stands for any name, in a section whose names are the language's own words.

Every section must be there, if only by its heading, so that a table that was cut off is seen.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from gazetteer.errors import DataFileError
from gazetteer.reading.patterns import fault_in

_FORMS: Final[Mapping[str, tuple[tuple[type, ...], object]]] = {
    "words": ((str,), ""),
    "text": ((str,), ""),
    "list": ((list,), []),
    "flag": ((bool,), False),
    "number": ((int, float), 0),
    "span": ((list,), []),
    "any": ((object,), None),
    "table": ((dict,), {}),
    "pattern": ((str,), ""),
    "patterns": ((list,), []),
    "cases": ((dict,), {}),
}
"""The types of each form, and what stands for a field that is left out."""
_CALLED: Final = {
    "words": "words between quotation marks",
    "text": "a text",
    "list": "a list of texts",
    "flag": "true or false",
    "number": "a number",
    "span": "two numbers, from and to",
    "any": "anything",
    "table": "a table",
    "pattern": "a pattern",
    "patterns": "a list of patterns",
    "cases": "tables, each with a pattern",
}
_ITEMS: Final[Mapping[str, tuple[type, ...]]] = {"list": (str,), "patterns": (str,), "span": (int, float)}
_ENDS: Final = 2
_ANY: Final = "*"
_LONGEST_SHOWN: Final = 60


def completed(
    tables: Mapping[str, Any], fields: Mapping[str, Any], file: str, *, ours: bool = False
) -> dict[str, Any]:
    """Return a table with all of its fields, those left out as empty.

    Args:
        tables: What the file holds.
        fields: The form of each field by section; of a field outside of sections by its name. Nothing
            where the file is not described.
        file: The file's name, for the complaint.
        ours: The file is packaged; its patterns were looked at when it was made.

    Raises:
        DataFileError: If a field is missing, unknown or of another form; one message names them all.
    """
    if not fields:
        return dict(tables)
    faults = [*_faults(tables, fields), *(() if ours else _faults_of_patterns(tables, fields))]
    if faults:
        raise DataFileError("\n".join(f"{file}: {fault}" for fault in faults))
    whole: dict[str, Any] = {}
    for name, form in fields.items():
        if isinstance(form, Mapping):
            left_out = {field: _empty(one) for field, one in form.items() if field != _ANY}
            whole[name] = left_out | dict(tables[name])
        else:
            whole[name] = tables.get(name, _empty(form))
    return whole


def _faults(tables: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[str]:
    for name, form in fields.items():
        if not isinstance(form, Mapping):
            yield from _faults_of_field(name, form, tables)
        elif name not in tables:
            yield f"the section [{name}] is missing"
        elif not isinstance(tables[name], Mapping):
            yield f"{name}: expected a section"
        else:
            section = tables[name]
            for field, one in form.items():
                if field != _ANY:
                    yield from _faults_of_field(field, one, section, f"[{name}] ")
            for field in (field for field in section if field not in form):
                if _ANY in form:
                    yield from _faults_of_field(field, form[_ANY], section, f"[{name}] ")
                else:
                    yield f"[{name}] {field}: no such field{_guess(field, form)}"
    for name in (name for name in tables if name not in fields):
        yield f"{name}: no such section{_guess(name, fields)}"


def _faults_of_field(name: str, form: str, section: Mapping[str, Any], where: str = "") -> Iterator[str]:
    needed, kind, choices = _parts(form)
    called = f"one of {', '.join(choices)}" if choices else _CALLED[kind]
    if name not in section:
        if needed:
            yield f"{where}{name} is missing; expected {called}"
        return
    value = section[name]
    fits = isinstance(value, _FORMS[kind][0]) and not (kind == "number" and isinstance(value, bool))
    if fits and kind in _ITEMS:
        fits = all(isinstance(item, _ITEMS[kind]) for item in value) and (
            kind != "span" or len(value) == _ENDS
        )
    if not fits or (choices and value not in choices):
        yield f"{where}{name}: expected {called}, got {value!r:.40}"
    elif needed and not value and kind not in {"flag", "number"}:
        yield f"{where}{name} is empty; expected {called}"


def _faults_of_patterns(tables: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[str]:
    for name, form in fields.items():
        if isinstance(form, Mapping):
            section = tables.get(name)
            if isinstance(section, Mapping):
                yield from (f"[{name}] {fault}" for fault in _faults_of_patterns(section, form))
            continue
        for pattern in _patterns_in(tables.get(name), _parts(form)[1]):
            if (fault := fault_in(pattern)) is not None:
                yield f"{name}: the pattern {pattern[:_LONGEST_SHOWN]!r} {fault}"


def _patterns_in(value: Any, kind: str) -> Iterator[str]:  # noqa: ANN401, it comes from a file
    if kind == "pattern":
        value = [value]
    elif kind == "cases" and isinstance(value, Mapping):
        value = [case.get("pattern") for case in value.values() if isinstance(case, Mapping)]
    elif kind != "patterns":
        value = None
    if isinstance(value, list):
        yield from (pattern for pattern in value if isinstance(pattern, str))


def _parts(form: str) -> tuple[bool, str, tuple[str, ...]]:
    """Return whether a field is needed, its kind, and the texts it is limited to."""
    said, _, choices = form.partition(": ")
    kind = said.removeprefix("needed ")
    return said != kind, kind, tuple(choices.split())


def _empty(form: str) -> object:
    return _FORMS[_parts(form)[1]][1]


def _guess(name: str, known: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"; {near[0]} is meant?" if near else ""
