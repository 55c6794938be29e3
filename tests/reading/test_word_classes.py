"""Classes of words that stand among the same neighbours."""

import pytest

from gazetteer.reading.word_classes import ALL, WordClasses


@pytest.mark.parametrize(
    ("language", "towns", "surnames"),
    [
        ("de", ("Gifhorn", "Peine", "Celle"), ("Müller", "Schneider", "Merkel")),
        ("en", ("Springfield", "Kentucky", "Nebraska"), ("Smith", "Merkel", "Johnson")),
    ],
)
def test_towns_are_of_one_class_and_surnames_of_another(language, towns, surnames):
    classes = WordClasses.of(language)
    of_towns = {classes.of_word(word, (6,)) for word in towns}
    of_surnames = {classes.of_word(word, (6,)) for word in surnames}

    assert len(of_towns) == len(of_surnames) == 1
    assert of_towns != of_surnames


def test_a_narrow_class_lies_in_the_wide_one():
    wide, narrow, leaf = (int(name.split()[1], 16) for name in WordClasses.of("de").of_word("Straße", ALL))

    assert (narrow & 0b111111, leaf & 0b1111111111) == (wide, narrow)


def test_a_word_is_of_the_class_of_its_spelling():
    classes = WordClasses.of("en")

    assert classes.of_word("Reading") != classes.of_word("reading")


def test_a_word_not_listed_says_so_and_a_language_without_classes_says_nothing():
    assert WordClasses.of("de").of_word("Xyzzyq") == ("class none",)
    assert WordClasses.of("eo").of_word("domo") == ()
