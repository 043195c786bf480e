"""The preview follows the files of its site, whatever happens to them."""

import shutil
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest

from sitegen.app.serve import ServeRequest, describe_problems, serve_site
from sitegen.app.site import load_site
from sitegen.errors import MachineError, UsageError
from sitegen.model.preview import Preview
from sitegen.parse.config import override_base_url
from sitegen.plan.site import plan_site
from tests.samples import CLOCK
from tests.serve.clients import listen
from tests.serve.desk import Desk, serve
from tests.sites import CONFIG, Silence, build, read_tree, write_article, write_files, write_site


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is `CLOCK`."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(CLOCK.timestamp())))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site below a path, with something in every state."""
    return write_site(
        tmp_path.resolve() / "site",
        {
            "sitegen.toml": CONFIG.replace("https://news.example/", "https://news.example/gazette/"),
            "content/world/a.md": write_article("A"),
            "content/world/draft.md": write_article("Draft", draft="true"),
            "content/world/later.md": write_article("Later", "2027-01-01"),
            "content/world/over.md": write_article("Over", "2026-01-01", expires="2026-02-01"),
        },
    )


def test_everything_is_shown_at_the_root_of_this_machine(site: Path) -> None:
    with serve(site) as desk:
        for target in ("/world/2026/10/a/", "/world/2026/10/draft/", "/world/2027/01/later/", "/world/2026/01/over/"):
            assert "<h1>" in desk.read(target)
        assert f"<loc>http://localhost:{desk.port}/world/2026/10/a/</loc>" in desk.read("/sitemap.xml")
        assert "gazette" not in desk.read("/sitemap.xml") + desk.read("/rss.xml") + desk.read("/")
        assert desk.read("/missing") == "404 not here\n"
        assert desk.notices() == []
    assert not (site / "output").exists()


def test_an_edit_is_built_and_told(site: Path) -> None:
    with serve(site) as desk:
        desk.write("content/world/a.md", write_article("A", body="Another text."))
        outcome = desk.wait_for_writing()
        assert outcome.changed == ("content/world/a.md",)
        assert "Another text." in desk.read("/world/2026/10/a/")
        (site / "content/world/a.md").unlink()
        assert desk.wait_for_writing().report.removed > 0
        assert desk.read("/world/2026/10/a/").startswith("404 ")


