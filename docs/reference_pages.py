"""The generated reference pages: what introduces them, and the tables from the types."""

import ast

from docs.front_matter_forms import (
    ATTRIBUTES,
    EXTRA_MAPPING_KEYS,
    FOREIGN_KEYS,
    FORMS,
    MAPPING_KEYS,
    MAPPINGS,
    MEANINGS,
    Form,
    describe_outcome,
)
from docs.type_tables import (
    Catalogue,
    DocumentedType,
    describe_default,
    describe_type,
    find_reachable,
    read_types,
    write_table,
)
from sitegen.model import (
    article,
    card,
    comment_views,
    comments,
    config,
    index_views,
    machine_views,
    message_views,
    moment,
    views,
)

_NOTICE = "<!-- Written by `make docs` from {source}. Change it there. -->\n\n"

_ABOUT_VIEWS = """# What templates see

Every template sees `site`, a [SiteView](#siteview), and `page`, whose type depends on the template. The templates of
documents also see `content`, a [Content](#content), and `article.html` and `page.html` see `comments`, a
[CommentsView](#commentsview) or nothing; so do `comments.html` and `comments.xml`; `all-comments.xml` sees the comment
of each of its entries as `comments`. `rss.xml`, `atom.xml` and `feed.json` see `texts`, the bodies of their entries as
HTML by the `id` of the card, with absolute addresses; `feed.json` sees `document`, the whole feed as JSON. Every page
with a head sees `structured_data`, a list of JSON objects for script elements of the type `application/ld+json`, which
for an article or a page hold its comments too; each is printed with `| safe`. A template has no other way to learn
anything: no clock, no query over the whole site, and nothing random.

Whatever a template prints is escaped. A value of the type HTML is printed with `| safe`, and nothing else is. Printing
nothing (none), a list, a table or a whole object is an error, as is a name that does not exist; the message says in
which template and line, and for which page. Macros that use filters or `t()` are imported `with context`.

"""

_ABOUT_FILTERS = """## Filters and functions

| in a template | gives |
| --- | --- |
| `{{ url \\| href }}` | an address relative to this page, percent-encoded; an absolute one stays as it is |
| `{{ url \\| absolute }}` | the absolute address, from `base_url` |
| `{{ moment \\| day }}` | the day in the language of the page and the zone of the site: 9 July 2023 |
| `{{ moment \\| instant }}` | day and time, only as precise as they are known: 9 July 2023, 17:22, or July 2023 |
| `{{ moment \\| iso }}` | the value of `<time datetime="…">` |
| `{{ moment \\| utc }}` | the instant in UTC, as Atom and sitemaps want it (RFC 3339) |
| `{{ moment \\| rfc822 }}` | the instant as RSS wants it (RFC 822, years with four digits) |
| `{{ value \\| number }}` | a number in the language of the page: 4 is `4`, 4.5 is `4.5` |
| `{{ rating \\| stars }}` | `full`, `half` and `empty`, one a star, for a scale of at most ten |
| `{{ tag \\| language }}` | the name of a language in itself: Deutsch |
| `{{ asset("css/broadsheet.css") }}` | the address of a static file of the theme, for `href` and `src` as it is |
| `{{ t("key", name=value) }}` | words in the page's language, from the theme's `locales/`; markup of macros stays |

"""

_ABOUT_CONFIGURATION = """# Configuration

`sitegen.toml` stands at the root of the site; commands look for it in the current folder and upward. Every key is
optional. A key that does not exist is an error with the nearest known name. `sitegen schema config` prints the JSON
Schema, with which editors complete keys.

```toml
title = "The Harbour Post"
base_url = "https://news.example/"
timezone = "Europe/Amsterdam"

[comments]
contact = "editor@news.example"

[[menus.footer]]
title = "About"
url = "pages/about.md"
```

"""

_ABOUT_FRONT_MATTER = """# Front matter

A document starts with front matter: YAML between `---` lines, TOML between `+++` lines, or a JSON object. Keys are
read without regard to case. An unknown key is a warning with the nearest known name; keys of your own go under
`extra`. Every problem of every file is reported in one run, with file, line, column and what to write instead.
`sitegen schema front-matter` prints the JSON Schema, with which editors complete keys.

```markdown
---
title: Bridge reopens after two years
date: 2024-03-09 07:30
tags: [Harbour, Transport]
source: The Harbour Post 2024
---

The first lorry crossed at half past seven.
```

"""

_ABOUT_MAPPINGS = """## Mappings

Write mappings in block form, one key a line: in the flow form `{title: A, B & C}` a comma splits the value.

"""

