"""Programs are measured with the fastest Python that is there."""

import sys
from pathlib import Path

from benchmarks.interpreters import find_interpreters, pick_fastest


def pretend(path: Path, script: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_each_python_is_found_once_whatever_its_name(tmp_path: Path) -> None:
    old = pretend(tmp_path / "a" / "python3", "")
    new = pretend(tmp_path / "b" / "python3.12", "")
    (tmp_path / "b" / "python3").symlink_to(new)
    found = list(find_interpreters([str(tmp_path / "a"), str(tmp_path / "b"), str(tmp_path / "none")]))
    assert [path.resolve() for path in found] == [old, new]


def test_the_fastest_python_is_picked_of_those_that_run(tmp_path: Path) -> None:
    slow, fast, odd = (pretend(tmp_path / name, f"echo {said}") for name, said in (("s", 0.3), ("f", 0.2), ("o", "?")))
    old = pretend(tmp_path / "old", "echo too old >&2; exit 1")
    assert pick_fastest([slow, old, fast, odd, tmp_path / "missing"]) == fast
    assert pick_fastest([old, tmp_path / "missing"]) is None


def test_a_real_python_takes_the_trial() -> None:
    assert pick_fastest([Path(sys.executable)]) == Path(sys.executable)
