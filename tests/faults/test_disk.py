"""A disk that refuses: the old site stays, exit code 4, one line naming path and cause, no traceback."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.slow_sites import COMMAND
from tests.powers import bind_by_permissions
from tests.sites import build, read_tree, write_article, write_files, write_site

ARTICLE = "world/2026/10/a/index.html"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site that was built, and then edited."""
    site = write_site(tmp_path / "site", {"content/world/a.md": write_article("A"), "static/x.txt": "x"})
    build(site)
    write_files(site, {"content/world/a.md": write_article("A", body="Other text."), "static/y.txt": "y"})
    return site


def run(root: Path, *before: str, output: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Build the site by a command that `before` runs, bound by permissions."""
    command = [
        str(part) for part in (COMMAND, "-C", root, "build", "--jobs", "1", "--output", output or root / "output")
    ]
    return subprocess.run(bind_by_permissions(*before, *command), capture_output=True, text=True, timeout=60)


def assert_refused(done: subprocess.CompletedProcess[str], message: str) -> None:
    first, *rest = done.stderr.splitlines()
    assert first == f"error: {message}"
    assert all(line.startswith("  hint: ") for line in rest)
    assert done.returncode == 4
    assert done.stdout == ""


def close(path: Path, mode: int) -> Callable[[], None]:
    """Take permissions away; return what gives them back, so that the folder can be looked at and deleted."""
    before = path.stat().st_mode
    path.chmod(mode)
    return lambda: path.chmod(before)


@pytest.mark.parametrize(
    ("place", "mode", "named"),
    [
        ("output", 0o555, "output"),
        ("output/world/2026/10/a", 0o555, "output/world/2026/10/a"),
        ("content/world/a.md", 0, "content/world/a.md"),
        ("themes/tiny/templates", 0, "themes/tiny/templates"),
        ("sitegen.toml", 0, "sitegen.toml"),
        (".sitegen", 0o555, ".sitegen/state.sqlite"),
    ],
)
def test_permissions_that_are_missing(root: Path, place: str, mode: int, named: str) -> None:
    before = read_tree(root / "output")
    reopen = close(root / place, mode)
    done = run(root)
    reopen()
    if place == ".sitegen":
        assert done.returncode == 4
        assert f"{root}/.sitegen/" in done.stderr.splitlines()[0]
    else:
        assert_refused(done, f"{root}/{named}: permission denied")
    assert read_tree(root / "output") == before
    assert build(root).published


def test_a_site_that_was_never_built_in_a_folder_that_may_not_be_written_to(root: Path) -> None:
    shutil.rmtree(root / ".sitegen")
    shutil.rmtree(root / "output")
    reopen = close(root, 0o555)
    done = run(root)
    reopen()
    assert_refused(done, f"{root}/.sitegen: permission denied")


def test_an_output_that_cannot_be_made(root: Path) -> None:
    reopen = close(root / "static", 0o555)
    done = run(root, output=root.parent / "site" / "static" / ".." / "new" / "output")
    reopen()
    assert done.returncode == 0
    reopen = close(root / "new", 0o555)
    assert_refused(run(root, output=root / "new" / "other"), f"{root}/new/other: permission denied")
    reopen()


def test_an_output_that_is_a_file(root: Path) -> None:
    write_files(root, {"www": "a file"})
    assert_refused(run(root, output=root / "www"), f"{root}/www is a file")
    assert (root / "www").read_text() == "a file"


def test_an_output_below_a_file(root: Path) -> None:
    write_files(root, {"www": "a file"})
    assert_refused(run(root, output=root / "www" / "site"), f"{root}/www/site: not a directory")


def test_an_output_that_is_somebody_else_s(root: Path) -> None:
    write_files(root, {"www/index.html": "mine"})
    assert_refused(run(root, output=root / "www"), f"{root}/www is not empty, and sitegen did not write it")
    assert read_tree(root / "www") == {"index.html": b"mine"}


def test_an_output_with_nothing_but_a_gitignore(root: Path) -> None:
    write_files(root, {"www/.gitignore": "*"})
    assert run(root, output=root / "www").returncode == 0
    assert (root / "www/.gitignore").read_text() == "*"


def test_an_output_among_the_sources_is_a_mistake_of_the_caller(root: Path) -> None:
    done = run(root, output=root / "content")
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {root}/content holds sources of the site, and cannot be its output\n")


# Errors in the midst of it, from the kernel ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "call", "only", "named"),
    [
        ("ENOSPC", "write", "output/.sitegen-staging/0000000", "output/"),
        ("EIO", "fsync", "output/.sitegen-staging/0000000", "output"),
        ("ENOSPC", "pwrite64", None, ".sitegen/state.sqlite"),
        ("EDQUOT", "mkdir", "output/.sitegen-staging", "output/.sitegen-staging"),
    ],
)
def test_errors_that_the_kernel_gives(
    root: Path, strace: Path, error: str, call: str, only: str | None, named: str
) -> None:
    before = read_tree(root / "output")
    path = ("-P", str(root / only)) if only else ()
    injected = f"inject={call}:error={error}:when=1+"
    done = run(
        root, str(strace), "-f", "--seccomp-bpf", "-o", "/dev/null", *path, "-e", f"trace={call}", "-e", injected
    )
    first = done.stderr.splitlines()[0]
    assert first.startswith(f"error: {root}/{named}")
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
    assert read_tree(root / "output") == before
    assert build(root).published
    assert b"Other text." in (root / "output" / ARTICLE).read_bytes()
