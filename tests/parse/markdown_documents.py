"""Markdown documents for tests: one of every kind of markup, and random ones."""

from pathlib import Path

from hypothesis import strategies as st

KINDS = Path(__file__).parent / "markdown_kinds"


def read_kinds() -> dict[str, str]:
    """Return the documents of `markdown_kinds` by name: each is a title and Markdown, up to a line of `=====`."""
    kinds: dict[str, str] = {}
    for file in sorted(KINDS.glob("*.txt")):
        for document in file.read_text(encoding="utf-8").split("\n=====\n"):
            title, _, source = document.partition("\n")
            kinds[f"{file.stem}: {title}"] = source
    return kinds


# In the forms below `@` is what is wrapped, `~` a space, `^` the end of a line; the others are in `_read`.
WORDS = """a an it's word Don't 1 2023 AT&T U.S. snake_case x*y 3*4 字 é ж naïve HTML C++ *[ #1 -- ... (so) "q"
'q' | : [x]"""
WRAPPERS = """*@* _@_ **@** __@__ ***@*** *@ @** `@` ``@`` [@](x.md) [@](y~"t") [@](<z~w>) [@](a(b)c)
![@](i.png) [@][one] [@] ![@][one] <b>@</b> <@> <i~class="c">@</i> \\*@\\* @[^1] @[^n] &copy;~@ @~& <!--~@~-->
*@*{.c} @~~^ @^ <http://@> (@) [@]( @](u) ![@ `@ @\\ <em>@"""
BLOCKS = """@ @ #~@ ##~@~## ###@ ####~@~{#i~.c} @^=== @^--- @^---~ @^- --- *~*~* ___ -~- ```^@^``` ~~~^@^~~~
```python^@^``` ```{.py~#i}^@^~~~ ```^@ ~~~~@ @~|~b^:--~|~--:^@~|~`|`^\\|~|~d~| [one]:~@ [^1]:~@
[^n]:~@^~~~~more^^~~~~still *[HTML]:~@ @^:~definition^:~another @^{:~.c~#i} <div>^@^</div>
<div~markdown="1">^@^</div> <p~markdown='span'>^@^</p> <hr>^@ <!--^@^--> <section~markdown>^@^</section>
<pre>^@^</pre> <div>^@ <div~markdown="1">^@ </div>^@ ^ ///Footnotes~Go~Here/// <script>^a~<~b^</script>
<?php~@~?> &amp; >~@ >~@^@ -~@ *~@^*~@ 1.~@^2.~@ -~@^^~~~~@ +~@^~~~~-~@ -~#~@ :~~~@"""
MARKS = """a b | ^ ^^ - 1. > # ## * ** *** _ __ ` `` ``` [ ] ( ) ]( ][ ![ < > <b> </b> <div> </div> <p> <hr>
<br/> & &amp; &#1 ; " ' -- { } {: {.c} [^1] [^1]: [a] [a]: *[a]: : \\ \\* é 字 <!-- --> <script> </script> ---
=== <?x ?> <![CDATA[ <http://a.b> <a@b.c> x.md ¹ klzzwxh:0000 ¹klzzwxh:0000² ¹wzxhzdk:0² ²42² markdown="1" ~ ~~
~~~~ ^~~~~ ~~^ <div~markdown="1"> » ¬"""


def _read(forms: str) -> list[str]:
    """Return the forms, with the characters that `~`, `^` and others stand for."""
    table = str.maketrans({"~": " ", "^": "\n", "¹": "\x02", "²": "\x03", "»": "\t", "¬": "\r"})
    # Three tildes and more are a fence, and `[^` is a footnote.
    kept = forms.replace("~~~^", "\ue000^").replace("^~~~ ", "^\ue000 ").replace("[^", "\ue001")
    return [form.translate(table).replace("\ue000", "~~~").replace("\ue001", "[^") for form in kept.split()]


def _fill(forms: list[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(forms), inner).map(lambda pair: pair[0].replace("@", pair[1]))


def _nest(block: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return blocks in quotations, items, definitions and code: what begins the first line, and what the others."""
    beginnings = [
        ("> ", "> "),
        ("> ", ""),
        ("- ", "  "),
        ("* ", "    "),
        ("1. ", "    "),
        (":   ", "    "),
        ("    ",) * 2,
    ]
    return st.tuples(st.sampled_from(beginnings), st.lists(block, min_size=1, max_size=3).map("\n\n".join)).map(
        lambda pair: pair[0][0] + pair[1].replace("\n", "\n" + pair[0][1])
    )


_TEXTS = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=6).map(" ".join)
_INLINE = st.recursive(_TEXTS, lambda inner: _fill(_read(WRAPPERS), inner), max_leaves=4)
_LINES = st.lists(_INLINE, min_size=1, max_size=4).map(" ".join)
_BLOCKS = st.recursive(_fill(_read(BLOCKS), _LINES), _nest, max_leaves=4)
_GAPS = st.sampled_from(["\n\n", "\n\n", "\n\n", "\n", "\n\n\n"])

DOCUMENTS = st.lists(st.tuples(_BLOCKS, _GAPS).map("".join), max_size=8).map("".join)
"""Documents of blocks and inline markup, most of it as it should be."""
SOUP = st.lists(st.sampled_from(_read(MARKS)), max_size=40).map("".join)
"""Marks in any order: markup that is broken in every way."""
