"""Patterns in tables of one's own: what is refused, because a text might keep it busy."""

import re
import tomllib

import pytest

from gazetteer.errors import DataFileError
from gazetteer.reading.fields import completed
from gazetteer.reading.folders import packaged_folder
from gazetteer.reading.patterns import fault_in


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "(?:e[rnms]?)?",
        r"\b(?:laut|nach angaben (?:von|der)) (?P<who>{who})",
        r"(?<![\d.,])(?P<day>{day})\. ?(?P<month>{month})\b\.?(?: (?P<year>{year}))?",
        r"\w{2,20}ing\b",
        r"(?:\w{1,3}-){1,10}",
        r"[^\s,]{2,30}(?: [^\s,]{1,30}){0,5}",
        r"o[\x27’]clock\u00a0\Z",
        r"[]a-z]{1,5}?\{",
    ],
)
def test_what_is_quick_is_taken(pattern):
    assert fault_in(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        (r"(\w+)+x", "repeats without end at `+`"),
        (r"a*", "repeats without end at `*`"),
        (r"a{2,}", "repeats without end at `{2,}`"),
        (r"(a|a){30}", "ways"),
        (r"(?:\w{0,20}){20}", "ways"),
        (r"(?:a?){25}a{25}", "ways"),
        (r"(?:a|ab)(?:c|bcd){9}(?:\w|d){12}", "ways"),
        (r"(?=(?:\w|\d){30}x)y", "ways"),
        (r"\w{0,200}\w{0,200}\w{0,99}x", "ways"),
        (r"[^x]{0,9999}x", "reaches over 10,000 letters"),
        (r"(?:[\u0370-\u03ff]|[\u0371-\u03fe]){30}x", "ways"),
        (r"(?:[\u0370-\u03ff]|[^\u0370\u03ff]){30}x", "ways"),
        (r"(?:[\u2000-\u3000]|\w){30}x", "ways"),
        (r"(?:\u0416|\u0436){30}x", "ways"),
        ("(?:" * 40 + "a" + "){1,2}" * 40, "letters"),
        ("a" * 2_001, "2,001 letters long"),
        (r"(a|b", "leaves a group open"),
        (r"a|b)", "closes a group that is not open"),
        (r"?a", "repeats nothing at `?`"),
        (r"(\w)\1", "not understood"),
        (r"(?P<a>\w)(?P=a)", "not understood"),
        (r"(?i)a", "not understood"),
        (r"[", "not understood"),
        (r"(?<=a|bc)d", "look-behind requires fixed-width pattern"),
        ("(" * 990 + ")" * 990, "nested too deeply"),
    ],
)
def test_what_might_keep_a_text_busy_is_refused_with_the_reason(pattern, fault):
    assert fault in (fault_in(pattern) or "taken")


def test_the_patterns_of_the_packaged_languages_would_be_taken():
    folder = packaged_folder()
    tables = ("calendar.toml", "events.toml", "relations.toml", "quantities.toml")
    for language in ("de", "en"):
        for name in tables:
            listed = tomllib.loads((folder / language / name).read_text(encoding="utf-8"))
            fields = tomllib.loads((folder / "fields" / name).read_text(encoding="utf-8"))

            assert completed(listed, fields, name)


FIELDS = {"said": {"ending": "pattern", "phrases": "patterns"}, "homographs": "cases"}


@pytest.mark.parametrize(
    "tables",
    [
        {"said": {"ending": "(a+)+"}},
        {"said": {"phrases": ["fein", "(a+)+"]}},
        {"said": {}, "homographs": {"soon": {"pattern": "(a+)+", "shift": 1}}},
    ],
)
def test_a_pattern_is_refused_wherever_one_may_stand(tables):
    with pytest.raises(DataFileError, match=re.escape("the pattern '(a+)+' repeats without end")):
        completed(tables, FIELDS, "nl/x.toml")
