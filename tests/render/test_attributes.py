"""What stands behind a dot in a template."""

from collections.abc import Mapping
from typing import get_origin, get_type_hints

import pytest

from sitegen.model import card, comment_views, comments, index_views, machine_views, message_views, views
from sitegen.model.values import name_fields
from sitegen.plan.site import plan_site
from sitegen.render.attributes import TABLES
from sitegen.render.environment import build_environment
from sitegen.render.page import render_page
from tests.render.rendering import CONFIG, Shelf, fail, layer, theme
from tests.samples import plain, sources

EXTRA = {"people": [{"name": "Ann"}], "kind": "wide", "class": "high", "items": "3"}
ANN = "{% for somebody in page.extra.people %}{{ somebody.name }}{% endfor %}"


def render(template: str) -> tuple[str, set[str]]:
    """Return what a template prints, and which templates were left to Jinja for it."""
    used = theme(layer({"article.html": template, "m.html": "{% macro m(x) %}{{ x.title }}{% endmacro %}"}))
    plan = plan_site(sources(plain("a", "2026-10-01", extra=EXTRA), config=CONFIG))
    (spec,) = (spec for spec in plan.specs if spec.template == "article.html")
    environment = build_environment(used, plan.sites)
    return render_page(spec, environment, used, plan.sites, Shelf()).data.decode(), environment.careful


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("{{ page.section.title }}", "World"),
        ("{{ page.extra.people[0].name }}", "Ann"),
        ("{{ page.extra.kind }} {{ page.extra['items'] }} {{ page.extra.get('kind') }}", "wide 3 wide"),
        ("{% set table = page.extra %}{{ table.class }}", "high"),
        ("{{ page.nothing is defined }} {{ page.nothing | default('none') }}", "False none"),
        ("{{ page.nothing is undefined and page.title is defined }}", "True"),
        ("{{ 'a'.upper() }} {{ 7.real }} {{ ('b' ~ 'c').upper() }}", "A 7 BC"),
        ("{% set kept = namespace(a=1) %}{% set kept.a = 2 %}{{ kept.a }}", "2"),
        ("{% for item in 'ab' %}{{ loop.index }}{{ loop.last }} {% endfor %}", "1False 2True "),
        ("{% import 'm.html' as m %}{{ m.m(page) }}", "A"),
        ("{{ {'class': 1, 'from': 2}.class }}", "1"),
        ("{{ {'\ufb01': 1}.\ufb01 }}", "1"),
    ],
)
def test_a_template_that_says_what_to_expect_is_rendered_quickly(template: str, printed: str) -> None:
    assert render(template) == (printed, set())


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("{% set table = page.extra %}{{ table.kind }} {{ table.people[0].name }}", "wide Ann"),
        (ANN, "Ann"),
        ("{% set kept = namespace(n=0) %}{% set kept.n = kept.n + 1 %}{{ kept.n }}" + ANN, "1Ann"),
        ("{% set turn = cycler(1, 2) %}{{ turn.next() }}" + ANN, "1Ann"),
        ("{% macro m(table) %}{{ table.kind }}{% endmacro %}{{ m(page.extra) }}", "wide"),
    ],
)
def test_any_other_is_rendered_as_by_jinja(template: str, printed: str) -> None:
    assert render(template) == (printed, {"article.html"})


@pytest.mark.parametrize("template", ["{{ page.titel }}", "{% if page.section.titel %}{% endif %}"])
def test_what_is_not_there_is_told_with_its_line(template: str) -> None:
    problem = fail({"article.html": "\n" + template})
    assert problem.message.partition(" has no `titel`")[0] in ("ArticleView", "Named")
    assert problem.span is not None
    assert problem.span.line == 2


def test_the_tables_of_all_views_are_known() -> None:
    kinds = {
        kind
        for module in (views, comment_views, index_views, machine_views, message_views, card, comments)
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__
    }
    shown = {name for kind in kinds for name in name_fields(kind) if get_origin(get_type_hints(kind)[name]) is Mapping}
    assert shown == TABLES
