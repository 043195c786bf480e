"""The environment that templates run in."""

from sitegen.render.environment import asset_addresses, build_environment
from tests.render.rendering import fail, layer, render_article, show, theme


def test_everything_is_escaped_in_pages_and_feeds_alike() -> None:
    for name in ("article.html", "rss.xml", "robots.txt", "odd"):
        environment = build_environment(theme(layer({name: "{{ value }}"})), ["en"])
        assert environment.get_template(name).render(value="<b>'\"&") == "&lt;b&gt;&#39;&#34;&amp;"


def test_nothing_undefined_is_rendered() -> None:
    for text in ("{{ nothing }}", "{{ page.nothing }}", "{% if nothing %}{% endif %}"):
        assert fail({"article.html": text}).code == "template"


def test_templates_have_no_clock_and_no_dice() -> None:
    environment = build_environment(theme(), ["en"])
    assert {"lipsum", "now", "today", "random"} & {*environment.globals, *environment.filters} == set()
    assert fail({"article.html": "{{ [1, 2] | random }}"}).message.startswith("there is no filter `random`")
    assert fail({"article.html": "{{ lipsum() }}"}).message.startswith("`lipsum` is not defined")


def test_tags_on_a_line_of_their_own_leave_no_blank_line() -> None:
    assert show("{% if true %}\n  {% set x = 1 %}\nyes\n{% endif %}\n") == "yes\n"


def test_an_address_of_a_file_leads_from_the_page_that_a_loop_names() -> None:
    text = "{% for item in (page.section,) %}{% set page = item %}{{ asset('a') }} {% endfor %}{{ asset('a') }}"
    used = theme(layer({"article.html": text}, static={"a": "0123456789"}))
    assert render_article(used) == "../assets/a?v=01234567 ../../../../assets/a?v=01234567"


def test_addresses_of_static_files_hold_any_name() -> None:
    files = layer({}, static={"a #1 50%.css": "0123456789"})
    assert asset_addresses(theme(files)) == {"a #1 50%.css": "/assets/a %231 50%25.css?v=01234567"}
