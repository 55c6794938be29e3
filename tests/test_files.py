"""Files are written whole or not at all; compiled folders are checked."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from gazetteer.compiled import alone, building, check_compiled, source_digest
from gazetteer.errors import IndexDamagedError, IndexMissingError
from gazetteer.files import OutputError, write_atomically


def test_a_file_is_written_as_given(tmp_path):
    write_atomically(tmp_path / "a.txt", "Zeile\r\nß\n")

    assert (tmp_path / "a.txt").read_bytes() == "Zeile\r\nß\n".encode()


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(OutputError, match=r"nowhere.*a\.txt"):
        write_atomically(tmp_path / "nowhere" / "a.txt", "")


def test_nothing_is_left_beside_a_failed_write(tmp_path):
    (tmp_path / "taken").mkdir()

    with pytest.raises(OutputError):
        write_atomically(tmp_path / "taken", "")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def build(target, text="names"):
    with building(target) as aside:
        (aside / "names.txt").write_text(text, encoding="utf-8")


def test_what_was_built_is_accepted(tmp_path):
    build(tmp_path / "index")

    check_compiled(tmp_path / "index", command="build", thorough=True)


def test_a_second_build_replaces_the_first(tmp_path):
    build(tmp_path / "index", "old")
    build(tmp_path / "index", "new")

    assert (tmp_path / "index" / "names.txt").read_text(encoding="utf-8") == "new"


def test_a_failed_build_leaves_the_old_one(tmp_path):
    build(tmp_path / "index", "old")

    with pytest.raises(ZeroDivisionError), building(tmp_path / "index"):
        raise ZeroDivisionError
    assert (tmp_path / "index" / "names.txt").read_text(encoding="utf-8") == "old"
    assert not [path for path in tmp_path.iterdir() if path.is_dir() and path.name != "index"]


def test_a_missing_folder_says_how_to_build_it(tmp_path):
    with pytest.raises(IndexMissingError, match="run: luftlinie gazetteer build"):
        check_compiled(tmp_path / "index", command="luftlinie gazetteer build")


def test_a_truncated_file_is_noticed_at_once(tmp_path):
    build(tmp_path / "index")
    (tmp_path / "index" / "names.txt").write_text("nam", encoding="utf-8")

    with pytest.raises(IndexDamagedError, match=r"names\.txt"):
        check_compiled(tmp_path / "index", command="build")


def test_a_flipped_byte_is_noticed_by_the_thorough_check(tmp_path):
    build(tmp_path / "index")
    (tmp_path / "index" / "names.txt").write_text("namez", encoding="utf-8")

    with pytest.raises(IndexDamagedError, match=r"names\.txt"):
        check_compiled(tmp_path / "index", command="build", thorough=True)


@pytest.mark.parametrize("manifest", ["", "[]", "{", '{"names.txt": 3}'])
def test_a_broken_manifest_is_damage(tmp_path, manifest):
    build(tmp_path / "index")
    (tmp_path / "index" / "manifest.json").write_text(manifest, encoding="utf-8")

    with pytest.raises(IndexDamagedError):
        check_compiled(tmp_path / "index", command="build")


def test_the_digest_follows_content_and_versions(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("one", encoding="utf-8")
    first = source_digest([file], "1")
    assert source_digest([file], "2") != first
    file.write_text("two", encoding="utf-8")
    assert source_digest([file], "1") != first


@pytest.mark.parametrize(
    "garbage",
    [
        *("", "[]", "{}", "null", "\0", "[" * 100_000),
        *('{"names.txt": 5}', '{"names.txt": [null, ""]}', '{"names.txt": [1e999, ""]}'),
    ],
    ids=range(9),
)
def test_a_manifest_that_is_none_is_noticed(tmp_path, garbage):
    build(tmp_path / "index")
    (tmp_path / "index" / "manifest.json").write_text(garbage, encoding="utf-8")

    with pytest.raises(IndexDamagedError, match=r"manifest\.json.*run: build --force"):
        check_compiled(tmp_path / "index", command="build")


@pytest.mark.parametrize("name", ["names.txt", "manifest.json"])
def test_a_deleted_file_is_noticed(tmp_path, name):
    build(tmp_path / "index")
    (tmp_path / "index" / name).unlink()

    with pytest.raises(IndexDamagedError, match=f"{name}.*run: build --force"):
        check_compiled(tmp_path / "index", command="build")


def test_a_byte_that_was_written_later_is_noticed_at_once(tmp_path):
    build(tmp_path / "index")
    file = tmp_path / "index" / "names.txt"
    file.write_text("nameZ", encoding="utf-8")
    later_ns = (tmp_path / "index" / "manifest.json").stat().st_mtime_ns + 1_000_000
    os.utime(file, ns=(later_ns, later_ns))

    with pytest.raises(IndexDamagedError, match=r"names\.txt"):
        check_compiled(tmp_path / "index", command="build")


def test_building_again_mends_what_is_damaged(tmp_path):
    build(tmp_path / "index")
    (tmp_path / "index" / "manifest.json").unlink()
    build(tmp_path / "index")

    check_compiled(tmp_path / "index", command="build", thorough=True)


def test_a_home_that_is_no_folder_is_named(tmp_path):
    (tmp_path / "home").write_text("", encoding="utf-8")

    with pytest.raises(OutputError, match=r"home.*LUFTLINIE_HOME"):
        build(tmp_path / "home" / "index")


def test_an_interrupted_build_leaves_nothing_but_the_old_one(tmp_path):
    build(tmp_path / "index", "old")

    with pytest.raises(KeyboardInterrupt), building(tmp_path / "index"):
        raise KeyboardInterrupt
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index", "index.lock"]
    assert (tmp_path / "index" / "names.txt").read_text(encoding="utf-8") == "old"


def test_two_builders_at_once_both_succeed(tmp_path):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda text: build(tmp_path / "index", text), "abcd"))

    check_compiled(tmp_path / "index", command="build", thorough=True)


def test_who_waited_for_another_builder_finds_the_target_there(tmp_path):
    built = []

    def build_once(text):
        with alone(tmp_path / "index"):
            if not (tmp_path / "index").is_dir():
                built.append(text)
                build(tmp_path / "index", text)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(build_once, "abcd"))

    assert built == [(tmp_path / "index" / "names.txt").read_text(encoding="utf-8")]


def test_what_a_killed_builder_left_is_removed(tmp_path):
    (tmp_path / ".index-killed").mkdir()
    (tmp_path / ".other-at-work").mkdir()

    with alone(tmp_path / "index"):
        build(tmp_path / "index")

    assert sorted(path.name for path in tmp_path.iterdir()) == [".other-at-work", "index", "index.lock"]


def test_a_home_that_is_a_file_is_told_before_anything_is_gathered(tmp_path):
    (tmp_path / "home").write_text("", encoding="utf-8")

    with (
        pytest.raises(OutputError, match=r"home.*it is a file.*LUFTLINIE_HOME"),
        alone(tmp_path / "home" / "i"),
    ):
        pytest.fail("gathered")


def test_a_file_in_place_of_the_home_holds_no_compiled_folder(tmp_path):
    (tmp_path / "home").write_text("", encoding="utf-8")

    with pytest.raises(IndexMissingError):
        check_compiled(tmp_path / "home" / "index", command="build")


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_what_was_built_may_be_read_by_whoever_may_read_its_neighbours(tmp_path):
    build(tmp_path / "index")
    (tmp_path / "other").mkdir()

    assert (tmp_path / "index").stat().st_mode == (tmp_path / "other").stat().st_mode
