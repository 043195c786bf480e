"""The set-up scripts and the lock, without a network."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def checkout(repository: Path, tmp_path: Path) -> Path:
    """A folder with the set-up scripts and nothing else."""
    shutil.copytree(repository / "tools", tmp_path / "checkout" / "tools")
    return tmp_path / "checkout"


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder for pretended programs, the only ones on PATH beside sh's own needs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    dirname = shutil.which("dirname")
    assert dirname is not None
    (folder / "dirname").symlink_to(dirname)
    return folder


def pretend(programs: Path, name: str, script: str) -> None:
    program = programs / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def run(script: Path, programs: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", script], env={"PATH": str(programs), **environment}, capture_output=True, text=True, timeout=60
    )


def test_an_old_python_is_refused_with_the_way_out(checkout: Path, programs: Path) -> None:
    pretend(programs, "python3", 'case "$1" in --version) echo Python 3.9.18;; *) exit 1;; esac')
    done = run(checkout / "tools/make-venv", programs)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "sitegen needs Python 3.11 or newer; python3 here is: Python 3.9.18",
        (
            "install one (Debian, Ubuntu: apt-get install python3 python3-venv), or name it: "
            "make PYTHON=/path/to/python3.12 site"
        ),
    ]


def test_a_python_that_is_named_must_run(checkout: Path, programs: Path) -> None:
    done = run(checkout / "tools/make-venv", programs, PYTHON="python9")
    assert (done.returncode, done.stderr) == (1, "PYTHON=python9 is not a Python 3.11 or newer that runs\n")


def test_a_newer_python_is_found_behind_an_old_one(checkout: Path, programs: Path) -> None:
    pretend(programs, "python3", "exit 1")
    pretend(programs, "python3.12", 'case "$2" in *ensurepip*) exit 1;; *version_info\\[*) echo 3.12;; esac')
    done = run(checkout / "tools/make-venv", programs)
    assert f"{programs}/python3.12 cannot create" in done.stderr


def test_a_missing_venv_module_is_explained_with_its_debian_package(checkout: Path, programs: Path) -> None:
    pretend(programs, "python3", 'case "$2" in *ensurepip*) exit 1;; *version_info\\[*) echo 3.13;; esac')
    done = run(checkout / "tools/make-venv", programs)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "on Debian and Ubuntu: apt-get install python3-venv (or python3.13-venv), then call make again"
    )


def test_system_packages_are_left_alone_without_root(checkout: Path, programs: Path) -> None:
    pretend(programs, "id", "echo 1000")
    pretend(programs, "apt-get", "exit 9")
    done = run(checkout / "tools/system-packages", programs)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(not Path("/etc/debian_version").exists(), reason="only on Debian")
@pytest.mark.skipif(Path("/usr/sbin/nginx").exists() is False, reason="nginx is missing: apt-get install nginx-light")
def test_missing_system_packages_are_named_and_installed_as_root(checkout: Path, programs: Path) -> None:
    pretend(programs, "id", "echo 0")
    pretend(programs, "apt-get", 'echo "apt-get $*"')
    pretend(programs, "caddy", "")
    pretend(programs, "java", "")
    pretend(programs, "npm", "")
    pretend(programs, "strace", "")
    done = run(checkout / "tools/system-packages", programs)
    assert done.returncode == 0
    first, *calls = done.stdout.splitlines()
    assert re.fullmatch(
        "running as root on Debian: installing what the tests need: chromium( fonts-liberation)?", first
    )
    assert [call.split()[1] for call in calls] == ["update", "install"]
    assert "java" not in calls[1]


def test_continuous_integration_does_not_go_on_without_system_packages(checkout: Path, programs: Path) -> None:
    pretend(programs, "id", "echo 0")
    pretend(programs, "apt-get", "exit 100")
    if not Path("/etc/debian_version").exists():
        pytest.skip("only on Debian")
    assert run(checkout / "tools/system-packages", programs).returncode == 0
    assert run(checkout / "tools/system-packages", programs, CI="true").returncode == 1


CHECKER = "build/tools/html-checker"


def copy_tools(checkout: Path, programs: Path) -> None:
    """Let the script that fetches the HTML checker find the programs it needs, npm aside."""
    for name in ("mkdir", "cp", "cmp", "rm", "touch"):
        found = shutil.which(name)
        assert found is not None
        (programs / name).symlink_to(found)


def test_the_html_checker_is_fetched_once(checkout: Path, programs: Path) -> None:
    copy_tools(checkout, programs)
    jar = "node_modules/vnu-jar/build/dist"
    pretend(programs, "npm", f'echo "npm $1"; mkdir -p {jar}; touch {jar}/vnu.jar')
    script = checkout / "tools/get-html-checker"
    assert run(script, programs).stdout.splitlines() == [f"fetching the Nu HTML checker into {CHECKER}", "npm ci"]
    assert run(script, programs).stdout == ""
    (checkout / CHECKER / "package-lock.json").write_text("{}", encoding="utf-8")
    assert run(script, programs).stdout.endswith("npm ci\n")


def test_without_npm_there_is_no_html_checker_and_only_ci_minds_a_failure(checkout: Path, programs: Path) -> None:
    copy_tools(checkout, programs)
    script = checkout / "tools/get-html-checker"
    done = run(script, programs)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    pretend(programs, "npm", "exit 1")
    assert [run(script, programs).returncode, run(script, programs, CI="true").returncode] == [0, 1]


def test_the_locks_name_no_registry_of_their_own(repository: Path) -> None:
    assert "resolved" not in (repository / "tools/html-checker/package-lock.json").read_text(encoding="utf-8")


def test_the_lock_names_no_address_but_the_public_index(repository: Path) -> None:
    lock = (repository / "uv.lock").read_text(encoding="utf-8")
    hosts = set(re.findall(r'"[a-z+]+://([^/"]+)', lock))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_the_scripts_may_be_executed(repository: Path) -> None:
    scripts = [*(repository / "tools").iterdir(), repository / ".ci/run"]
    assert [script.name for script in scripts if not os.access(script, os.X_OK)] == []
