"""Bodies of posts as Markdown: the input as WordPress has it, beside what stands in the article."""

from collections.abc import Sequence

import pytest

from sitegen.importers.wordpress.bodies import (
    Attachment,
    ConvertedBody,
    NoAttachments,
    Passage,
    convert_body,
    convert_rendered,
)

HARBOUR = Attachment(
    id="7", url="https://old.example/up/harbour.jpg", title="Harbour", alt="The harbour", caption="At <em>dawn</em>"
)
FERRY = Attachment(id="9", url="https://old.example/up/ferry.jpg", title="Ferry", alt="", caption="")
HORN = Attachment(id="11", url="https://old.example/up/horn.mp3", title="The <horn>", alt="", caption="")


class Library:
    def find(self, identity: str) -> Attachment | None:
        return next((item for item in self.list_own() if item.id == identity), None)

    def list_own(self) -> Sequence[Attachment]:
        return (HARBOUR, FERRY, HORN)


def convert(source: str) -> ConvertedBody:
    return convert_body(source, attachments=Library(), relocate=lambda address: address)


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("", ""),
        ("One\nline\n\nAnother", "One<br>\nline\n\nAnother\n"),
        ("<h2>Tides &amp; times</h2>\nText", "## Tides & times\n\nText\n"),
        ("<strong>Now </strong>or <i>never</i>", "**Now** or *never*\n"),
        ("<em><b>both</b></em> and <b>x</b><b>y</b>", "***both*** and <strong>x</strong>**y**\n"),
        ("<ul>\n<li>one</li>\n<li>two<ol><li>a</li></ol></li>\n</ul>", "- one\n- two\n    1. a\n"),
        ("<blockquote>Said\n\nso</blockquote>", "> Said\n>\n> so\n"),
        ("<pre><code>if a &lt; b:\n    *x*</code></pre>", "```\nif a < b:\n    *x*\n```\n"),
        ('<a href="/a_(b)" title="T">x</a>', '[x](/a_%28b%29 "T")\n'),
        ('<img src="a.jpg" alt="[b]" width="30">', '<img src="a.jpg" alt="&#91;b&#93;" width="30">\n'),
        ('<img src="a.jpg" alt="A [b]" title="T">', '![A \\[b\\]](a.jpg "T")\n'),
        ("<hr>", "* * *\n"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O\n"),
        ("<!-- wp:paragraph -->\n<p>Blocks\nrun on</p>\n<!-- /wp:paragraph -->", "Blocks run on\n"),
        ("<!-- wp:latest-posts /-->\n<!-- wp:html -->x<!-- /wp:html -->", "<!-- wp:latest-posts -->\n\nx\n"),
        ("1. no list\n# no heading\n: none", "1\\. no list<br>\n\\# no heading<br>\n&#58; none\n"),
        ("*no* {{ tag }} [no] `code` &amp;lt;", "\\*no\\* \\{\\{ tag \\}\\} \\[no\\] \\`code\\` &amp;lt;\n"),
        ("https://video.example/watch?v=1", "<https://video.example/watch?v=1>\n"),
        ('<iframe src="https://www.youtube.com/embed/abc?rel=0"></iframe>', "<https://www.youtube.com/watch?v=abc>\n"),
        ('<script>alert(1)</script><b onclick="x()">b</b>', "**b**\n"),
        ('<a href="javascript:alert(1)">x</a>', "x\n"),
    ],
)  # fmt: skip
def test_what_becomes_of_a_body(source: str, markdown: str) -> None:
    assert convert(source).markdown == markdown


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        (
            '[caption id="attachment_7" width="300"]<img src="h.jpg" alt="" /> At dawn[/caption]',
            '<figure>\n<img src="h.jpg" alt="">\n<figcaption>At dawn</figcaption>\n</figure>\n',
        ),
        (
            '[gallery ids="7,9,404"]',
            (
                '<figure>\n<img src="https://old.example/up/harbour.jpg" alt="The harbour">\n'
                "<figcaption>At <em>dawn</em></figcaption>\n</figure>\n\n![](https://old.example/up/ferry.jpg)\n"
            ),
        ),
        ("[embed]https://x.example/1[/embed]", "<https://x.example/1>\n"),
        (
            "[audio mp3='a.mp3']",
            '<figure><audio controls preload="metadata" src="a.mp3"></audio></figure>\n',
        ),
        ("[[gallery]] and [mappe id=3]here[/mappe]", "\\[gallery\\] and \\[mappe id=3\\]here\\[/mappe\\]\n"),
    ],
)
def test_what_becomes_of_a_shortcode(source: str, markdown: str) -> None:
    assert convert(source).markdown == markdown


