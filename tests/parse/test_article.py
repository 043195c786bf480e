import pytest

from sitegen.errors import ContentError, Span
from sitegen.model.article import ImageSlot, LinkSlot
from sitegen.model.config import Config, MarkdownConfig
from sitegen.model.digests import digest_value
from sitegen.parse.article import DocumentSource, locate_document, parse_article
from sitegen.parse.article_text import ParsedArticle
from sitegen.parse.markdown import build_engine

ENGINE = build_engine(MarkdownConfig())
PATH = "content/world/2023-07-08-nato-office.md"


def parse(text: str, path: str = PATH, config: Config | None = None) -> ParsedArticle:
    return parse_article(text, locate_document(path), ENGINE, config or Config())


@pytest.mark.parametrize(
    ("path", "kind", "bundle", "section", "stem"),
    [
        ("content/world/2023-07-08-x.md", "article", False, "world", "2023-07-08-x"),
        ("content/x.md", "article", False, None, "x"),
        ("content/Künste & Co/deep/x.md", "article", False, "künste-co", "x"),
        ("content/world/bridge/index.md", "article", True, "world", "bridge"),
        ("content/world/deep/bridge/index.md", "article", True, "world", "bridge"),
        ("content/pages/about.md", "page", False, None, "about"),
        ("content/pages/legal/imprint.md", "page", False, None, "imprint"),
        ("content/pages/about/index.md", "page", True, None, "about"),
        ("content/world/pages/x.md", "article", False, "world", "x"),
        ("content/world/x.y.md", "article", False, "world", "x.y"),
    ],
)
def test_a_path_says_what_a_document_is(path: str, kind: str, bundle: bool, section: str | None, stem: str) -> None:
    source = locate_document(path)
    assert (source.kind, source.bundle, source.section, source.stem) == (kind, bundle, section, stem)
    assert source.id == path.removeprefix("content/")
    assert isinstance(source, DocumentSource)


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        (
            "content/world/index.md",
            "use `content/world/_index.md` for the section, or give the article a folder of its own",
        ),
        ("content/pages/index.md", "give it a name, such as `content/pages/about.md`, or a folder of its own"),
        ("content/index.md", "give it a name, such as `content/about.md`, or a folder of its own"),
    ],
)
def test_an_index_needs_a_folder_of_its_own(path: str, hint: str) -> None:
    with pytest.raises(ContentError) as caught:
        locate_document(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.hint) == ("index", path, hint)


def test_a_whole_article() -> None:
    parsed = parse(
        "---\n"
        "title: NATO office\n"
        "---\n"
        "\n"
        '"France" refused[^1]. See [more](other.md) and ![map](map%201.png).\n'
        "\n"
        "## Reactions\n"
        "\n"
        "[^1]: In July.\n"
    )
    article = parsed.article
    assert article.id == "world/2023-07-08-nato-office.md"
    assert article.metadata.title == "NATO office"
    assert article.metadata.section == "world"
    assert article.excerpt == "“France” refused. See more and ."
    assert article.links == (LinkSlot(target="other.md", span=Span(line=5, column=34, length=8)),)
    assert article.images == (ImageSlot(target="map 1.png", span=Span(line=5, column=55, length=11)),)
    assert article.warnings == ()
    assert article.body_digest == digest_value(parsed.body)
    assert [entry.id for entry in parsed.body.toc] == ["reactions"]
    assert len(parsed.body.parts) == 3
    assert parsed.body.words == 8


def test_the_language_of_the_document_decides_on_punctuation() -> None:
    assert parse('---\ntitle: T\nlang: de\n---\n"Ja"').body.parts == ("<p>„Ja“</p>",)
    assert parse('---\ntitle: T\n---\n"Ja"', config=Config(language="fr")).article.excerpt == "«\u202fJa\u202f»"


def test_one_warning_for_each_kind_of_template_tag() -> None:
    warnings = parse("---\ntitle: T\n---\n{{< ref a >}}\n\n{{< ref b >}} {{% note %}}\n").article.warnings
    assert [(problem.code, problem.message, problem.file, problem.span) for problem in warnings] == [
        (
            "template-tag",
            "`{{< ref >}}` is a template tag of another generator; it is shown as text",
            PATH,
            Span(line=4, column=1, length=13),
        ),
        (
            "template-tag",
            "`{{% note %}}` is a template tag of another generator; it is shown as text",
            PATH,
            Span(line=6, column=15, length=12),
        ),
    ]


def test_dropped_links_are_warned_of_in_their_file() -> None:
    (problem,) = parse("---\ntitle: T\n---\n[a](javascript:b)\n").article.warnings
    assert (problem.code, problem.file, problem.span) == ("link", PATH, Span(line=4, column=5, length=12))


def test_problems_of_front_matter_and_body_come_together() -> None:
    with pytest.raises(ContentError) as caught:
        parse("---\ntitle: T\nrating: lots\n---\n\nText\n\n" + "[" * 5_000)
    assert {problem.file for problem in caught.value.problems} == {PATH}
    assert [problem.code for problem in caught.value.problems] == ["rating", "markdown"]
    assert caught.value.problems[1].span == Span(line=8)


def test_an_empty_body_is_fine() -> None:
    parsed = parse("---\ntitle: T\n---\n")
    assert (parsed.body.parts, parsed.body.words, parsed.article.excerpt) == (("",), 0, "")


@pytest.mark.parametrize("digits", ["9" * 5_000, "0" * 5_000 + "65"], ids=["huge", "zeros"])
@pytest.mark.parametrize("body", ["x &#{};\n", "## x &#{};\n", "[x](y&#{};)\n", '![x](y.png "&#{};")\n'])
def test_references_of_thousands_of_digits_are_read(body: str, digits: str) -> None:
    parsed = parse(f"---\ntitle: x\n---\n{body.format(digits)}")
    assert parsed.article.metadata.title == "x"
