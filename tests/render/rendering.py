"""Rendering of templates that tests write down, in memory."""

from collections.abc import Mapping

from sitegen.errors import ContentError, Problem
from sitegen.model.article import Body
from sitegen.model.comments import CommentThread
from sitegen.model.config import Config
from sitegen.model.names import Digest, Html
from sitegen.model.page import PageSpec
from sitegen.model.theme import Catalogue, StaticFile, Theme, ThemeLayer
from sitegen.plan.site import plan_site
from sitegen.render.environment import build_environment
from sitegen.render.page import render_page
from tests.samples import plain, sources

CONFIG = Config(title="The Gazette", base_url="https://news.example/p/", timezone="Europe/Amsterdam", language="en")


class Shelf:
    """Bodies and threads that a test puts there; a body that is not is the paragraph "Text."."""

    def __init__(self, threads: Mapping[str, CommentThread] | None = None, bodies: Mapping[str, Body] | None = None):
        self.threads = threads or {}
        self.bodies = bodies or {}

    def load_body(self, digest: Digest) -> Body:
        return self.bodies.get(digest) or Body(parts=(Html("<p>Text.</p>"),), slots=())

    def load_thread(self, digest: Digest) -> CommentThread:
        return self.threads[digest]


def layer(
    templates: Mapping[str, str],
    name: str = "tiny",
    *,
    locales: Mapping[str, Catalogue] | None = None,
    static: Mapping[str, str] | None = None,
) -> ThemeLayer:
    """A theme folder with `templates`, and with `static` files by name and digest."""
    files = {path: StaticFile(location=f"/x/{path}", digest=Digest(digest)) for path, digest in (static or {}).items()}
    return ThemeLayer(
        name=name,
        folder=f"themes/{name}",
        templates=templates,
        static=files,
        locales=locales or {},
        options={},
        lists={},
    )


def theme(*layers: ThemeLayer) -> Theme:
    return Theme(layers=layers)


def plan_article(**metadata: object) -> PageSpec:
    """The page of the article `world/a.md`."""
    language = str(metadata.get("language", "en"))
    plan = plan_site(sources(plain("a", "2026-10-01", **metadata), config=CONFIG))
    return next(spec for spec in plan.specs if spec.template == "article.html" and spec.language == language)


def render_article(used: Theme, shelf: Shelf | None = None, **metadata: object) -> str:
    """Return the page of `world/a.md`; raises ContentError as `render_page` does."""
    item = plain("a", "2026-10-01", **metadata)
    plan = plan_site(sources(item, config=CONFIG))
    spec = next(spec for spec in plan.specs if spec.source == "content/world/a.md")
    environment = build_environment(used, plan.sites)
    return render_page(spec, environment, used, plan.sites, shelf or Shelf()).data.decode()


def show(template: str, locales: Mapping[str, Catalogue] | None = None, **metadata: object) -> str:
    """Return what `template` makes of the article `world/a.md`."""
    return render_article(theme(layer({"article.html": template}, locales=locales)), None, **metadata)


def fail(templates: Mapping[str, str] | Theme, **metadata: object) -> Problem:
    """Return the problem of templates that cannot show the article `world/a.md`."""
    try:
        text = render_article(templates if isinstance(templates, Theme) else theme(layer(templates)), None, **metadata)
    except ContentError as failure:
        (problem,) = failure.problems
        return problem
    raise AssertionError(f"rendered {text!r}")
