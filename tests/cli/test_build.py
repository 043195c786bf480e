"""`sitegen build`: what it prints, for people and for programs, and how it ends."""

import contextlib
import fcntl
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.cli.console import TerminatedError
from sitegen.cli.main import run
from sitegen.errors import MachineError
from sitegen.storage import lock
from tests.sites import CONFIG, call_sitegen, read_tree, write_article, write_files, write_site

A, B = "content/world/a.md", "content/world/b.md"
SITEGEN = Path(sys.executable).with_name("sitegen")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two articles."""
    files = {A: write_article("A", "2026-10-01"), B: write_article("B", "2026-10-02")}
    return write_site(tmp_path / "site", files)


def build_json(*arguments: str | Path, env: Mapping[str, str] | None = None) -> tuple[int, Mapping[str, object]]:
    """Exit code and the object that `--json` prints, which is all of stdout."""
    done = call_sitegen(*arguments, "build", "--json", env=env)
    record = json.loads(done.out)
    assert isinstance(record, dict)
    return done.code, record


def test_people_get_a_summary_on_stderr(site: Path) -> None:
    done = call_sitegen("-C", site, "build")
    assert (done.code, done.out) == (0, "")
    first, second = done.err.splitlines()
    assert first == "2 articles, 0 pages, 0 comments"
    assert re.fullmatch(r"\d+ files written, 0 unchanged, 0 removed, in \d+\.\d\d s", second)


def test_the_summary_has_at_most_six_lines(site: Path) -> None:
    call_sitegen("-C", site, "build")
    (site / "output/manifest.sha256").unlink()
    write_files(
        site,
        {
            "output/mine.txt": "mine",
            A: write_article("A", rating="9"),
            "content/world/c.md": write_article("C", rating="9"),
            "content/world/d.md": write_article("D", draft="true"),
            "content/world/e.md": write_article("E", "2026-12-24"),
            "content/world/f.md": write_article("F", expires="2026-10-10"),
        },
    )
    done = call_sitegen("-C", site, "build", "--keep-going")
    summary = done.err.splitlines()[8:]
    assert done.code == 1
    assert [re.sub(r"\d+ (files|unchanged)|in [\d.]+ s", "…", line) for line in summary] == [
        "2 articles, 0 pages, 0 comments (not shown: 1 draft, 1 scheduled, 1 expired)",
        "… written, …, 0 removed, …",
        "Build again at 2026-12-24T00:00:00+00:00: that is when the site next changes by itself.",
        f"Kept as last published: {A}. Left out: content/world/c.md.",
        "The manifest was lost, so nothing was deleted; not ours any more: mine.txt.",
        "2 errors found.",
    ]


def test_problems_stand_before_the_summary_with_their_lines(site: Path) -> None:
    write_files(site, {A: write_article("A", rating="9", titel="x")})
    done = call_sitegen("-C", site, "build")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        "content/world/a.md:4:9: error[rating]: must be at most 5",
        "  4 | rating: 9",
        "              ^",
        "  hint: the scale is 1 to 5; a mapping with `best` and `worst` sets another",
        "content/world/a.md:5:1: warning[unknown-key]: unknown key `titel`",
        "  5 | titel: x",
        "      ^^^^^",
        "  hint: did you mean `title`? Keys of your own go under `extra`",
        "Nothing was published: 1 error. The site stands as it was.",
    ]


def test_programs_get_one_object_on_stdout(site: Path) -> None:
    write_files(site, {"content/world/c.md": write_article("C", "2026-12-24T18:00:00Z", titel="x")})
    code, record = build_json("-C", site)
    assert code == 0
    seconds, written = record["seconds"], record["written"]
    assert isinstance(seconds, float)
    assert isinstance(written, int)
    assert record == {
        "published": True,
        "articles": 2,
        "pages": 0,
        "drafts": 0,
        "scheduled": 1,
        "expired": 0,
        "comments": 0,
        "rendered": len([path for path in read_tree(site / "output") if not path.startswith("assets/")]) - 1,
        "written": len(read_tree(site / "output")) - 1,
        "unchanged": 0,
        "removed": 0,
        "next_change": "2026-12-24T18:00:00+00:00",
        "seconds": seconds,
        "kept": [],
        "left_out": [],
        "strays": [],
        "problems": [
            {
                "severity": "warning",
                "code": "unknown-key",
                "file": "content/world/c.md",
                "line": 4,
                "column": 1,
                "message": "unknown key `titel`",
                "hint": "did you mean `title`? Keys of your own go under `extra`",
            }
        ],
    }
    code, record = build_json("-C", site)
    assert (record["rendered"], record["written"], record["unchanged"]) == (0, 0, written)


def test_programs_get_every_single_problem(site: Path) -> None:
    write_files(site, {f"content/world/c{place}.md": write_article("C", titel="x") for place in range(9)})
    _, record = build_json("-C", site)
    problems = record["problems"]
    assert isinstance(problems, list)
    assert len(problems) == 9
    assert call_sitegen("-C", site, "build").err.count("warning[") == 1


def hold_the_lock(site: Path) -> int:
    """Do as another build does; return a descriptor to be closed."""
    call_sitegen("-C", site, "build")
    (file,) = (path for path in (site / ".sitegen").iterdir() if path.name.startswith("lock-"))
    descriptor = os.open(file, os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


@pytest.mark.parametrize(
    ("files", "options", "code", "severity", "kind", "message"),
    [
        ({A: write_article("A", rating="9")}, (), 1, "error", "rating", "must be at most 5"),
        ({"sitegen.toml": "title = 1\n"}, (), 1, "error", "config", "`title`: must be text in quotes"),
        ({"sitegen.toml": "title\n"}, (), 1, "error", "toml", "expected '=' after a key in a key/value pair"),
        ({"sitegen.toml": 'theme = "gone"\n'}, (), 1, "error", "theme", "there is no theme `gone`"),
        ({}, ("--clock", "soon"), 2, "error", "usage", "--clock: `soon` is no instant"),
        ({}, ("--jobs", "0"), 2, "error", "usage", "Invalid value for '--jobs': 0 is not in the range 1<=x<=256."),
        ({}, ("--nonsense",), 2, "error", "usage", "No such option '--nonsense'."),
        (
            {},
            ("--base-url", "news.example"),
            2,
            "error",
            "usage",
            '--base-url: must start with "https://" or "http://" and name a host',
        ),
        ({"file": ""}, ("--output", "file"), 4, "error", "machine", "{site}/file is a file"),
        (
            {"strange/file": ""},
            ("--output", "strange"),
            4,
            "error",
            "machine",
            "{site}/strange is not empty, and sitegen did not write it",
        ),
    ],
)
def test_programs_get_an_object_whatever_goes_wrong(
    site: Path,
    files: Mapping[str, str],
    options: tuple[str, ...],
    code: int,
    severity: str,
    kind: str,
    message: str,
) -> None:
    write_files(site, files)
    done = call_sitegen("-C", site, "build", *options, "--json")
    assert done.code == code
    record = json.loads(done.out)
    assert (record["published"], record["written"], record["next_change"]) == (False, 0, None)
    found = [(problem["severity"], problem["code"], problem["message"]) for problem in record["problems"]]
    assert (severity, kind, message.format(site=site)) in found
    assert done.err  # people are told as well


def test_programs_get_an_object_where_there_is_no_site(tmp_path: Path) -> None:
    code, record = build_json("-C", tmp_path)
    assert (code, record["published"]) == (2, False)
    assert [problem["message"] for problem in record["problems"]] == [  # type: ignore[attr-defined]
        f"there is no sitegen.toml in {tmp_path} or above it"
    ]


def test_programs_get_an_object_where_another_build_is_running(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_ORPHANS", 0.1)
    descriptor = hold_the_lock(site)
    try:
        code, record = build_json("-C", site)
    finally:
        os.close(descriptor)
    assert (code, record["published"]) == (4, False)
    (problem,) = record["problems"]  # type: ignore[misc]
    assert problem["code"] == "machine"  # type: ignore[has-type]
    assert str(site / "output") in problem["message"]  # type: ignore[has-type]


@pytest.mark.parametrize(
    ("failure", "code", "kind", "message"),
    [
        (KeyboardInterrupt(), 130, "interrupted", "the build was ended from outside"),
        (TerminatedError(), 143, "interrupted", "the build was ended from outside"),
        (OSError(28, "No space left on device", "/x"), 4, "machine", "/x: no space left on device"),
        (MachineError("the disk is tired", "let it sleep"), 4, "machine", "the disk is tired"),
    ],
)
def test_programs_get_an_object_when_a_build_is_ended(
    site: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException, code: int, kind: str, message: str
) -> None:
    def end(*_: object) -> None:
        raise failure

    monkeypatch.setattr("sitegen.app.build.build_site", end)
    done = call_sitegen("-C", site, "build", "--json")
    record = json.loads(done.out)
    assert (done.code, record["published"]) == (code, False)
    assert [(problem["code"], problem["message"]) for problem in record["problems"]] == [(kind, message)]


def test_programs_get_an_object_even_when_sitegen_is_wrong(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("sitegen.app.build.build_site", stumble)
    out = io.StringIO()
    with contextlib.redirect_stdout(out), pytest.raises(ZeroDivisionError):
        run(["-C", str(site), "build", "--json"])
    assert json.loads(out.getvalue())["problems"][0]["code"] == "internal"


def test_names_that_are_no_text_do_not_spoil_the_object(tmp_path: Path) -> None:
    code, record = build_json("-C", tmp_path / os.fsdecode(b"\xff"))
    assert (code, record["published"]) == (2, False)


def test_a_failure_of_the_machine_is_one_line(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "/somewhere/file")

    monkeypatch.setattr("sitegen.app.build.build_site", fail)
    done = call_sitegen("-C", site, "build")
    assert (done.code, done.out) == (4, "")
    assert done.err.splitlines()[0] == "error: /somewhere/file: no space left on device"
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("clock", "environment", "published"),
    [
        ("2026-10-01", {}, 1),
        ("2026-10-01T23:59:59Z", {}, 1),
        ("2026-10-02T01:00:00+02:00", {}, 1),
        ("2026-10-02", {}, 2),
        ("2026-10-01", {"SOURCE_DATE_EPOCH": "1900000000"}, 1),
        (None, {"SOURCE_DATE_EPOCH": "1790899200"}, 2),  # 2026-10-02
        (None, {"SOURCE_DATE_EPOCH": "1790899199"}, 1),
    ],
)
def test_the_clock_decides_what_is_published(
    site: Path, clock: str | None, environment: Mapping[str, str], published: int
) -> None:
    options = ("--clock", clock) if clock else ()
    done = call_sitegen("-C", site, "build", "--json", *options, env=environment)
    assert json.loads(done.out)["articles"] == published


def test_a_clock_without_a_zone_is_in_that_of_the_site(site: Path) -> None:
    write_files(site, {"sitegen.toml": CONFIG + 'timezone = "America/New_York"\n'})
    assert json.loads(call_sitegen("-C", site, "build", "--json", "--clock", "2026-10-02").out)["articles"] == 2
    assert json.loads(call_sitegen("-C", site, "build", "--json", "--clock", "2026-10-02T00:00Z").out)["articles"] == 1


def test_an_epoch_that_is_none(site: Path) -> None:
    code, record = build_json("-C", site, env={"SOURCE_DATE_EPOCH": "today"})
    assert (code, record["published"]) == (2, False)


def test_the_system_tells_the_time_where_nobody_else_does(site: Path) -> None:
    write_files(site, {"content/world/old.md": write_article("Old", "2001-01-01")})
    _, record = build_json("-C", site, env={"SOURCE_DATE_EPOCH": ""})
    assert record["articles"] in {1, 2, 3}


@pytest.mark.parametrize(
    ("options", "articles"), [((), 2), (("--drafts",), 3), (("--future",), 3), (("--expired",), 3)]
)
def test_more_is_shown_when_asked_for(site: Path, options: tuple[str, ...], articles: int) -> None:
    write_files(
        site,
        {
            "content/world/d.md": write_article("D", draft="true"),
            "content/world/e.md": write_article("E", "2026-12-24"),
            "content/world/f.md": write_article("F", expires="2026-10-10"),
        },
    )
    assert json.loads(call_sitegen("-C", site, "build", "--json", *options).out)["articles"] == articles


def test_where_the_output_goes(site: Path, tmp_path: Path) -> None:
    write_files(site, {"sub/x": ""})
    assert call_sitegen("-C", site / "sub", "build").code == 0
    assert call_sitegen("-C", site, "build", "--output", "www").code == 0
    assert call_sitegen("-C", site, "build", "--output", tmp_path / "absolute").code == 0
    assert read_tree(site / "output") == read_tree(site / "www") == read_tree(tmp_path / "absolute")


def test_another_address(site: Path) -> None:
    assert call_sitegen("-C", site, "build", "--base-url", "https://copy.example/news").code == 0
    assert "https://copy.example/news/" in (site / "output/sitemap.xml").read_text()
    assert "news.example" not in (site / "output/sitemap.xml").read_text()


def test_strict_and_clean(site: Path) -> None:
    write_files(site, {A: write_article("A", titel="x")})
    assert call_sitegen("-C", site, "build", "--strict").code == 1
    assert call_sitegen("-C", site, "build").code == 0
    record = json.loads(call_sitegen("-C", site, "build", "--clean", "--json").out)
    assert (record["rendered"] > 0, record["written"]) == (True, 0)


def read_terminal(arguments: list[str | Path]) -> tuple[str, str]:
    """Run a command whose stderr is a terminal; return stdout, and what the terminal is given."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [SITEGEN, *arguments],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "SOURCE_DATE_EPOCH": "1793534400"},
        text=True,
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
        out, _ = process.communicate(timeout=60)
    return out, shown.decode()


def test_long_work_shows_a_bar_on_a_terminal_alone(site: Path) -> None:
    write_files(site, {f"content/world/c{place}.md": write_article("C") for place in range(200)})
    command_line: list[str | Path] = ["-C", site, "build", "--clean", "--jobs", "1"]
    out, shown = read_terminal([*command_line, "--json"])
    assert "Reading" in shown
    assert "Rendering" in shown
    assert "\x1b[?25l" in shown
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")  # the cursor is there again
    assert json.loads(out)["articles"] == 202
    out, shown = read_terminal(["-q", *command_line])
    assert (out, shown) == ("", "")
    assert "Reading" not in call_sitegen(*command_line).err
