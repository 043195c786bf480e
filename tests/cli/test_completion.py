"""`sitegen completion`, and what shells ask it for."""

from pathlib import Path

import pytest

from tests.sites import call_sitegen


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_that_asks_sitegen(shell: str) -> None:
    done = call_sitegen("completion", shell)
    assert done.code == 0
    assert f"_SITEGEN_COMPLETE={shell}_complete" in done.out


def test_a_shell_that_is_not_known() -> None:
    assert call_sitegen("completion", "tcsh").code == 2


@pytest.mark.parametrize(
    ("words", "place", "answers"),
    [
        ("sitegen bu", 1, ["plain,build"]),
        ("sitegen list sec", 2, ["plain,sections"]),
        ("sitegen build --keep", 2, ["plain,--keep-going"]),
        ("sitegen schema front", 2, ["plain,front-matter"]),
    ],
)
def test_what_is_completed(words: str, place: int, answers: list[str], tmp_path: Path) -> None:
    asked = {"_SITEGEN_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(place)}
    done = call_sitegen(cwd=tmp_path, env=asked)
    assert (done.code, done.out.split()) == (0, answers)
