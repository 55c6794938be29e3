"""What comes back from the browser is checked before it is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.reader import ReaderPick, parse_pick
from dashboard.widgets import MapClick, parse_click

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["pick", "kind", "number", "article", "start", "end"]), inner)
    ),
    max_leaves=6,
)


def test_a_click_on_a_marker_is_its_number():
    assert parse_click({"pick": ["place", 7], "at": 1}) == MapClick("place", 7)


@pytest.mark.parametrize(
    "answer",
    [None, {}, {"pick": ["place"]}, {"pick": ["place", True]}, {"pick": ["town", 1]}, {"pick": ["leg", -1]}],
)
def test_what_is_no_click_is_none(answer):
    assert parse_click(answer) is None


def test_a_click_in_the_text_is_its_number():
    assert parse_pick({"kind": "mention", "number": 3}) == ReaderPick("mention", 3)


def test_a_chosen_passage_carries_its_span():
    assert parse_pick({"kind": "passage", "article": "a", "start": 1, "end": 2}) == ReaderPick(
        "passage", 0, "a", 1, 2
    )


@given(ANYTHING)
def test_nothing_from_the_browser_raises(answer):
    parse_click(answer)
    parse_pick(answer)
