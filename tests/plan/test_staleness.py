"""Which pages have to be rendered, and why."""

import pytest

from sitegen.model.names import Digest, OutPath
from sitegen.model.page import PageSpec, SpecWriter, encode_spec
from sitegen.model.values import replace
from sitegen.plan.site import plan_site
from sitegen.plan.staleness import KeyDigests, KeyWriter, find_stale, renew_key
from tests.samples import plain, sources

(SPEC,) = (spec for spec in plan_site(sources(plain("a"))).specs if spec.template == "article.html")
DIGESTS = KeyDigests(
    templates={"article.html": Digest("t" * 32)},
    assets=Digest("a" * 32),
    words={"en": Digest("w" * 32)},
    sites={"en": Digest("s" * 32)},
    engine=Digest("e" * 32),
)


def key_of(spec: PageSpec) -> Digest:
    return KeyWriter(DIGESTS).build(spec)


def reasons(digests: KeyDigests, before: Digest | None, *damaged: OutPath) -> tuple[str, ...]:
    known = {SPEC.path: before} if before else {}
    (verdict,) = find_stale([SPEC], known, damaged, digests)
    assert verdict.is_stale == bool(verdict.reasons)
    return verdict.reasons


def test_a_page_that_stands_as_it_is() -> None:
    assert reasons(DIGESTS, key_of(SPEC)) == ()


def test_a_new_page_and_a_damaged_one() -> None:
    assert reasons(DIGESTS, None) == ("new",)
    assert reasons(DIGESTS, key_of(SPEC), SPEC.path) == ("output",)


@pytest.mark.parametrize(
    ("part", "changed"),
    [
        ("templates", replace(DIGESTS, templates={"article.html": Digest("T" * 32)})),
        ("assets", replace(DIGESTS, assets=Digest("A" * 32))),
        ("words", replace(DIGESTS, words={"en": Digest("W" * 32)})),
        ("site", replace(DIGESTS, sites={"en": Digest("S" * 32)})),
        ("engine", replace(DIGESTS, engine=Digest("E" * 32))),
    ],
)
def test_the_part_that_changed_is_the_reason(part: str, changed: KeyDigests) -> None:
    assert reasons(changed, key_of(SPEC)) == (part,)


def test_another_view_is_the_reason() -> None:
    other = next(s for s in plan_site(sources(plain("a", title="Else"))).specs if s.path == SPEC.path)
    assert reasons(DIGESTS, key_of(other)) == ("view",)


def test_a_page_is_written_with_its_key() -> None:
    assert KeyWriter(DIGESTS).write(SPEC) == (encode_spec(SPEC), key_of(SPEC))


def test_a_key_is_renewed_by_the_view_alone() -> None:
    other = replace(SPEC, source="content/else.md")
    assert renew_key(key_of(other), SpecWriter().digest(SPEC)) == key_of(SPEC) != key_of(other)


def test_the_view_is_not_looked_at_where_something_else_is_reason_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key_of(SPEC)
    monkeypatch.setattr(SpecWriter, "digest", lambda *_: pytest.fail("the view was looked at"))
    others = replace(DIGESTS, assets=Digest("A" * 32))
    assert all(
        verdict.is_stale
        for verdict in (
            *find_stale([SPEC], {}, (), DIGESTS),
            *find_stale([SPEC], {SPEC.path: before}, (SPEC.path,), DIGESTS),
            *find_stale([SPEC], {SPEC.path: before}, (), others),
        )
    )


def test_a_key_of_another_version_is_stale() -> None:
    assert reasons(DIGESTS, Digest("not-a-key")) != ()