def test_what_is_not_understood_is_counted() -> None:
    body = convert("[mappe id=3]here[/mappe] [sic] [mappe id=4]\n\n[contact-form]\n\n<!-- wp:acme/clock /-->")
    assert body.unknown == {"contact-form": 1, "mappe": 2, "wp:acme/clock": 1}


def test_what_is_taken_out_is_counted() -> None:
    body = convert('<script>1</script><form><input><p onclick="x">a</p></form><a href=" java\nscript:x">b</a>')
    assert body.removed == {"event handler": 1, "form": 1, "input": 1, "javascript:": 1, "script": 1}


def test_media_and_links_are_brought_over() -> None:
    body = convert_body(
        '<a href="https://old.example/up/a.pdf">A</a> <img src="https://old.example/up/b.jpg"> <a href="#top">up</a>',
        attachments=NoAttachments(),
        relocate=lambda address: address.removeprefix("https://old.example"),
    )
    assert body.media == ("https://old.example/up/a.pdf", "https://old.example/up/b.jpg")
    assert body.markdown == "[A](/up/a.pdf) ![](/up/b.jpg) [up](#top)\n"


def test_attachments_that_are_not_known_are_listed() -> None:
    assert convert('[gallery ids="7,404"]').missing == ("404",)
    assert convert('[gallery ids="404"]').unknown == {"gallery": 1}


def test_a_teaser_ends_at_the_more_mark() -> None:
    body = convert("The <b>ferry</b> is late.\n<!--more-->\nIt came at noon.")
    assert (body.has_more, body.excerpt) == (True, "The ferry is late.")
    assert convert("No mark").excerpt == ""


PASSAGE = Passage(
    id="k3",
    question="Do you agree?",
    quote="the last ferry leaves at nine",
    prefix="First. The council says that ",
    suffix=", which is early. Last.",
)


def test_a_marked_passage_is_found_in_an_export() -> None:
    body = convert(
        'First.\n\nThe council says that [wpdiscuz-feedback id="k3" question="Do you agree?" opened="0"]the <em>last'
        "</em> ferry\nleaves at nine[/wpdiscuz-feedback], which is early.\n\nLast."
    )
    assert body.passages == (PASSAGE,)
    assert "The council says that the *last* ferry<br>\nleaves at nine, which is early." in body.markdown


def test_a_marked_passage_is_found_in_a_rendered_page() -> None:
    body = convert_rendered(
        "<p>First.</p><p>The council says that <div class='wpd-inline-shortcode wpd-inline-closed' id='wpd-inline-k3'>"
        "the <em>last</em> ferry leaves at nine<div class='wpd-inline-icon-wrapper'><svg><path/></svg>"
        "<div class='wpd-inline-icon-count'>2</div><div class='wpd-inline-form-wrapper'>"
        "<div class='wpd-inline-form-question'>Do you agree?<span class='wpd-inline-form-close'>"
        "<a href='#'>x</a></span></div></div></div></div>, which is early.</p><p>Last.</p>",
        relocate=lambda address: address,
    )
    assert body.passages == (PASSAGE,)
    assert "says that the *last* ferry leaves at nine, which is early." in body.markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            (
                '<div class="wp-caption alignleft"><a href="/a/"><img src="a.jpg" alt=""></a>'
                '<p class="wp-caption-text">At dawn</p></div>'
            ),
            '<figure>\n<a href="/a/"><img src="a.jpg" alt=""></a>\n<figcaption>At dawn</figcaption>\n</figure>\n',
        ),
        (
            (
                '<div class="gallery"><dl class="gallery-item"><dt class="gallery-icon"><img src="a.jpg" alt="A"></dt>'
                '<dd class="wp-caption-text gallery-caption">One</dd></dl><dl class="gallery-item">'
                '<dt class="gallery-icon"><img src="b.jpg"></dt></dl><br style="clear: both"></div>'
            ),
            '<figure>\n<img src="a.jpg" alt="A">\n<figcaption>One</figcaption>\n</figure>\n\n![](b.jpg)\n',
        ),
        ('Good <img class="emoji" alt="🙂" src="https://s.w.org/1.svg">', "Good 🙂\n"),
        (
            '<img src="data:image/gif;base64,R0" data-src="a.jpg" alt="A"><noscript><img src="a.jpg"></noscript>',
            "![A](a.jpg)\n",
        ),
        ('<p>x</p><div class="sharedaddy sd-sharing-enabled"><ul><li>Share</li></ul></div>', "x\n"),
        ('<p>x <span id="more-7"></span>y</p>', "x y\n"),
        ('<h2 id="tides">Tides</h2>', "## Tides {#tides}\n"),
        ('<a name="below"></a>', '<a id="below"></a>\n'),
    ],
)
def test_what_becomes_of_a_rendered_body(html: str, markdown: str) -> None:
    assert convert_rendered(html, relocate=lambda address: address).markdown == markdown
