"""The digest of the program: whatever shapes a page counts in it."""

import sys
from collections.abc import Iterator
from importlib import invalidate_caches
from importlib.metadata import version
from pathlib import Path

import pytest

from sitegen.model.config import MarkdownConfig
from sitegen.storage import engine
from sitegen.storage.engine import digest_engine


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    yield
    _forget()


def digest(*extensions: str) -> str:
    """The digest as the next process sees it."""
    _forget()
    return digest_engine(MarkdownConfig(extensions=extensions))


def _forget() -> None:
    engine.digest_program.cache_clear()
    invalidate_caches()


def test_it_is_the_same_every_time() -> None:
    assert digest() == digest()


@pytest.mark.parametrize(
    "library",
    ["babel", "jinja2", "markdown", "nh3", "pillow", "pygments", "python-frontmatter", "pyyaml", "tzdata"],
)
def test_the_version_of_a_library_counts(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    before = digest()
    monkeypatch.setattr(engine, "version", lambda name: "999" if name == library else version(name))
    assert digest() != before


def test_the_package_of_the_commonmark_engine_counts_where_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    config = MarkdownConfig(engine="commonmark")
    before, unused = digest_engine(config), digest()
    _forget()
    monkeypatch.setattr(engine, "version", lambda name: "999" if name == "pyromark" else version(name))
    assert digest_engine(config) != before
    assert digest() == unused


def test_the_version_of_python_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest()
    monkeypatch.setattr(sys, "version_info", (3, 99, 0, "final", 0))
    assert digest() != before


def test_when_python_was_compiled_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest()
    monkeypatch.setattr(sys, "version", "3.11.0 (main, Jan 1 2026) [GCC 99]")
    assert digest() == before


def test_a_module_of_sitegen_itself_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "sitegen"
    (package / "storage").mkdir(parents=True)
    (package / "a.py").write_text("x = 1\n")
    monkeypatch.setattr(engine, "__file__", str(package / "storage" / "engine.py"))
    before = digest()
    (package / "a.py").write_text("x = 2\n")
    changed = digest()
    (package / "a.py").rename(package / "b.py")
    assert len({before, changed, digest()}) == 3


def test_a_local_module_that_is_an_extension_counts_by_its_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    module = tmp_path / "our_markdown.py"
    missing = digest("our_markdown:Tables")
    module.write_text("x = 1\n")
    before = digest("our_markdown:Tables")
    assert digest("our_markdown") == before
    module.write_text("x = 2\n")
    assert len({missing, before, digest("our_markdown:Tables")}) == 3


def test_so_does_every_module_of_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    package = tmp_path / "our_package"
    (package / "deep").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "deep" / "part.py").write_text("x = 1\n")
    before = digest("our_package.deep.part")
    (package / "deep" / "part.py").write_text("x = 2\n")
    assert digest("our_package.deep.part") != before


def test_extensions_that_are_installed_count() -> None:
    assert len({digest(), digest("pymdownx.superfences"), digest("pymdownx.superfences", "mdx_nothing")}) == 2


def test_markdown_s_own_extensions_count_by_its_version() -> None:
    assert digest("toc", "markdown.extensions.admonition") == digest()


def test_names_that_are_no_module_count_for_nothing() -> None:
    assert digest("", ".relative", "no_such_module", "sys") == digest()


def test_an_extension_that_only_has_options_counts() -> None:
    _forget()
    assert digest_engine(MarkdownConfig(extension_options={"pymdownx.keys": {}})) == digest("pymdownx.keys") != digest()