_ABOUT_FOREIGN_KEYS = """## Names that other generators use

Two names for the same thing that disagree are an error. `[front_matter.map]` in `sitegen.toml` adds names:
`topics = "tags"`.

"""


def write_views() -> str:
    """Return `views.md`."""
    pages_of = (views, comment_views, message_views, index_views, machine_views)
    catalogue = read_types((article, card, comments, config, moment, *pages_of))
    roots = [name for name in read_types(pages_of).types if "`" in catalogue.types[name].doc.split("\n")[0]]
    pages = [(name, catalogue.types[name].doc) for name in roots if "`page`" in catalogue.types[name].doc]
    text = _NOTICE.format(source="sitegen/model/") + _ABOUT_VIEWS
    text += write_table(("type of `page`", "where"), [(f"[{name}](#{name.lower()})", doc) for name, doc in pages])
    text += "\n" + _ABOUT_FILTERS
    return text + "\n".join(_write_type(documented, catalogue) for documented in find_reachable(catalogue, roots))


def _write_type(documented: DocumentedType, catalogue: Catalogue) -> str:
    rows = [(f"`{part.name}`", describe_type(part.annotation, catalogue), part.doc) for part in documented.attributes]
    table = write_table(("name", "type", "meaning"), rows)
    return f"## {documented.name}\n\n{documented.doc}\n\n{table}"


def write_configuration() -> str:
    """Return `configuration.md`."""
    catalogue = read_types((config,))
    text = _NOTICE.format(source="sitegen/model/config.py") + _ABOUT_CONFIGURATION
    names = [documented.name for documented in find_reachable(catalogue, ("Config",))]
    headings = {"Config": "Keys of the site", "MenuItem": "Menu entries: `[[menus.NAME]]`"}
    for name in names:
        documented = catalogue.types[name]
        heading, _, about = documented.doc.partition(": ")
        about = about or documented.doc
        heading = headings.get(name, heading)
        text += f"## {heading}\n\n{about[0].upper()}{about[1:]}\n\n{_write_keys(documented, catalogue)}\n"
    return text.rstrip("\n") + "\n"


def _write_keys(documented: DocumentedType, catalogue: Catalogue) -> str:
    rows = [
        (
            f"`{part.name}`",
            _describe_setting(part.annotation, catalogue),
            describe_default(part.default),
            part.doc,
        )
        for part in documented.attributes
    ]
    return write_table(("key", "value", "default", "meaning"), rows)


def _describe_setting(annotation: ast.expr, catalogue: Catalogue) -> str:
    """Return the type in words, where another table of the page describes what is inside."""
    words = describe_type(annotation, catalogue)
    if "MenuItem" in words:
        return "lists of entries by name"
    return "table" if "](#" in words else words


def write_front_matter() -> str:
    """Return `front-matter.md`."""
    catalogue = read_types((article, moment))
    docs = {part.name: part.doc for part in catalogue.types["Metadata"].attributes}
    text = _NOTICE.format(source="docs/front_matter_forms.py and sitegen/model/article.py") + _ABOUT_FRONT_MATTER
    text += "## Keys\n\n"
    for key, forms in FORMS.items():
        text += f"### {key}\n\n{MEANINGS.get(key) or docs[ATTRIBUTES.get(key, key)]}\n\n{_write_forms(forms)}\n"
    text += _ABOUT_MAPPINGS
    for key, name in MAPPINGS.items():
        text += f"### A {key} as a mapping\n\n{_write_mapping(key, catalogue.types[name], catalogue)}\n"
    text += _ABOUT_FOREIGN_KEYS
    return text + write_table(("written", "read as"), FOREIGN_KEYS)


def _write_forms(forms: tuple[Form, ...]) -> str:
    """Return a table of what fits on a line, then the others as blocks."""
    short = [(f"`{form.written}`", describe_outcome(form)) for form in forms if "\n" not in form.written]
    text = write_table(("written", "gives"), short) if short else ""
    for form in forms:
        if "\n" in form.written:
            text += f"\n```yaml\n{form.written}\n```\n\n{describe_outcome(form)}\n"
    return text.lstrip("\n")


def _write_mapping(key: str, documented: DocumentedType, catalogue: Catalogue) -> str:
    rows = []
    for part in documented.attributes:
        words = describe_type(part.annotation, catalogue).replace("[Moment](#moment)", "date")
        rows.append((f"`{MAPPING_KEYS.get((key, part.name), part.name)}`", words.removesuffix(" or nothing"), part.doc))
    return write_table(("key", "value", "meaning"), [*rows, *EXTRA_MAPPING_KEYS.get(key, ())])
