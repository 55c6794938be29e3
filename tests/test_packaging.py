"""What a wheel must carry: every file beside the code."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PATTERNS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
    "package-data"
]


@pytest.mark.parametrize("package", ["gazetteer", "dashboard"])
def test_every_data_file_is_packaged(package):
    folder = ROOT / package
    packaged = {path for pattern in PATTERNS[package] for path in folder.glob(pattern)}
    files = {path for path in folder.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}}

    assert files <= packaged
