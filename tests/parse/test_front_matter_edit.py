"""One more old address in front matter: a document before and after, line by line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import ContentError
from sitegen.model.names import Url
from sitegen.parse.front_matter import split_document
from sitegen.parse.front_matter_edit import add_alias

OLD = Url("/old/")


def add(text: str, alias: Url = OLD, **own: str) -> str:
    return add_alias(text, "content/world/x.md", alias, own)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "---\ntitle: A # a comment\n---\n\nText.\n",
            '---\ntitle: A # a comment\naliases:\n  - "/old/"\n---\n\nText.\n',
            id="yaml without the key",
        ),
        pytest.param(
            "---\ntitle: |\n  A\n---\n", '---\ntitle: |\n  A\naliases:\n  - "/old/"\n---\n', id="yaml after a block"
        ),
        pytest.param("---\n---\nText.", '---\naliases:\n  - "/old/"\n---\nText.', id="empty yaml"),
        pytest.param(
            "---\naliases: # since 2020\n  # the first\n  - /a/ # one\n  - '/b/' # two\n\n# the title\ntitle: A\n---\n",
            "---\naliases: # since 2020\n  # the first\n  - /a/ # one\n  - '/b/' # two\n"
            '  - "/old/"\n\n# the title\ntitle: A\n---\n',
            id="yaml list with comments",
        ),
        pytest.param(
            "---\naliases:\n- /a/\n---\n", '---\naliases:\n- /a/\n- "/old/"\n---\n', id="yaml list, no indent"
        ),
        pytest.param(
            "---\naliases: [/a/, '/b/'] # x\n---\n", "---\naliases: [/a/, '/b/', \"/old/\"] # x\n---\n", id="flow"
        ),
        pytest.param(
            "---\naliases: [\n  /a/,\n  /b/,\n]\n---\n",
            '---\naliases: [\n  /a/,\n  /b/, "/old/",\n]\n---\n',
            id="flow on several lines",
        ),
        pytest.param("---\naliases: []\n---\n", '---\naliases: ["/old/"]\n---\n', id="empty flow"),
        pytest.param("---\naliases: /a/ # x\n---\n", '---\naliases: ["/a/", "/old/"] # x\n---\n', id="yaml text"),
        pytest.param(
            "---\naliases: # x\ntitle: A\n---\n", '---\naliases: ["/old/"] # x\ntitle: A\n---\n', id="yaml null"
        ),
        pytest.param("---\naliases: ~\n---\n", '---\naliases: ["/old/"]\n---\n', id="yaml null written"),
        pytest.param("---\n'aliases' : /a/\n---\n", '---\n\'aliases\' : ["/a/", "/old/"]\n---\n', id="a quoted key"),
        pytest.param(
            "---\nredirect_from: [/a/]\n---\n", '---\nredirect_from: [/a/, "/old/"]\n---\n', id="a foreign key"
        ),
        pytest.param(
            "---\nAliases: [/a/]\nredirect-from:\n  - /a/\n---\n",
            '---\nAliases: [/a/, "/old/"]\nredirect-from:\n  - /a/\n  - "/old/"\n---\n',
            id="two keys that must agree",
        ),
        pytest.param(
            "\n\n---\ntitle: A\n---\n", '\n\n---\ntitle: A\naliases:\n  - "/old/"\n---\n', id="below blank lines"
        ),
        pytest.param(
            '+++\ntitle = "A"\n[extra]\nx = 1\n+++\nText.\n',
            '+++\naliases = ["/old/"]\ntitle = "A"\n[extra]\nx = 1\n+++\nText.\n',
            id="toml without the key",
        ),
        pytest.param(
            "+++\naliases = [\n'/a/', # one\n'/b/', # two\n] # x\ntitle = 'A'\n+++\n",
            "+++\naliases = [\n'/a/', # one\n'/b/', \"/old/\", # two\n] # x\ntitle = 'A'\n+++\n",
            id="toml list on several lines",
        ),
        pytest.param("+++\naliases = []\n+++\n", '+++\naliases = ["/old/"]\n+++\n', id="toml, empty list"),
        pytest.param("+++\naliases = '/a/'\n+++\n", '+++\naliases = ["/a/", "/old/"]\n+++\n', id="toml text"),
        pytest.param(
            '{\n\t"title": "A",\n\t"x": {"y": 1}\n}\nText.\n',
            '{\n\t"aliases": ["/old/"],\n\t"title": "A",\n\t"x": {"y": 1}\n}\nText.\n',
            id="json without the key",
        ),
        pytest.param(
            '{\n"aliases": [\n"/a/"\n], "title": "A"\n}\n',
            '{\n"aliases": [\n"/a/", "/old/"\n], "title": "A"\n}\n',
            id="json list",
        ),
        pytest.param('{\n"aliases": null\n}\n', '{\n"aliases": ["/old/"]\n}\n', id="json null"),
        pytest.param("{\n}\n", '{\n  "aliases": ["/old/"]\n}\n', id="empty json"),
        pytest.param("Text.\n", '---\naliases:\n  - "/old/"\n---\nText.\n', id="no front matter"),
        pytest.param("", '---\naliases:\n  - "/old/"\n---\n', id="nothing at all"),
        pytest.param("---\n\nText.\n", '---\naliases:\n  - "/old/"\n---\n---\n\nText.\n', id="a thematic break"),
        pytest.param("\ufeff---\r\ntitle: A\r\n---\r\n", '---\ntitle: A\naliases:\n  - "/old/"\n---\n', id="windows"),
    ],
)
def test_documents(before: str, after: str) -> None:
    assert add(before) == after
    assert add(after) == after


@pytest.mark.parametrize(
    "text",
    [
        "---\naliases: [/old/]\n---\n",
        "---\naliases: /old/\n---\n",
        "---\naliases:\n  - /old/\n  - /b/\n---\n",
        "+++\nredirect_from = ['/old/']\n+++\n",
    ],
)
def test_an_address_that_is_there_stays_alone(text: str) -> None:
    assert add(text) == text


def test_a_key_that_the_site_reads_as_aliases() -> None:
    assert add("---\nformer: [/a/]\n---\n", former="aliases") == '---\nformer: [/a/, "/old/"]\n---\n'


def test_addresses_of_any_letters() -> None:
    text = add("---\ntitle: A\n---\n", Url('/caf\u00e9/\u65e5\u672c "x" \'\\y\U0001f600/'))
    assert split_document(text, "x.md").values["aliases"] == ['/caf\u00e9/\u65e5\u672c "x" \'\\y\U0001f600/']


@pytest.mark.parametrize(
    "text",
    [
        "---\n{title: A}\n---\n",
        "---\naliases: |\n  /a/\n---\n",
        "---\naliases:\n  - >\n    /a/\n---\n",
        "---\naliases:\n  - {to: /a/}\n---\n",
        "---\naliases: &x [/a/]\nother: *x\n---\n",
        "+++\naliases = '''\n/a/'''\n+++\n",
    ],
)
def test_what_leaves_no_place_is_refused_and_not_spoilt(text: str) -> None:
    with pytest.raises(ContentError) as caught:
        add(text)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("aliases", "content/world/x.md")
    assert problem.message == "the old address `/old/` cannot be added by itself"
    assert problem.hint == "add it to `aliases` by hand"


YAML = st.sampled_from(
    ["title: A", "tags: [a, b]", "tags:\n  - a # b", "# aliases", "aliases: [/a/]", "aliases:\n- /a/", "aliases:",
     "aliases: '/a/'", "text: |\n  - x\n  y", "redirect_from: /a/", "extra:\n  aliases: [/b/]", "", "x: {y: [1]}"]
)  # fmt: skip
TOML = st.sampled_from(
    ["title = 'A'", "aliases = ['/a/']", "aliases = [\n  '/a/', # b\n]", "x.y = 1", "# aliases = 1", "[extra]",
     "[extra.x]\naliases = []", "aliases = '/a/'", '"aliases" = []', "d = 2023-07-09", "x = '''\naliases = [\n'''"]
)  # fmt: skip
JSON = st.sampled_from(
    ['"title": "A"', '"aliases": ["/a/"]', '"aliases": [\n"/a/"]', '"x": {"aliases": []}', '"aliases": "/a/"', '"y": 1']
)
DOCUMENTS = st.one_of(
    st.lists(YAML, max_size=5).map(lambda parts: "\n".join(["---", *parts, "---", "Text", ""])),
    st.lists(TOML, max_size=5).map(lambda parts: "\n".join(["+++", *parts, "+++", "Text", ""])),
    st.lists(JSON, max_size=4).map(lambda parts: "{\n" + ",\n".join(parts) + "\n}\nText\n"),
    st.text(alphabet="-+{}\n a:\"#'[],", max_size=40),
)


@given(DOCUMENTS)
@settings(max_examples=250, deadline=None)
def test_any_document_gets_the_address_and_keeps_the_rest(text: str) -> None:
    try:
        before = split_document(text, "x.md")
        changed = add(text)
    except ContentError:
        return
    after = split_document(changed, "x.md")
    assert after.body == before.body
    assert OLD in str(after.values)
    kept = [line for line in text.split("\n") if "aliases" not in line and "redirect" not in line and "/a/" not in line]
    position = 0
    for line in kept:
        assert line in changed.split("\n")[position:]
        position += changed.split("\n")[position:].index(line) + 1
