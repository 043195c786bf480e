"""Redirects are added to the configuration, and nothing else in it changes."""

import pytest

from sitegen.errors import ContentError
from sitegen.parse.config_edit import add_redirects

RULES = {"/category/world/": "/world/", "/old/": "/new/"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('title = "News"\n', 'title = "News"\n\n[redirects]\n"/category/world/" = "/world/"\n"/old/" = "/new/"\n'),
        (
            '[redirects] # kept\n"/old/" = "/elsewhere/"\n\n#\n[gone]\n"/x/" = "y"\n',
            '[redirects] # kept\n"/old/" = "/elsewhere/"\n\n#\n"/category/world/" = "/world/"\n\n[gone]\n"/x/" = "y"\n',
        ),
        ('[gone]\n"/old/" = "Why."\n"/category/world/" = "Why."\n', None),
    ],
    ids=["new table", "table that is there", "known already"],
)
def test_rules_are_added(before: str, after: str | None) -> None:
    assert add_redirects(before, "sitegen.toml", RULES) == (after or before)


def test_again_changes_nothing() -> None:
    once = add_redirects("", "sitegen.toml", RULES)
    assert add_redirects(once, "sitegen.toml", RULES) == once


def test_where_there_is_no_place_it_says_so() -> None:
    with pytest.raises(ContentError, match="by themselves"):
        add_redirects('redirects = {"/a/" = "/b/"}\n', "sitegen.toml", RULES)
