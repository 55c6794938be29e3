"""What is remembered of words is right, bounded, and worked out once."""

from gazetteer.reading.memory import LONGEST_WORD, Memory


def test_a_word_is_worked_out_once():
    asked = []
    memory = Memory(lambda word: asked.append(word) or len(word))

    assert list(map(memory.__getitem__, ["Ulm", "Bonn", "Ulm"])) == [3, 4, 3]
    assert asked == ["Ulm", "Bonn"]


def test_a_full_memory_begins_anew():
    memory = Memory(len, limit=2)
    for word in ("a", "ab", "abc"):
        assert memory[word] == len(word)

    assert dict(memory) == {"abc": 3}


def test_an_endless_word_is_not_remembered():
    memory = Memory(len)

    assert memory["x" * (LONGEST_WORD + 1)] == LONGEST_WORD + 1
    assert not memory
