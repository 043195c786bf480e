"""The wheel, as somebody gets it who has never seen the repository."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("wheel")  # one worker builds and installs it, once

UV = Path(sys.executable).parent / "uv"


def run_uv(*arguments: str | Path) -> None:
    """Run uv; skip where no package index answers, fail with what it says otherwise."""
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    done = subprocess.run([UV, *arguments], env=environment, capture_output=True, text=True, timeout=300)
    if done.returncode:
        unreachable = ("error sending request", "dns error", "Network connectivity is disabled", "Could not connect")
        if any(words in done.stderr for words in unreachable):
            pytest.skip(f"no package index can be reached: uv {' '.join(map(str, arguments))}")
        pytest.fail(done.stderr)


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy, so that nothing is left in the working tree."""
    source = tmp_path_factory.mktemp("source") / "sitegen"
    source.mkdir()
    for name in ("sitegen", "themes"):
        shutil.copytree(repository / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (".gitignore", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(repository / name, source / name)
    out = tmp_path_factory.mktemp("wheel")
    run_uv("build", "--quiet", "--wheel", "--out-dir", out, source)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def sitegen(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, in an empty environment."""
    environment = tmp_path_factory.mktemp("environment") / "venv"
    run_uv("venv", "--quiet", "--python", sys.executable, environment)
    run_uv("pip", "install", "--quiet", "--python", environment / "bin" / "python", wheel)
    return environment / "bin" / "sitegen"


def test_the_wheel_carries_every_file_of_the_package_and_of_the_themes(repository: Path, wheel: Path) -> None:
    expected = {
        f"{prefix}{path.relative_to(repository).as_posix()}"
        for prefix, folder in (("", "sitegen"), ("sitegen/", "themes"))
        for path in (repository / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    carried = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert carried == expected
    assert "sitegen/themes/broadsheet/theme.toml" in carried


def test_a_new_site_builds_with_the_installed_wheel(sitegen: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    environment = {"PATH": os.defpath, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    for arguments in (("init", str(site)), ("-C", str(site), "build")):
        done = subprocess.run(
            [str(sitegen), *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr
    output = site / "output"
    assert {"index.html", "404.html", "rss.xml", "atom.xml", "sitemap.xml", "robots.txt"} <= {
        path.name for path in output.iterdir()
    }
    home = (output / "index.html").read_text(encoding="utf-8")
    articles = [path for path in output.rglob("index.html") if path.parent != output]
    assert articles
    assert any(path.parent.relative_to(output).as_posix() in home for path in articles)
