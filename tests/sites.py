"""Tiny sites on the disk, and three ways to run sitegen on them: as a process, as a command line, as a function."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

from sitegen.app.build import BuildRequest, build_site
from sitegen.app.order import Order, mark_order
from sitegen.app.report import BuildReport
from sitegen.app.site import load_site
from sitegen.app.standing import Standing, find_standing
from sitegen.cli.main import run
from sitegen.model.names import Digest
from sitegen.model.source import Scan, SourceFile
from sitegen.storage.state import STATE_FOLDER
from tests.samples import CLOCK

CONFIG = """\
title = "The Gazette"
base_url = "https://news.example/"
theme = ["tiny"]
"""

_LIST = """\
{% extends "base.html" %}
{% block main %}
{% for card in ((page.lead,) if page.lead else ()) + page.cards %}
<p>{{ card.link.url | href }} {{ card.link.title }} {{ card.comment_count }}</p>
{% endfor %}
{% if page.pager.older %}
<a href="{{ page.pager.older | href }}">older</a>
{% endif %}
{% endblock %}
"""

TINY_THEME: Mapping[str, str] = {
    "base.html": """\
<!doctype html>
<title>{{ page.head.title }}</title>
<nav>{{ site.title }}{% for section in site.sections %} {{ section.title }}{% endfor %}</nav>
{% block main %}{% endblock %}
""",
    "article.html": """\
{% extends "base.html" %}
{% block main %}
<h1>{{ page.title }}</h1>
{% if page.image %}
<img src="{{ page.image.src | href }}" alt="" width="{{ page.image.width or 0 }}">
{% endif %}
{{ content.html }}
{% if page.previous %}
<p>before: {{ page.previous.title }}</p>
{% endif %}
{% if page.next %}
<p>behind: {{ page.next.title }}</p>
{% endif %}
{% for link in page.related %}
<p>related: {{ link.title }}</p>
{% endfor %}
{% for item in (comments.items if comments else ()) %}
<div id="{{ item.comment.anchor }}">{{ item.comment.body }}</div>
{% endfor %}
{% include "foot.html" ignore missing %}
{% endblock %}
""",
    "page.html": """\
{% extends "base.html" %}
{% block main %}
{{ content.html }}
{% for item in (comments.items if comments else ()) %}
<div id="{{ item.comment.anchor }}">{{ item.comment.body }}</div>
{% endfor %}
{% endblock %}
""",
    "home.html": """\
{% extends "base.html" %}
{% block main %}
{% if page.lead %}
<h1>{{ page.lead.link.url | href }} {{ page.lead.link.title }}</h1>
{% endif %}
{% for card in page.secondary + page.latest %}
<p>{{ card.link.url | href }} {{ card.link.title }}</p>
{% endfor %}
{% for name, cards in page.lists.items() %}
<p>{{ name }}:{% for card in cards %} {{ card.link.title }}{% endfor %}</p>
{% endfor %}
{% endblock %}
""",
    "list.html": _LIST,
    "section.html": _LIST,
    "tag.html": _LIST,
    "author.html": _LIST,
    "series.html": _LIST,
    "comments.html": """\
{% extends "base.html" %}
{% block main %}
<p>{{ page.article.title }} {{ page.number }} {{ page.previous | href }} {{ page.next | href if page.next }}</p>
{% for item in comments.items %}
<div id="{{ item.comment.anchor }}">{{ item.comment.body }}</div>
{% endfor %}
{% endblock %}
""",
    "redirect.html": "moved to {{ page.target | href }}\n",
    "404.html": "not here\n",
}
"""Templates that show what tests look for, and nothing else."""


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files by their paths below `folder`."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)


def write_site(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a site with the theme `tiny` into `folder`, with `files` beside it or instead of its own; return `folder`.

    Its configuration is `CONFIG`, unless `files` has a `sitegen.toml`.
    """
    theme = {f"themes/tiny/templates/{name}": text for name, text in TINY_THEME.items()}
    (folder / "content").mkdir(parents=True, exist_ok=True)
    write_files(folder, {"sitegen.toml": CONFIG, **theme, **(files or {})})
    return folder


def write_article(title: str, day: str = "2026-10-01", body: str = "Text.", **fields: str) -> str:
    """The text of an article; further fields are YAML values as written."""
    lines = [f"{key}: {value}" for key, value in {"title": title, "date": day, **fields}.items()]
    return "\n".join(["---", *lines, "---", "", body, ""])


def write_snapshot(*texts: str) -> str:
    """The text of a comment snapshot that holds `texts`."""
    comments = ", ".join(
        f'{{"id": "c-{place}", "author": {{"name": "Ada"}}, "published": {{"at": "2026-10-02T10:00:00Z"}},'
        f' "body": {{"format": "text", "text": "{text}"}}}}'
        for place, text in enumerate(texts)
    )
    return f'{{"schema": "sitegen.comments/1", "comments": [{comments}]}}\n'


def write_moderation(*decisions: str) -> str:
    """The text of a moderation file; each of `decisions` is what stands in a flow mapping: `id: c-0, action: hide`."""
    lines = [f"- {{{decision}}}" for decision in decisions]
    return "\n".join(["schema: sitegen.moderation/1", "decisions:" if lines else "decisions: []", *lines, ""])


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def read_content(root: Path) -> dict[str, bytes]:
    """Every file of a site by its path; what sitegen keeps for itself is not looked at."""
    return {path: data for path, data in read_tree(root).items() if not path.startswith(".sitegen/")}


