"""What all commands have in common: how they find the site, how they speak, how they end."""

import fcntl
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen import __version__
from sitegen.cli.commands import COMMANDS, load_command
from tests.sites import CONFIG, call_sitegen, write_article, write_files, write_site

SITEGEN = Path(sys.executable).with_name("sitegen")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one article, whose rating is wrong."""
    return write_site(tmp_path / "site", {"content/world/a.md": write_article("A", rating="9")})


def test_version_goes_to_stdout() -> None:
    done = call_sitegen("--version")
    assert (done.code, done.out, done.err) == (0, f"sitegen, version {__version__}\n", "")


def test_help_names_every_command() -> None:
    done = call_sitegen("--help")
    assert done.code == 0
    assert [name for name in COMMANDS if f"\n  {name} " not in done.out] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_is_that_of_the_list(name: str) -> None:
    command = load_command(name)
    told = " ".join((command.help or "").split())
    assert command.name == name
    assert told.startswith(COMMANDS[name][1].removesuffix("."))


def test_no_command_is_a_question() -> None:
    done = call_sitegen()
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Usage: sitegen [OPTIONS] COMMAND [ARGS]...")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("biuld",), "Error: No such command 'biuld'. Did you mean 'build'?"),
        (("build", "--kep-going"), "Error: No such option '--kep-going'. Did you mean '--keep-going'?"),
        (("build", "--jobs", "0"), "Error: Invalid value for '--jobs': 0 is not in the range 1<=x<=256."),
        (("list", "artcles"), "Error: Invalid value for '"),
        (("-q", "-v", "build"), "Error: -q and -v contradict each other."),
        (("new",), "Error: Missing argument 'SECTION/SLUG'."),
    ],
)
def test_a_command_line_that_cannot_work(arguments: tuple[str, ...], message: str) -> None:
    done = call_sitegen(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[-1].startswith(message)


def test_the_configuration_is_looked_for_upward(site: Path) -> None:
    (site / "content/world/a.md").write_text(write_article("A"))
    for folder in (site, site / "content/world"):
        assert call_sitegen("list", cwd=folder).out == "2026-10-01 00:00  A  content/world/a.md\n"
        assert call_sitegen("-C", folder, "list").out == "2026-10-01 00:00  A  content/world/a.md\n"
    assert call_sitegen("--directory", "content", "list", cwd=site).code == 0


def test_another_configuration_is_a_site_in_its_own_folder(site: Path, tmp_path: Path) -> None:
    (site / "content/world/a.md").write_text(write_article("A"))
    (site / "other.toml").write_text(CONFIG + 'permalink = "/{slug}/"\n')
    done = call_sitegen("-C", tmp_path, "--config", "site/other.toml", "list", "--json")
    assert [row["url"] for row in json.loads(done.out)] == ["/a/"]


def test_no_site(tmp_path: Path) -> None:
    done = call_sitegen("list", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [
        f"error: there is no sitegen.toml in {tmp_path} or above it",
        "  hint: go into a site's folder, or make one: sitegen init my-site",
    ]
    done = call_sitegen("--config", "gone.toml", "list", cwd=tmp_path)
    assert done.code == 2
    assert done.err.splitlines() == [f"error: there is no file {tmp_path}/gone.toml", "  hint: look at `--config`"]


@pytest.mark.parametrize("command", [("build",), ("list",), ("new", "world/b"), ("mv", "world/a", "world/b")])
def test_a_broken_configuration_is_shown_from_wherever_it_is_called(site: Path, command: tuple[str, ...]) -> None:
    (site / "sitegen.toml").write_text('title = "The Gazette"\npage_size = 0\nthem = "tiny"\n')
    expected = [
        "sitegen.toml:2:13: error[config]: `page_size`: must be at least 1",
        "  2 | page_size = 0",
        "                  ^",
        "sitegen.toml:3:1: error[config]: unknown key `them`",
        '  3 | them = "tiny"',
        "      ^^^^",
        "  hint: did you mean `theme`?",
    ]
    for folder in (site, site / "content/world"):
        done = call_sitegen(*command, cwd=folder)
        assert (done.code, done.out) == (1, "")
        assert done.err.splitlines()[:7] == expected
    done = call_sitegen("-C", site / "content", *command)
    assert done.err.splitlines()[:7] == expected


def test_environment_variables_stand_for_options(site: Path, tmp_path: Path) -> None:
    (site / "content/world/a.md").write_text(write_article("A"))
    done = call_sitegen("build", env={"SITEGEN_DIRECTORY": str(site), "SITEGEN_BUILD_OUTPUT": str(tmp_path / "www")})
    assert done.code == 0
    assert (tmp_path / "www/world/2026/10/a/index.html").is_file()
    assert json.loads(call_sitegen("-C", site, "build", env={"SITEGEN_BUILD_JSON": "1"}).out)["articles"] == 1


def test_how_much_is_said(site: Path) -> None:
    warned = {f"content/world/b{place}.md": write_article("B", titel="x") for place in range(5)}
    write_files(site, warned)
    quiet = call_sitegen("-q", "-C", site, "build").err
    normal = call_sitegen("-C", site, "build").err
    verbose = call_sitegen("-v", "-C", site, "build").err
    assert (quiet.count("error["), quiet.count("warning["), len(quiet.splitlines())) == (1, 0, 4)
    assert (normal.count("error["), normal.count("warning[")) == (1, 1)
    assert (
        "content/world/b0.md:4:1: warning[unknown-key]: unknown key `titel` (and alike: 5 times in 5 files)" in normal
    )
    assert (verbose.count("error["), verbose.count("warning[")) == (1, 5)


def read_terminal(arguments: list[str | Path], environment: dict[str, str]) -> str:
    """Run a command whose stderr is a terminal; return what the terminal is given."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [SITEGEN, *arguments], stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, **environment}
    )
    os.close(theirs)
    shown = b""
    try:
        while block := os.read(ours, 4096):
            shown += block
    except OSError:  # how Linux says that the other side has closed
        pass
    finally:
        os.close(ours)
        process.wait(60)
    return shown.decode()


