"""Themes as they lie on the disk."""

import os
from pathlib import Path

import pytest

from sitegen.errors import ContentError
from sitegen.model.values import replace
from sitegen.render.theme import collect_words
from sitegen.storage import theme_files, themes
from sitegen.storage.theme_files import digest_theme_files, shipped_folder, theme_folders
from sitegen.storage.themes import load_theme, load_theme_in
from tests.sites import write_files


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site beside which a theme `broadsheet` ships."""
    write_files(
        tmp_path / "shipped" / "broadsheet",
        {
            "theme.toml": '[options]\naccent = "red"\n',
            "templates/article.html": "shipped",
            "static/css/a.css": "b {}",
            "locales/en.toml": 'older = "Older"\n[comments]\none = "1 comment"\nother = "{n} comments"\n',
        },
    )
    for module in (theme_files, themes):
        monkeypatch.setattr(module, "shipped_folder", lambda: tmp_path / "shipped")
    return tmp_path / "site"


def problem(root: Path, *names: str) -> tuple[str | None, int | None, str]:
    with pytest.raises(ContentError) as failure:
        load_theme(names or ("mine",), root)
    (found,) = failure.value.problems
    return found.file, found.span.line if found.span else None, found.message


def test_layers_stand_in_order_and_sitegen_s_own_come_last(root: Path) -> None:
    write_files(root, {"themes/mine/templates/article.html": "mine"})
    theme = load_theme(("mine",), root)
    assert [(layer.name, layer.folder) for layer in theme.layers] == [
        ("mine", "themes/mine"),
        ("broadsheet", "broadsheet (shipped)"),
        ("sitegen", "sitegen (built in)"),
    ]
    assert theme.layers[0].templates == {"article.html": "mine"}
    assert theme.layers[1].options == {"accent": "red"}
    assert theme.layers[1].locales["en"]["comments"] == {"one": "1 comment", "other": "{n} comments"}
    assert list(theme.layers[1].static) == ["css/a.css"]
    assert "sitemap.xml" in theme.layers[2].templates


def test_only_the_words_are_read_that_pages_show(root: Path) -> None:
    tags = ("de", "en", "nl", "pt", "pt-BR")
    write_files(root, {f"themes/mine/locales/{tag}.toml": f'older = "{tag}"\n' for tag in tags})
    theme, part = load_theme(("mine",), root), load_theme_in(("pt-BR", "nl"), ("mine",), root)
    assert set(part.layers[0].locales) == {"en", "nl", "pt", "pt-BR"}
    for language in ("pt-BR", "nl"):
        assert collect_words(part, language) == collect_words(theme, language)
    assert [replace(layer, locales={}) for layer in part.layers] == [replace(each, locales={}) for each in theme.layers]


def test_a_site_s_own_theme_stands_before_the_shipped_one_of_that_name(root: Path) -> None:
    write_files(root, {"themes/broadsheet/templates/article.html": "own"})
    theme = load_theme(("broadsheet",), root)
    assert [layer.folder for layer in theme.layers] == ["themes/broadsheet", "sitegen (built in)"]
    assert theme_folders(("broadsheet",), root) == (root / "themes/broadsheet",)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("themes/mine/templates/article.html", "other"),
        ("themes/mine/templates/page.html", ""),
        ("themes/mine/theme.toml", ""),
        ("themes/mine/static/css/a.css", ""),
        ("themes/broadsheet/locales/nl.toml", ""),
    ],
)
def test_every_file_of_a_theme_counts_in_its_digest(root: Path, path: str, content: str) -> None:
    write_files(root, {"themes/mine/templates/article.html": "mine"})
    before = digest_theme_files(("mine",), root)
    write_files(root, {"themes/other/templates/article.html": "", "themes/mine/.hidden": ""})
    assert digest_theme_files(("mine",), root) == before
    write_files(root, {path: content})
    assert digest_theme_files(("mine",), root) != before


def test_the_theme_that_ships_is_in_a_checkout_or_in_the_package() -> None:
    assert (shipped_folder() / "broadsheet" / "theme.toml").is_file()


def test_a_theme_that_is_nowhere(root: Path) -> None:
    write_files(root, {"themes/mine/theme.toml": ""})
    with pytest.raises(ContentError) as failure:
        load_theme(("mien",), root)
    (found,) = failure.value.problems
    assert found.message == "there is no theme `mien`"
    assert found.hint == "make the folder `themes/mien/`, or choose among: broadsheet, mine"


@pytest.mark.parametrize("name", ["", ".", "..", "../elsewhere", "a/b", "/etc", "a\\b"])
def test_a_name_that_is_a_path_is_no_theme(root: Path, name: str) -> None:
    write_files(root, {"elsewhere/theme.toml": "", "themes/a/b/theme.toml": ""})
    assert problem(root, name)[2] == f"there is no theme `{name}`"


def test_hidden_files_and_what_editors_leave_are_passed_over(root: Path) -> None:
    leavings = (".x.html.swp", "x.html~", "#x.html#", "4913", ".git/config", "x.tmp")
    write_files(root, {f"themes/mine/templates/{name}": "" for name in (*leavings, "x.html")})
    assert list(load_theme(("mine",), root).layers[0].templates) == ["x.html"]


@pytest.mark.parametrize(
    ("path", "data", "expected"),
    [
        ("theme.toml", b"x = \n", ("themes/mine/theme.toml", 1)),
        ("theme.toml", b"options = 1\n", ("themes/mine/theme.toml", 1)),
        ("locales/en.toml", b"\n\na = [1\n", ("themes/mine/locales/en.toml", 3)),
        ("locales/en.toml", b"\na = 1\n", ("themes/mine/locales/en.toml", 2)),
        ("locales/en.toml", b'\n[a]\none = "x"\n', ("themes/mine/locales/en.toml", 2)),
        ("templates/partials/x.html", b"one\ntwo\n\xff\n", ("themes/mine/templates/partials/x.html", 3)),
    ],
)
def test_mistakes_are_told_with_file_and_line(root: Path, path: str, data: bytes, expected: tuple[str, int]) -> None:
    write_files(root, {f"themes/mine/{path}": data})
    assert problem(root)[:2] == expected


def test_a_name_that_is_not_utf8(root: Path) -> None:
    write_files(root, {os.fsdecode(b"themes/mine/static/caf\xe9.css"): b""})
    assert problem(root) == (r"themes/mine/static/caf\xe9.css", None, "the name is not UTF-8")


def test_a_byte_order_mark_is_no_part_of_a_template(root: Path) -> None:
    write_files(root, {"themes/mine/templates/x.html": b"\xef\xbb\xbftext"})
    assert load_theme(("mine",), root).layers[0].templates == {"x.html": "text"}
