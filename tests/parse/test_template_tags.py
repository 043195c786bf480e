import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import Span
from sitegen.model.config import MarkdownConfig
from sitegen.parse.markdown import build_engine
from sitegen.parse.template_tags import (
    TemplateTag,
    find_template_tags,
    protect_template_tags,
    remove_template_tags,
    restore_text,
)
from tests.patience import patience

ENGINE = build_engine(MarkdownConfig())


def convert(source: str) -> str:
    return ENGINE.convert(source, "en").html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('See {{< ref "x" >}} now', '<p>See {{&lt; ref "x" &gt;}} now</p>'),
        ("{{% note %}}\n\n*Text*\n\n{{% /note %}}", "<p>{{% note %}}</p>\n<p><em>Text</em></p>\n<p>{{% /note %}}</p>"),
        ("{{ page.title | upcase }}", "<p>{{ page.title | upcase }}</p>"),
        ("{% include 'a--b.html' %}", "<p>{% include 'a--b.html' %}</p>"),
        ('{{< figure src="a"\n   alt="*b*" >}}', '<p>{{&lt; figure src="a"\n   alt="*b*" &gt;}}</p>'),
        ('[text]({{< ref "x.md" >}})', '<p>[text]({{&lt; ref "x.md" &gt;}})</p>'),
        ('[*text*]({{< ref "x.md" >}} "title") a', '<p>[<em>text</em>]({{&lt; ref "x.md" &gt;}} "title") a</p>'),
        ("a ![alt]({{ x }}) b", "<p>a ![alt]({{ x }}) b</p>"),
        ("[a](/b/{{ c }}/d_e_f) g", "<p>[a](/b/{{ c }}/d_e_f) g</p>"),
        ('**[a]({{< b >}}) "c"**', "<p><strong>[a]({{&lt; b &gt;}}) “c”</strong></p>"),
        (
            "[![a]({{ b }})](http://c.d/)",
            '<p><a href="http://c.d/">![a]({{ b }})</a></p>',
        ),
        ("[![a]({{ b }})]({{ c }})", "<p>[![a]({{ b }})]({{ c }})</p>"),
        ("[a][1]\n\n[1]: {{< ref b >}}", "<p>[a]({{&lt; ref b &gt;}})</p>"),
        ("![a {{ b }}](c.png)", '<p><img alt="a {{ b }}" src="c.png"></p>'),
        ("`{{< a >}}` and {{< b >}}", "<p><code>{{&lt; a &gt;}}</code> and {{&lt; b &gt;}}</p>"),
        ("| a | b |\n|---|---|\n| {{ c | d }} | e |", None),
        ("<div>{{< a >}}</div>", "<div>{{&lt; a &gt;}}</div>"),
        ('<a href="{{< ref "x" >}}" class="y">t</a>', '<p><a class="y">t</a></p>'),
        ('<p><img src="{{ x }}"></p>', '<p>&lt;img src="{{ x }}"&gt;</p>'),
        ('<p title="{{< x "y" >}}">t</p>', '<p title="{{&lt; x &quot;y&quot; &gt;}}">t</p>'),
        ('<script>var a = "{{ x }}" < 1;</script>', '<script>var a = "{{ x }}" < 1;</script>'),
        ("<!-- {{< x >}} -->", "<!-- {{< x >}} -->"),
        ("<script>a = '{{ x </script> }}'</script>", "<script>a = '{{ x <\\/script> }}'</script>"),
        ("<!-- {{ x --> }} -->", "<!-- {{ x --&gt; }} -->"),
        ("{{ not closed", "<p>{{ not closed</p>"),
        ("{{}}", "<p>{{}}</p>"),
    ],
)
def test_tags_are_shown_as_written(source: str, html: str | None) -> None:
    shown = convert(source)
    if html is not None:
        assert shown == html
    else:
        assert "<td>{{ c | d }}</td>" in shown


def test_tags_are_code_inside_code() -> None:
    shown = convert("```html\n{{< a >}}\n```\n\n    {{ b }}\n")
    assert "\ufdda" not in shown
    assert re.sub(r"<[^>]+>", "", shown).split() == ["{{&lt;", "a", "&gt;}}", "{{", "b", "}}"]


def test_a_heading_with_a_tag_has_a_clean_anchor() -> None:
    converted = ENGINE.convert("## {{< icon >}} News", "en")
    assert converted.html == '<h2 id="news">{{&lt; icon &gt;}} News</h2>'
    assert converted.toc[0].title == "{{< icon >}} News"


def test_tags_are_found_with_kind_and_place() -> None:
    body = (
        'a {{< ref "x" >}} b {{< ref y >}}\n\n`{{ no }}`\n\n'
        '{{% note\n a %}}\r\n{% include x %}{{ "x" | y }}\n{{< /ref >}}'
    )
    assert find_template_tags(body, 10) == (
        TemplateTag(kind="{{< ref >}}", span=Span(line=10, column=3, length=15)),
        TemplateTag(kind="{{< ref >}}", span=Span(line=10, column=21, length=13)),
        TemplateTag(kind="{{% note %}}", span=Span(line=14, column=1, length=8)),
        TemplateTag(kind="{% include %}", span=Span(line=16, column=1, length=15)),
        TemplateTag(kind="{{ x }}", span=Span(line=16, column=16, length=13)),
        TemplateTag(kind="{{< ref >}}", span=Span(line=17, column=1, length=12)),
    )


@pytest.mark.parametrize(
    "body", ["", "plain", "`{{ x }}`", "```\n{{ x }}\n```", "a\n\n    {{ x }}", r"\{{ x }}", "{{\n\n}}"]
)
def test_nothing_is_found_outside_of_tags(body: str) -> None:
    assert find_template_tags(body, 1) == ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plain", "plain"),
        ("{{% note %}} Text", " Text"),
        ('See [the report]({{< ref "x.md" >}} "t").', "See the report."),
        ("a ![b]({{ c }}) d", "a b d"),
        ('[a]( {{< ref "x(1).md" >}}#y "t" ) b', "a b"),
        ("[a](b {{ c }}) d", "[a](b ) d"),
        ("[a]({{ c }}", "[a]("),
    ],
)
def test_tags_are_removed_from_plain_text(text: str, left: str) -> None:
    assert remove_template_tags(text).split() == left.split()


@pytest.mark.parametrize("body", ["{{< a >}} " * 5_000, "{{ " * 20_000, "{% " * 20_000, "`a` " * 20_000 + "{{ x }}"])
def test_time_is_linear(body: str) -> None:
    with patience():
        find_template_tags(body, 1)


def test_links_to_tags_are_removed_in_linear_time() -> None:
    with patience():
        remove_template_tags("[x]({{" * 400 + "}}" * 1_300)
        remove_template_tags("[x]({{ a }}" * 10_000)


TAGGED = st.lists(
    st.sampled_from(
        ["{{< a >}}", "{{", "}}", "{%", "%}", ">}}", "`", "\n", "\n\n", "    ", "x", "[", "](", ")", '"', "<b>"]
    ),
    max_size=25,
).map("".join)


@given(TAGGED)
@settings(max_examples=100)
def test_what_is_protected_comes_back(body: str) -> None:
    protected, tags = protect_template_tags(body)
    assert restore_text(protected, tags) == body
    assert len(tags) == len(find_template_tags(body, 1))
    assert not re.search("[\ufdd0-\ufdef]", convert(body))
