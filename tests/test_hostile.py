"""Bad input of every kind: a clear error or a plain answer, never a traceback, and nothing destroyed."""

from __future__ import annotations

import os

import pytest

from gazetteer.files import OutputError, write_atomically


def test_a_link_is_written_through(tmp_path):
    (tmp_path / "real.txt").write_text("old", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_atomically(tmp_path / "link.txt", "new")

    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text(encoding="utf-8") == "new"


def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_atomically(pipe, "Wien\n")

    assert os.read(reader, 100) == b"Wien\n"
    assert pipe.is_fifo()
    os.close(reader)


@pytest.mark.parametrize("name", ["folder", "circle", "n" * 300, "nul\0name"])
def test_what_cannot_be_a_file_is_refused(tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to("circle")

    with pytest.raises(OutputError, match="cannot be written"):
        write_atomically(tmp_path / name, "text")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["circle", "folder"]
