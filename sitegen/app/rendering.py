"""Rendering of stale pages: what a worker process does with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.errors import ContentError, Problem
from sitegen.model.article import Body
from sitegen.model.codec import UnreadableError, decode
from sitegen.model.comments import CommentThread
from sitegen.model.names import Digest
from sitegen.model.page import PageSpec, Rendered
from sitegen.model.theme import Theme
from sitegen.model.views import SiteView
from sitegen.plan.site import SitePlan
from sitegen.render.environment import build_environment
from sitegen.render.page import render_page
from sitegen.render.theme import Closures
from sitegen.storage.state import Reader, open_reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a page."""

    spec: PageSpec
    """The page."""
    rendered: Rendered | None
    """Its bytes; None if there are problems."""
    problems: tuple[Problem, ...]
    """Why there are no bytes."""


class Shelf:
    """Bodies and threads as the memory keeps them."""

    def __init__(self, reader: Reader) -> None:
        """Read from `reader`."""
        self._reader = reader

    def load_body(self, digest: Digest) -> Body:
        """Return a body; raises UnreadableError where the memory has lost it."""
        return decode(self._load("body", digest), Body)

    def load_thread(self, digest: Digest) -> CommentThread:
        """Return a thread; raises UnreadableError where the memory has lost it."""
        return decode(self._load("thread", digest), CommentThread)

    def _load(self, kind: str, digest: Digest) -> bytes:
        value = self._reader.load(kind, digest)
        if value is None:
            raise UnreadableError(f"{kind} {digest} is not remembered")
        return value


def make_renderer(
    theme: Theme, sites: Mapping[str, SiteView], state: str
) -> Callable[[Sequence[PageSpec]], tuple[Outcome, ...]]:
    """Return the worker that renders pages with `theme`, reading bodies and threads from the memory at `state`."""
    environment = build_environment(theme, sites)
    shelf = Shelf(open_reader(Path(state)))

    def render(spec: PageSpec) -> Outcome:
        try:
            rendered = render_page(spec, environment, theme, sites, shelf)
        except ContentError as failure:
            return Outcome(spec=spec, rendered=None, problems=failure.problems)
        return Outcome(spec=spec, rendered=rendered, problems=())

    return lambda specs: tuple(render(spec) for spec in specs)


def check_templates(theme: Theme, plan: SitePlan) -> tuple[Problem, ...]:
    """Return what is wrong with the syntax of the templates that `plan` needs, without rendering anything."""
    closures = Closures(theme, build_environment(theme, plan.sites))
    problems: dict[Problem, None] = {}
    for name in dict.fromkeys(spec.template for spec in plan.specs):
        try:
            closures.digest(name)
        except ContentError as failure:
            problems |= dict.fromkeys(failure.problems)
    return tuple(problems)
