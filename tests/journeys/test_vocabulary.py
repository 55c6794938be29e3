"""The words of journeys."""

import pytest

from gazetteer.journeys.vocabulary import vocabulary_of


@pytest.mark.parametrize(
    ("word", "mode"), [("Panzerzug", "rail"), ("Sonderzug" + "s" * 9, None), ("A" * 400_000 + "zug", "rail")]
)
def test_a_vehicle_is_told_by_its_ending_however_long_the_word(word, mode):
    assert vocabulary_of("de").vehicle_mode(word) == mode
