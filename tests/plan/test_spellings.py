"""Names that no address can tell apart."""

from sitegen.errors import Span
from sitegen.model.article import Article, SectionIndex
from sitegen.model.facts import SiteSources
from sitegen.model.names import Slug
from sitegen.model.preview import Preview
from sitegen.plan.site import plan_site
from tests.samples import article, metadata, plain, sources, told


def test_a_name_that_only_a_sign_tells_apart_is_refused_in_the_newer_article() -> None:
    source = sources(plain("old", "2026-09-01", tags=("C",)), plain("new", tags=("C++",)))
    assert told(plan_site(source)) == [
        ("tags", "content/world/new.md", "`C++` wants the address of `C` in content/world/old.md: `/tags/c/`")
    ]


def test_the_place_is_that_of_the_field() -> None:
    both = article("world/x.md", metadata("x", tags=("C++", "C")), spans={"tags": Span(line=4, column=7)})
    (problem,) = plan_site(sources(both)).problems
    assert (problem.span, problem.hint) == (Span(line=4, column=7), "write one of them in words")


def test_authors_and_sections_too() -> None:
    source = sources(
        plain("a", "2026-09-01", authors=("Ann & Bob",), section=Slug("r-d"), section_title="R&D"),
        plain("b", authors=("Ann Bob",), section=Slug("r-d"), section_title="R D"),
    )
    assert [(code, message) for code, _, message in told(plan_site(source))] == [
        ("section", "`R D` wants the address of `R&D` in content/world/a.md: `/r-d/`"),
        ("authors", "`Ann Bob` wants the address of `Ann & Bob` in content/world/a.md: `/authors/ann-bob/`"),
    ]


def spelled(*names: str) -> SiteSources:
    return sources(*(plain(f"a{place}", tags=(name,), authors=(name,)) for place, name in enumerate(names)))


def test_case_spaces_and_punctuation_make_no_other_name() -> None:
    assert told(plan_site(spelled("Covid-19", "COVID 19", "covid_19", "“Covid” 19!"))) == []


def test_languages_do_not_share_addresses() -> None:
    assert told(plan_site(sources(plain("a", tags=("C",)), plain("b", tags=("C++",), language="nl")))) == []


def test_a_folder_without_letters_is_no_section() -> None:
    nameless = article("#/x.md", metadata("x", section=Slug("")))
    assert told(plan_site(sources(nameless))) == [
        ("section", "content/#/x.md", "the folder `#` has no letter or digit for an address")
    ]


def test_what_index_files_call_a_section_does_not_count() -> None:
    named = {Slug("world"): SectionIndex(slug=Slug("world"), title="World & more")}
    assert told(plan_site(sources(plain("a"), plain("b"), sections=named))) == []


def c_and(other: Article, preview: Preview | None = None) -> list[tuple[str, str | None, str]]:
    return told(plan_site(sources(plain("old", "2026-09-01", tags=("C",)), other, preview=preview)))


def test_the_day_of_publication_brings_no_surprise_and_a_draft_none_before_it_is_shown() -> None:
    assert [code for code, *_ in c_and(plain("scheduled", "2027-01-01", tags=("C++",)))] == ["tags"]
    assert c_and(plain("draft", draft=True, tags=("C++",))) == []
    assert [code for code, *_ in c_and(plain("draft", draft=True, tags=("C++",)), Preview(drafts=True))] == ["tags"]