def test_colours_on_a_terminal_alone(site: Path) -> None:
    command: list[str | Path] = ["-C", site, "build"]
    message = "content/world/a.md:4:9: error[rating]: must be at most 5"
    assert f"\x1b[31m\x1b[1m{message}\x1b[0m" in read_terminal(command, {"TERM": "xterm", "NO_COLOR": ""})
    plain = read_terminal(command, {"TERM": "xterm", "NO_COLOR": "1"})
    assert message in plain
    assert "\x1b" not in plain
    assert "\x1b" not in call_sitegen(*command).err


def test_a_reader_that_has_seen_enough(site: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([SITEGEN, "schema", "config"], stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_behind_stdout() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([SITEGEN, "schema", "config"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (4, "error: no space left on device\n")


@pytest.mark.skipif(not hasattr(fcntl, "F_SETPIPE_SZ"), reason="the size of a pipe cannot be set")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_end_a_command_at_once(number: signal.Signals, code: int) -> None:
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    process = subprocess.Popen([SITEGEN, "schema", "front-matter"], stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    os.read(reading, 1)  # it is writing now, and waits until somebody reads on
    process.send_signal(number)
    _, shown = process.communicate(timeout=10)
    os.close(reading)
    assert (process.returncode, shown) == (code, "")


FORGETFUL = """
import io, time, signal

class Finalised:
    def __del__(self):
        signal.raise_signal({number})

class Output(io.StringIO):
    def write(self, text):
        Finalised()
        time.sleep(60)

sys.stdout = Output()
"""
"""An output at the first use of which a signal comes where nothing can be raised, and that then takes its time."""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_in_a_finaliser_is_not_lost(number: signal.Signals, code: int) -> None:
    done = call_main(f"exec({FORGETFUL.format(number=int(number))!r})")
    assert (done.returncode, done.stderr) == (code, "")


def test_other_failures_of_a_finaliser_are_told() -> None:
    done = call_main("D = type('D', (), {'__del__': lambda _: 1 / 0}); import atexit; atexit.register(D)")
    assert done.returncode == 0
    assert "ZeroDivisionError" in done.stderr


def call_main(preparation: str) -> subprocess.CompletedProcess[str]:
    """Run `sitegen --help` in a process that does something before, and whose stdout is no terminal."""
    code = f"import sys; sys.argv = ['sitegen', '--help']; {preparation}; from sitegen.cli.main import main; main()"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)


def test_what_libraries_do_in_the_end_is_done() -> None:
    done = call_main("import atexit; atexit.register(print, 'done')")
    assert (done.returncode, done.stdout.splitlines()[-1], done.stderr) == (0, "done", "")


def test_other_threads_are_waited_for() -> None:
    work = "threading.main_thread().join(); print('done')"
    done = call_main(f'import threading; threading.Thread(target=exec, args=("import threading; {work}",)).start()')
    assert (done.returncode, done.stdout.splitlines()[-1], done.stderr) == (0, "done", "")


def test_garbage_is_looked_for_rarely() -> None:
    done = call_main("import atexit, gc; atexit.register(lambda: print(gc.get_threshold()[0] > 100_000))")
    assert (done.returncode, done.stdout.splitlines()[-1], done.stderr) == (0, "True", "")
