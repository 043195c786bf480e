"""All tags and all authors, in the order in which readers look for them."""

import pytest

from sitegen.model.card import Named
from sitegen.model.config import Config, PagesConfig
from sitegen.model.index import Group
from sitegen.model.index_views import NameGroup, NamesView
from sitegen.model.names import Slug, Url
from sitegen.plan.name_index import sort_names
from sitegen.plan.site import plan_site
from tests.samples import plain, sources, view_at


def group(name: str) -> Group:
    return Group(slug=Slug(name), named=Named(title=name, url=Url(f"/tags/{name}/")), description="", cards=())


def sorted_names(*names: str) -> list[str]:
    return [entry.named.title for part in sort_names([group(name) for name in names]) for entry in part.entries]


def letters(groups: tuple[NameGroup, ...]) -> dict[str, str]:
    return {part.letter: " ".join(entry.named.title for entry in part.entries) for part in groups}


@pytest.mark.parametrize(
    "ordered",
    [
        ["Amber", "bridge", "Coal"],
        ["Economy", "Élan", "Energy", "Équipe", "Etna"],
        ["Zebra", "ø", "Ødegård"],
        ["ecole", "École", "École 2"],
        ["5G", "Amber"],
    ],
)
def test_case_and_accents_do_not_count(ordered: list[str]) -> None:
    assert sorted_names(*reversed(ordered)) == ordered


def test_few_names_are_one_group() -> None:
    names = [f"Tag {number:02}" for number in range(30)]
    assert letters(sort_names([group(name) for name in names])) == {"": " ".join(names)}


def test_many_names_stand_by_letter() -> None:
    many = [f"Many{number:02}" for number in range(30)]
    others = ["5G", "Élan", "energy", "¿Qué", "ﬁne", "ßtraße", "Ðu", "日本", "ещё"]
    found = letters(sort_names([group(name) for name in (*many, *others)]))
    assert found == {
        "0-9": "5G",
        "#": "¿Qué",
        "E": "Élan energy",
        "F": "ﬁne",
        "M": " ".join(many),
        "S": "ßtraße",
        "Ð": "Ðu",
        "Е": "ещё",
        "日": "日本",
    }


def test_every_name_is_there_with_the_number_of_its_articles() -> None:
    items = (
        plain("a", tags=("NATO", "Bridge"), authors=("Ann",)),
        plain("b", tags=("nato",), authors=("Ann", "Bob")),
        plain("c", tags=("Vrede",), language="nl"),
    )
    plan = plan_site(sources(*items))
    shown = {
        path: [(entry.named.title, entry.named.url, entry.count) for part in view.groups for entry in part.entries]
        for path in ("tags", "authors", "nl/tags")
        for view in [view_at(plan, f"{path}/index.html", NamesView)]
    }
    assert shown == {
        "tags": [("Bridge", "/tags/bridge/", 1), ("NATO", "/tags/nato/", 2)],
        "authors": [("Ann", "/authors/ann/", 2), ("Bob", "/authors/bob/", 1)],
        "nl/tags": [("Vrede", "/nl/tags/vrede/", 1)],
    }
    assert (plan.sites["en"].tags, plan.sites["nl"].tags, plan.sites["nl"].authors) == ("/tags/", "/nl/tags/", None)
    assert "nl/authors/index.html" not in {spec.path for spec in plan.specs}


def test_they_can_be_switched_off() -> None:
    config = Config(pages=PagesConfig(tags=False, authors=False))
    plan = plan_site(sources(plain("a", tags=("NATO",), authors=("Ann",)), config=config))
    assert {"tags/index.html", "authors/index.html"}.isdisjoint(spec.path for spec in plan.specs)
    assert (plan.sites["en"].tags, plan.sites["en"].authors) == (None, None)
    assert "tags/nato/index.html" in {spec.path for spec in plan.specs}
