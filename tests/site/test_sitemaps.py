"""Maps of built sites, against the rules of their protocols."""

from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from sitegen.model.config import Config, PagesConfig
from sitegen.plan.site import plan_site
from sitegen.plan.sitemaps import Limits, plan_sitemaps
from sitegen.render.environment import build_environment
from sitegen.render.page import render_page
from sitegen.storage.themes import load_theme
from tests.render.rendering import Shelf
from tests.samples import CLOCK, plain, sources
from tests.site.links import explain_address, read_site
from tests.sites import build, write_article, write_site

SCHEMAS = Path(__file__).resolve().parent / "schemas"
HERE = "https://example.org/some/prefix/"
CONFIG = Config(base_url=HERE, pages=PagesConfig(archive=False))
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def check(data: bytes, schema: str) -> list[str]:
    """Return what is wrong with a map; `schema` is the name of a file without its suffix."""
    validator = etree.XMLSchema(etree.parse(SCHEMAS / f"{schema}.xsd"))
    validator.validate(etree.fromstring(data))
    return [str(entry) for entry in validator.error_log]


def addresses_in(data: bytes) -> list[str]:
    return [element.text or "" for element in ET.fromstring(data).iter(LOC)]


def test_the_maps_of_the_sample_site_are_valid_and_lead_somewhere(sample_output: Path, sample_base_url: str) -> None:
    site = read_site(sample_output, sample_base_url)
    data = (sample_output / "sitemap.xml").read_bytes()
    assert check(data, "sitemap") == []
    assert check((sample_output / "news-sitemap.xml").read_bytes(), "news-sitemap") == []
    addresses = addresses_in(data)
    assert len(addresses) > 30
    assert [problem for address in addresses if (problem := explain_address(site, address))] == []


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a site below a path, with awkward names and an article of today in each of two languages."""
    files: dict[str, str | bytes] = {
        "sitegen.toml": f'title = "Über & <News>"\nbase_url = "{HERE}"\ntheme = ["tiny"]\n',
        "content/wörld/a'b&c.md": write_article('"\\u0092Title & <b>"', "2026-10-31 18:00+02:00"),
        "content/wörld/today.md": write_article("Nieuws", "2026-11-01 06:00", lang="pt-BR"),
        "content/wörld/taken.md": write_article("Taken", "2026-11-01", source="{name: RT.com, policy: noindex}"),
        "content/wörld/old.md": write_article("Old", "2026-10-01"),
    }
    root = write_site(tmp_path_factory.mktemp("maps"), files)
    report = build(root)
    assert [problem.message for problem in report.problems if problem.severity == "error"] == []
    return root / "output"


def test_names_are_escaped_in_both_maps(output: Path) -> None:
    assert check((output / "sitemap.xml").read_bytes(), "sitemap") == []
    assert check((output / "news-sitemap.xml").read_bytes(), "news-sitemap") == []
    site = read_site(output, HERE)
    addresses = addresses_in((output / "sitemap.xml").read_bytes())
    assert f"{HERE}w%C3%B6rld/2026/10/a-b-c/" in addresses
    assert not [address for address in addresses if "taken" in address]
    assert [problem for address in addresses if (problem := explain_address(site, address))] == []


def test_news_says_who_published_what_and_when(output: Path) -> None:
    root = ET.fromstring((output / "news-sitemap.xml").read_bytes())
    assert [[text.strip() for text in url.itertext() if text.strip()] for url in root] == [
        [f"{HERE}pt-br/w%C3%B6rld/2026/11/today/", "Über & <News>", "pt", "2026-11-01T06:00:00Z", "Nieuws"],
        [f"{HERE}w%C3%B6rld/2026/10/a-b-c/", "Über & <News>", "en", "2026-10-31T16:00:00Z", "Title & <b>"],
    ]


def test_robots_find_both_maps(output: Path) -> None:
    robots = RobotFileParser()
    robots.parse((output / "robots.txt").read_text(encoding="utf-8").splitlines())
    assert robots.site_maps() == [f"{HERE}sitemap.xml", f"{HERE}news-sitemap.xml"]
    assert robots.can_fetch("*", f"{HERE}w%C3%B6rld/")


def test_news_leaves_by_itself_and_nothing_else_is_rendered(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"content/world/a.md": write_article("A", "2026-10-31")})
    due = build(site).next_change
    assert due is not None
    assert len(addresses_in((site / "output/news-sitemap.xml").read_bytes())) == 1
    report = build(site, clock=due)
    assert (report.rendered, report.written, report.next_change) == (1, 1, None)
    data = (site / "output/news-sitemap.xml").read_bytes()
    assert (addresses_in(data), check(data, "news-sitemap")) == ([], [])


def test_the_parts_of_a_long_sitemap_are_valid_and_so_is_the_list_of_them(tmp_path: Path) -> None:
    plan = plan_site(sources(*(plain(name) for name in "abc"), config=CONFIG, clock=CLOCK))
    used = load_theme(("broadsheet",), tmp_path)
    environment = build_environment(used, plan.sites)
    specs = plan_sitemaps(plan.lines.values(), plan.sites["en"], Limits(addresses=2))
    pages = {spec.path: render_page(spec, environment, used, plan.sites, Shelf()).data for spec in specs}
    index = pages.pop("sitemap.xml")  # type: ignore[call-overload]
    assert check(index, "sitemap-index") == []
    assert addresses_in(index) == [f"{HERE}{path}" for path in pages]
    assert [problem for data in pages.values() for problem in check(data, "sitemap")] == []


def test_the_schemas_see_what_is_wrong(tmp_path: Path) -> None:
    def write(inside: str) -> bytes:
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</urlset>'.encode()

    good = "<url><loc>https://a.example/</loc></url>"
    assert check(write(good), "sitemap") == []
    for bad in (
        "",
        good + good,
        "<url><loc>/a/</loc></url>",
        good.replace("</url>", "<lastmod>9 July</lastmod></url>"),
    ):
        assert check(write(bad), "sitemap"), bad
    assert check(write(""), "news-sitemap") == []
    assert check(write(good), "news-sitemap")