class Silence:
    """Nobody who is told how far a build has come."""

    def start(self, stage: str, total: int) -> None:
        """Say nothing."""

    def advance(self, steps: int) -> None:
        """Say nothing."""

    def finish(self) -> None:
        """Say nothing."""


def build(root: Path, output: Path | None = None, **changes: object) -> BuildReport:
    """Build the site at `root` in this process, as of `tests.samples.CLOCK`; `changes` are fields of the request.

    Unless `addresses="keep"` is among them, no address is locked, so that tests may move and delete articles freely.
    """
    fields = {"root": root, "output": output or root / "output", "clock": CLOCK, "addresses": "check", **changes}
    if "config" not in fields:
        fields["config"] = load_site(root, None).config
    return build_site(BuildRequest(**fields), Silence())  # type: ignore[arg-type]


def find_standing_site(root: Path, output: Path | None = None, **changes: object) -> BuildReport | None:
    """What a build that is called on the command line comes to where nothing is to be done; None where something is."""
    return _find_standing(root, output, changes).report


def _find_standing(root: Path, output: Path | None, changes: Mapping[str, object]) -> Standing:
    fields = dict(changes)
    jobs = fields.pop("jobs", 1)
    assert isinstance(jobs, int)
    order, clock = _read_order(root, output, fields)
    return find_standing(order, lambda _: clock, jobs)


def call_build(root: Path, output: Path | None = None, **changes: object) -> BuildReport:
    """Build the site at `root` as the command line does: not at all where nothing is to be done.

    `changes` are fields of the order, or the `clock`.
    """
    standing = _find_standing(root, output, changes)
    return standing.report or _build_as_ordered(root, output, changes, standing.scan)


def build_as_ordered(root: Path, output: Path | None = None, **changes: object) -> BuildReport:
    """Build the site at `root` as the command line does where something is to be done."""
    return _build_as_ordered(root, output, changes, None)


def _build_as_ordered(root: Path, output: Path | None, changes: Mapping[str, object], scan: Scan | None) -> BuildReport:
    order, clock = _read_order(root, output, changes)
    site = load_site(root, None)
    request = BuildRequest(
        root=order.root,
        output=order.output,
        config=site.config,
        state_folder=order.state_folder,
        clock=clock,
        preview=order.preview,
        strict=order.strict,
        keep_going=order.keep_going,
        addresses=order.addresses,
        places=site.places,
        mark=mark_order(order, site.config_digest),
        scan=scan,
    )
    return build_site(request, Silence())


def _read_order(root: Path, output: Path | None, changes: Mapping[str, object]) -> tuple[Order, datetime]:
    fields = {"output": output or root / "output", "state_folder": root / STATE_FOLDER, **changes}
    clock = fields.pop("clock", CLOCK)
    assert isinstance(clock, datetime)
    return Order(config_file=root / "sitegen.toml", **fields), clock  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a command ended."""

    code: int
    """Exit code."""
    out: str
    """What it printed on stdout."""
    err: str
    """What it printed on stderr."""


def call_sitegen(*arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Outcome:
    """Run a command in this process, which takes hundredths of a second; the clock is `tests.samples.CLOCK`."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace", write_through=True)
    settings = {"SOURCE_DATE_EPOCH": str(int(CLOCK.timestamp())), **(env or {})}
    with (
        patch.dict(os.environ, settings),
        contextlib.chdir(cwd or "."),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = run([str(argument) for argument in arguments])
    return Outcome(code=code, out=_read_stream(out), err=_read_stream(err))


def _read_stream(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def run_sitegen(
    *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the installed command as a process of its own; the clock is `tests.samples.CLOCK`."""
    settings = {"SOURCE_DATE_EPOCH": str(int(CLOCK.timestamp())), **(env or {})}
    return subprocess.run(
        [Path(sys.executable).with_name("sitegen"), *arguments],
        cwd=cwd,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=60,
    )


def describe_file(path: str) -> SourceFile:
    """An empty file as a scan finds it."""
    return SourceFile(path=path, size=0, mtime_ns=0, ctime_ns=0, digest=Digest(""))


_SLOW = (
    "babel",
    "frontmatter",
    "jinja2",
    "markdown",
    "nh3",
    "PIL",
    "pydantic",
    "pygments",
    "sitegen.app.build",
    "sitegen.model.index_views",
    "sitegen.plan.site",
    "yaml",
)
"""What takes long to load."""
_SHOW_MODULES = """
import sys
from sitegen.cli.main import run
code = run(sys.argv[2:])
print(code, *set(sys.argv[1].split()) & set(sys.modules))
"""


def find_loaded(*arguments: str | Path) -> frozenset[str]:
    """Run a command as a process of its own, and return what it loads of that which takes long."""
    done = subprocess.run(
        [sys.executable, "-c", _SHOW_MODULES, " ".join(_SLOW), *arguments],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(int(CLOCK.timestamp()))},
        capture_output=True,
        text=True,
        timeout=60,
    )
    code, *names = done.stdout.splitlines()[-1].split()
    assert code == "0", done.stderr
    return frozenset(names)
