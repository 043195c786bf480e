"""Rendering of stale pages: what a worker process does with them."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sitegen.app.shelf import Shelf
from sitegen.errors import ContentError, Problem
from sitegen.model.page import decode_spec
from sitegen.model.theme import Theme
from sitegen.model.trace import OutputStamp
from sitegen.model.views import SiteView
from sitegen.plan.site import SitePlan
from sitegen.render.environment import build_environment
from sitegen.render.page import render_page
from sitegen.render.theme import Closures
from sitegen.storage.output import stands
from sitegen.storage.publish import write_staged
from sitegen.storage.reader import open_reader


class Job(NamedTuple):
    """A page to render; a tuple, since thousands of them pass between processes."""

    page: bytes
    """The encoded `PageSpec`."""
    name: str
    """Under which name it is staged."""
    digest: str | None
    """SHA-256 of the file that stands where it goes, as far as is known."""
    is_certain: bool
    """Whether the file was looked at; else only the manifest says so."""


class Outcome(NamedTuple):
    """What came of a page."""

    digest: str
    """SHA-256 of its bytes; empty if there are problems."""
    stamp: OutputStamp | None
    """Size and times of the staged file; None if it stands already, or there are problems."""
    problems: tuple[Problem, ...]
    """Why there are no bytes."""


def make_renderer(
    theme: Theme, sites: Mapping[str, SiteView], state: str, output: str
) -> Callable[[Sequence[Job]], tuple[Outcome, ...]]:
    """Return the worker that renders pages with `theme`, and stages below `output` those that do not stand there yet.

    It reads bodies and threads from the memory at `state`.
    """
    environment = build_environment(theme, sites)
    reader = open_reader(Path(state))
    shelf = Shelf(reader)

    def render(job: Job) -> Outcome:
        spec = decode_spec(job.page)
        try:
            data = render_page(spec, environment, theme, sites, shelf).data
        except ContentError as failure:
            return Outcome("", stamp=None, problems=failure.problems)
        digest = hashlib.sha256(data).hexdigest()
        if digest == job.digest and (job.is_certain or stands(Path(output), spec.path, digest)):
            return Outcome(digest, stamp=None, problems=())
        return Outcome(digest, stamp=write_staged(output, job.name, spec.path, data), problems=())

    def render_all(jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        with reader.hold():
            return tuple([render(job) for job in jobs])

    return render_all


def check_templates(theme: Theme, plan: SitePlan) -> tuple[Problem, ...]:
    """Return what is wrong with the syntax of the templates that `plan` needs, without rendering anything."""
    closures = Closures(theme, build_environment(theme, plan.sites), {})
    problems: dict[Problem, None] = {}
    for name in dict.fromkeys(spec.template for spec in plan.specs):
        try:
            closures.digest(name)
        except ContentError as failure:
            problems |= dict.fromkeys(failure.problems)
    return tuple(problems)
