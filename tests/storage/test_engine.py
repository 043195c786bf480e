"""The digest of the program: whatever shapes a page counts in it."""

import os
import sys
from collections.abc import Iterator
from importlib import invalidate_caches
from pathlib import Path

import pytest

from sitegen.model.config import MarkdownConfig
from sitegen.storage import engine
from sitegen.storage.engine import Program, digest_engine, find_program, renew_program


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    yield
    _forget()


def digest(*extensions: str) -> str:
    """The digest as the next process sees it."""
    _forget()
    return digest_engine(MarkdownConfig(extensions=extensions))


def _forget() -> None:
    engine._FOUND.clear()
    invalidate_caches()


def test_it_is_the_same_every_time() -> None:
    assert digest() == digest()


@pytest.mark.parametrize(
    "metadata",
    [
        "babel-999.dist-info",
        "jinja2-999.dist-info",
        "Markdown-999.dist-info",
        "nh3-999.dist-info",
        "pillow-999.dist-info",
        "pygments-999.dist-info",
        "python_frontmatter-999.dist-info",
        "PyYAML-999-py3.11.egg-info",
        "tzdata-999.dist-info",
    ],
)
def test_the_version_of_a_library_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, metadata: str) -> None:
    before = digest()
    (tmp_path / metadata).mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert digest() != before


def test_so_does_that_of_one_whose_metadata_have_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path), "/nothing/here"])
    nowhere = digest()
    (tmp_path / "babel.egg-info").mkdir()
    (tmp_path / "babel.egg-info" / "PKG-INFO").write_text("Name: babel\nVersion: 1\n")
    one = digest()
    (tmp_path / "babel.egg-info" / "PKG-INFO").write_text("Name: babel\nVersion: 2\n")
    assert len({nowhere, one, digest()}) == 3


def test_that_of_a_library_that_is_not_used_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest()
    (tmp_path / "numpy-999.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert digest() == before


def test_the_package_of_the_commonmark_engine_counts_where_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = MarkdownConfig(engine="commonmark")
    before, unused = digest_engine(config), digest()
    _forget()
    (tmp_path / "pyromark-999.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
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


class Package:
    """Sitegen with one module; looks back in `reads` at what was read."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.module = folder / "sitegen" / "a.py"
        (folder / "sitegen" / "storage").mkdir(parents=True)
        self.module.write_text("x = 1\n")
        self.reads: list[Path] = []
        monkeypatch.setattr(engine, "__file__", str(folder / "sitegen" / "storage" / "engine.py"))
        read_bytes = Path.read_bytes

        def note(path: Path) -> bytes:
            self.reads.append(path)
            return read_bytes(path)

        monkeypatch.setattr(Path, "read_bytes", note)

    def find(self) -> Program:
        _forget()
        return find_program(MarkdownConfig())

    def stands(self, program: Program) -> bool:
        """Whether the next process runs `program`, told without looking at what was read for it."""
        _forget()
        self.reads.clear()
        return renew_program(program) is not None


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    return Package(tmp_path, monkeypatch)


@pytest.fixture
def _long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "TICK_NS", -(2**60))


@pytest.mark.usefixtures("_long_ago")
def test_a_program_is_known_again_without_reading_it(package: Package) -> None:
    program = package.find()
    assert package.reads == [package.module]
    assert package.stands(program)
    assert not package.reads


def test_one_that_changed_just_before_it_was_read_is_read_again(package: Package) -> None:
    assert package.stands(package.find())
    assert package.reads == [package.module]


@pytest.mark.usefixtures("_long_ago")
def test_one_that_was_only_touched_is_the_same(package: Package) -> None:
    program = package.find()
    os.utime(package.module, (1, 1))
    assert package.stands(program)
    assert package.reads == [package.module]


@pytest.mark.usefixtures("_long_ago")
def test_an_edit_of_the_same_size_with_the_old_time_restored_is_seen(package: Package) -> None:
    program, before = package.find(), package.module.stat()
    package.module.write_text("x = 2\n")
    os.utime(package.module, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not package.stands(program)


@pytest.mark.usefixtures("_long_ago")
def test_a_library_that_was_replaced_is_seen(package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = package.find()
    (tmp_path / "babel-999.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert not package.stands(program)
