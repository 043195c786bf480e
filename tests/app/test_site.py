"""Finding a site and reading its configuration."""

from pathlib import Path

import pytest

from sitegen.app.site import find_config, load_site
from sitegen.errors import ContentError, Span, UsageError, error
from tests.sites import write_files


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_files(tmp_path / "site", {"sitegen.toml": 'title = "A"\n', "content/world/a.md": "", "other.toml": ""})
    return (tmp_path / "site").resolve()


def test_the_nearest_configuration_above_counts(site: Path) -> None:
    assert find_config(site, None) == site / "sitegen.toml"
    assert find_config(site / "content/world", None) == site / "sitegen.toml"
    write_files(site, {"content/sitegen.toml": ""})
    assert find_config(site / "content/world", None) == site / "content/sitegen.toml"


def test_a_named_configuration_is_relative_to_where_one_is(site: Path) -> None:
    assert find_config(site, Path("other.toml")) == site / "other.toml"
    assert find_config(site / "content", Path("../other.toml")) == site / "other.toml"
    assert find_config(Path("/"), site / "other.toml") == site / "other.toml"


def test_a_folder_called_like_the_configuration_is_none(site: Path) -> None:
    (site / "content/sitegen.toml").mkdir()
    assert find_config(site / "content", None) == site / "sitegen.toml"
    with pytest.raises(UsageError, match="there is no file"):
        find_config(site, Path("content/sitegen.toml"))


def test_no_configuration(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        find_config(tmp_path, None)
    assert str(caught.value) == f"there is no sitegen.toml in {tmp_path.resolve()} or above it"
    assert caught.value.hint == "go into a site's folder, or make one: sitegen init my-site"


def test_a_site_is_its_folder_and_its_configuration(site: Path) -> None:
    loaded = load_site(site / "content", None)
    assert (loaded.root, loaded.config.title, loaded.config_file) == (site, "A", "sitegen.toml")
    assert load_site(site, Path("other.toml")).config_file == "other.toml"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (b"title = 1\n", error("config", "`title`: must be text in quotes", "sitegen.toml", Span(line=1, column=9))),
        (
            b'title = "A"\n# caf\xe9\n',
            error(
                "encoding",
                "is not UTF-8 text: the byte 0xe9 cannot stand here",
                "sitegen.toml",
                Span(line=2, column=6),
                hint="save the file as UTF-8",
            ),
        ),
    ],
)
def test_mistakes_are_placed_in_the_file(site: Path, written: bytes, problem: object) -> None:
    (site / "sitegen.toml").write_bytes(written)
    with pytest.raises(ContentError) as caught:
        load_site(site, None)
    assert caught.value.problems == (problem,)
