"""The words of broadsheet: the same keys in every language, the right plural forms, none missing and none idle."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from jinja2 import nodes

from sitegen.render.environment import build_environment
from sitegen.storage.themes import load_theme

THEME = Path(__file__).resolve().parents[2] / "themes/broadsheet"
CATALOGUES = {path.stem: tomllib.loads(path.read_text()) for path in sorted((THEME / "locales").iterdir())}


def describe_fields(text: str) -> set[str]:
    """Return the names between braces."""
    return {field for _, field, _, _ in Formatter().parse(text) if field}


@pytest.mark.parametrize("language", ["de", "es", "fr", "nl"])
def test_catalogues_agree_with_the_english_one(language: str) -> None:
    english, other = CATALOGUES["en"], CATALOGUES[language]
    assert other.keys() == english.keys()
    for key, text in english.items():
        theirs = other[key]
        assert isinstance(theirs, str) == isinstance(text, str), key
        for form in [theirs] if isinstance(theirs, str) else theirs.values():
            assert describe_fields(form) == describe_fields(text if isinstance(text, str) else text["other"]), key


@pytest.mark.parametrize("language", CATALOGUES)
def test_plural_forms_are_those_of_the_language(language: str) -> None:
    known = {*Locale.parse(language).plural_form.tags, "other"}
    for key, forms in CATALOGUES[language].items():
        if isinstance(forms, Mapping):
            assert {"one", "other"} <= forms.keys() <= known, key


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    theme = load_theme(["broadsheet"], Path("/nowhere"))
    environment = build_environment(theme, ["en"])
    used: set[str] = set()
    for layer in theme.layers:
        for name, text in layer.templates.items():
            tree = environment.parse(text)
            environment.compile(tree, name)
            for call in tree.find_all(nodes.Call):
                if isinstance(call.node, nodes.Name) and call.node.name == "t":
                    key = call.args[0]
                    used |= (
                        {key.value} if isinstance(key, nodes.Const) else {c.value for c in key.find_all(nodes.Const)}
                    )
    used = used - {"status_"} | {"status_draft", "status_scheduled", "status_expired"}
    words = {key for layer in theme.layers for key in layer.locales.get("en", {})}
    assert used == words