def test_an_edited_text_needs_no_plan(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(site, {"content/world/a.md": write_article("A", body="Its own text.", description="In short.")})
    with serve(site) as desk:
        plan = Mock(wraps=plan_site)
        monkeypatch.setattr("sitegen.app.build.plan_site", plan)
        for text in ("In other words.", "Once more."):
            desk.write("content/world/a.md", write_article("A", body=text, description="In short."))
            assert not desk.wait_for_writing().report.problems
            assert text in desk.read("/world/2026/10/a/")
        plan.assert_not_called()


def test_a_mistake_keeps_the_last_version_of_its_page_alone(site: Path) -> None:
    with serve(site) as desk:
        desk.write("content/world/a.md", write_article("A", body="Not shown.", rating="9"))
        desk.write("content/world/b.md", write_article("B", body="Shown."))
        outcome = desk.wait_for(lambda outcome: bool(outcome.report.errors) and outcome.report.written > 0)
        (notice,) = describe_problems(outcome)
        assert notice.text.splitlines() == [
            "content/world/a.md:4:9: error[rating]: must be at most 5",
            "  4 | rating: 9",
            "              ^",
            "  hint: the scale is 1 to 5; a mapping with `best` and `worst` sets another",
        ]
        assert desk.notices() == [notice.text]
        assert "Text." in desk.read("/world/2026/10/a/")
        assert "Shown." in desk.read("/world/2026/10/b/")
        desk.write("content/world/a.md", write_article("A", body="Mended.", rating="5"))
        desk.wait_for(lambda outcome: not outcome.report.errors)
        assert desk.notices() == []
        assert "Mended." in desk.read("/world/2026/10/a/")


def test_a_broken_configuration_leaves_the_preview_as_it_was(site: Path) -> None:
    with serve(site) as desk:
        desk.write("sitegen.toml", 'title = "The Gazette"\npage_size = 0\n')
        desk.wait_for(lambda outcome: bool(outcome.report.errors))
        assert desk.notices()[0].startswith("sitegen.toml:2:13: error[config]: `page_size`: must be at least 1\n  2 | ")
        assert "The Gazette" in desk.read("/")
        (site / "sitegen.toml").unlink()
        outcome = desk.wait_for(lambda outcome: outcome.failure is not None)
        assert isinstance(outcome.failure, UsageError)
        assert "The Gazette" in desk.read("/")
        desk.write("sitegen.toml", CONFIG.replace("Gazette", "Courier"))
        desk.wait_for_writing()
        assert "The Courier" in desk.read("/")
        assert desk.notices() == []


def test_problems_are_the_page_until_there_is_a_first_build(site: Path) -> None:
    (site / "sitegen.toml").write_text("title = \n")
    with serve(site) as desk:
        assert desk.read("/any/").startswith("500 ")
        assert "sitegen.toml:1:" in desk.read("/")
        with listen(desk.port) as news:
            before = next(news).generation
            desk.write("sitegen.toml", "title = 5\n")
            assert next(news).generation > before
            assert "`title`: must be text in quotes" in desk.read("/")
            desk.write("sitegen.toml", CONFIG)
            desk.wait_for_writing()
        assert "The Gazette" in desk.read("/")


def test_a_broken_template_leaves_the_preview_as_it_was(site: Path) -> None:
    with serve(site) as desk:
        template = site / "themes/tiny/templates/article.html"
        sound = template.read_text()
        template.write_text("{% if %}")
        desk.wait_for(lambda outcome: bool(outcome.report.errors))
        assert any("themes/tiny/templates/article.html:1" in notice for notice in desk.notices())
        assert "<h1>A</h1>" in desk.read("/world/2026/10/a/")
        template.write_text(sound.replace("<h1>", "<h1 class=mended>"))
        desk.wait_for(lambda outcome: not outcome.report.errors and outcome.report.written > 0)
        assert "<h1 class=mended>A</h1>" in desk.read("/world/2026/10/a/")


def test_what_stands_in_the_way_is_shown_and_outlived(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.app.serve._RETRY_SECONDS", 0.05)
    folder = site / ".sitegen/preview/site"
    write_files(folder.parent, {"site": "a file"})
    with serve(site) as desk:
        assert "500 " in desk.read("/")
        assert [notice.split("\n")[0] for notice in desk.notices()] == [f"error: {folder} is a file"]
        folder.unlink()  # nobody watches this: it is tried again after a while
        desk.wait_for_writing()
        assert "The Gazette" in desk.read("/")
        assert desk.notices() == []


def test_a_site_is_previewed_once_at_a_time(site: Path) -> None:
    second = Desk(site)
    second.is_over = True
    with serve(site), pytest.raises(MachineError, match=r"preview is in use by `sitegen serve`, process \d+, since"):
        serve_site(ServeRequest(folder=site, config=None, ports=[0]), second, Silence())


def test_no_site_is_a_mistake_of_the_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no sitegen\.toml"):
        serve_site(ServeRequest(folder=tmp_path, config=None, ports=[0]), Desk(tmp_path), Silence())


def test_builds_into_the_output_go_on_beside_it(site: Path) -> None:
    with serve(site) as desk:
        assert build(site).rendered > 0
        before = read_tree(site / "output")
        for number in range(3):
            desk.write("content/world/a.md", write_article("A", body=f"Text {number}."))
            assert build(site).published
            desk.wait_for_writing()
        assert build(site).rendered == 0
        assert read_tree(site / "output").keys() == before.keys()
        desk.write("content/world/a.md", write_article("A", body="Last."))
        outcome = desk.wait_for_writing()
        assert 0 < outcome.report.rendered < 10
        assert "Text 2." in (site / "output/world/2026/10/a/index.html").read_text()
        assert "Last." in desk.read("/world/2026/10/a/")
    for path, data in read_tree(site / "output").items():
        assert b"__sitegen" not in data, path


def test_a_preview_that_somebody_takes_away_comes_back(site: Path) -> None:
    with serve(site) as desk:
        shutil.rmtree(site / ".sitegen/preview/site")
        assert "It is being built" in desk.read("/")
        desk.wait_for_writing()
        assert "The Gazette" in desk.read("/")


def test_time_alone_is_a_reason_to_build(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soon = CLOCK + timedelta(seconds=1)
    write_files(site, {"content/world/soon.md": write_article("Soon", soon.isoformat())})
    with serve(site) as desk:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(soon.timestamp())))
        outcome = desk.wait_for(lambda outcome: not outcome.changed)
        assert outcome.report.scheduled == 1


def test_pages_show_no_more_problems_than_fit(site: Path) -> None:
    for number in range(60):
        write_files(site, {f"content/world/{number}.md": write_article("A", rating="9")})
    with serve(site) as desk:
        notices = desk.notices()
    assert len(notices) == 51
    assert notices[-1] == "and 10 more: see the terminal"


def test_the_state_after_many_edits_is_that_of_a_clean_build(site: Path, tmp_path: Path) -> None:
    with serve(site) as desk:
        articles = {f"content/sport/{number}.md": write_article(f"Match {number}") for number in range(120)}
        write_files(site, articles)
        (site / "content/sport").rename(site / "content/games")
        for number in range(0, 120, 3):
            (site / f"content/games/{number}.md").unlink()
        write_files(site, {"content/games/1.md": write_article("Last match"), "static/x.txt": "x"})
        desk.wait_for(lambda outcome: outcome.report.articles == 84)

        config = override_base_url(load_site(site, None).config, f"http://localhost:{desk.port}/")
        build(site, tmp_path / "clean", config=config, preview=Preview(drafts=True, future=True, expired=True))
        desk.write("content/world/a.md", write_article("A"))
        assert read_tree(site / ".sitegen/preview/site") == read_tree(tmp_path / "clean")
