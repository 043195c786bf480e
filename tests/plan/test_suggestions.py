"""Names like a mistyped one."""

import pytest

from sitegen.plan.suggestions import Suggester

NAMES = ("nato-office", "world/nato-office.md", "NATO office in Tokyo", "bridge-reopens", "東京駅で火事")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("nato-ofice", "did you mean `nato-office` or `world/nato-office.md`?"),
        ("world/nato-ofice.md", "did you mean `world/nato-office.md` or `nato-office`?"),
        ("NATO offices in Tokyo", "did you mean `NATO office in Tokyo`?"),
        ("bridge-reopened", "did you mean `bridge-reopens`?"),
        ("東京駅の火事", "did you mean `東京駅で火事`?"),
        ("something else", None),
        ("", None),
        ("???", None),
    ],
)
def test_suggest(written: str, hint: str | None) -> None:
    assert Suggester(NAMES).suggest(written) == hint


def test_it_knows_whether_it_was_asked() -> None:
    suggester = Suggester(["bridge"])
    assert not suggester.was_asked
    assert suggester.suggest("storm") is None
    assert suggester.was_asked


def test_a_rare_word_finds_its_name_among_thousands() -> None:
    names = [f"the-news-of-day-{day}" for day in range(20_000)]
    suggester = Suggester([*names, "the-news-of-the-harbour"])
    hint = suggester.suggest("the-news-of-the-harbor")
    assert hint is not None
    assert hint.startswith("did you mean `the-news-of-the-harbour`")
