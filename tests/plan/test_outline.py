"""What is kept of a plan besides its pages and cards."""

from sitegen.model.article import LeadImage, LinkSlot, NeighbourChoice
from sitegen.model.config import Config, MenuItem
from sitegen.model.names import Url
from sitegen.model.values import replace
from sitegen.plan.site import plan_site
from tests.samples import article, chosen, metadata, plain, sources

CONFIG = Config(base_url="https://news.example/")


def test_it_names_what_articles_are_called_elsewhere() -> None:
    plan = plan_site(
        sources(
            plain("a", "2026-10-01", prev=chosen("b.md"), next=chosen(title="C")),
            plain("b", "2026-10-02", next=NeighbourChoice(suppressed=True)),
            plain("c", "2026-10-03", aliases=(Url("/old/"), Url("/?p=7"))),
            plain("d", "2026-12-01", prev=chosen("some-slug", "Some words")),
            config=replace(CONFIG, redirects={"/older/": "world/b.md#end"}),
        )
    )
    months = "/world/2026/10"
    # The redirect and the choice lead to B, the other choice and an alias to C.
    assert plan.outline.named == {"b.md", "C", "some-slug", "Some words", f"{months}/b/", f"{months}/c/"}


def test_it_reserves_what_waiting_articles_will_need() -> None:
    waiting = plain("w", "2026-12-01", tags=("New",), aliases=(Url("/later/"),))
    reserved = plan_site(sources(plain("a"), waiting, config=CONFIG)).outline.reserved
    assert {"world/2026/12/w/index.html", "later/index.html", "tags/new/index.html"} <= reserved
    assert not plan_site(sources(plain("a"), config=CONFIG)).outline.reserved


def test_it_says_what_an_edit_may_mend() -> None:
    lost = tuple(
        LinkSlot(target=target, attribute="href", span=None) for target in ("/lost/", "/world/2026/10/a/", "x.gz")
    )
    talker = article("world/b.md", metadata("b", image=LeadImage(src="lost.png")), links=lost)
    outline = plan_site(sources(plain("a"), talker, config=CONFIG)).outline
    assert outline.awaited == {"lost/index.html", "world/2026/10/b/x.gz"}
    assert (outline.is_settled, outline.suggests) == (True, False)
    chooser = plain("c", next=chosen(title="Nowhere"))
    assert not plan_site(sources(plain("a"), chooser, config=CONFIG)).outline.is_settled
    menus = replace(CONFIG, menus={"main": (MenuItem(title="X", url="nothing"),)})
    assert plan_site(sources(plain("a"), config=menus)).outline.suggests
