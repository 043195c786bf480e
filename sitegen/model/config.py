"""The configuration of a site: `sitegen.toml`, validated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MinLen

_STRICT: Mapping[str, object] = {"extra": "forbid"}

TomlValue = object
"""What a table of a site's own may hold: text, numbers, booleans, dates, lists and tables of such. Decoders cannot
follow an alias that names itself, so the promise stands in words."""


CommentOrder = Literal["oldest", "newest", "votes"]
"""Which comments on an article come first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """One entry of a menu."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = _STRICT

    title: str
    """The words of the link."""
    url: str
    """An address on this site (`/about/`), a content path (`pages/about.md`) or an absolute address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownConfig:
    """`[markdown]`: how bodies are read."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = _STRICT

    engine: Literal["python-markdown", "commonmark"] = "python-markdown"
    """What reads Markdown: python-Markdown with extensions, or CommonMark, which takes half of the time of a whole
    article and differs in the language; needs `pip install 'sitegen[commonmark]'`."""
    extensions: tuple[str, ...] = ()
    """Extensions of python-Markdown beyond the default set, by entry point or module name."""
    extension_options: Mapping[str, Mapping[str, TomlValue]] = field(default_factory=dict)
    """Options by extension name, for the default set too."""
    smart_punctuation: bool = True
    """Turn straight quotes, `--`, `---` and `...` into typographic ones, in the language of the article."""
    highlight: bool = True
    """Colour fenced code by Pygments, with classes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentsConfig:
    """`[comments]`: how comment snapshots are shown."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = _STRICT

    contact: str = ""
    """E-mail address or URL behind "Write to the editor"; empty: the page says "Comments are closed"."""
    max_depth: Annotated[int, Ge(1), Le(12)] = 4
    """How many levels of replies are indented; deeper ones stay in order at the last level."""
    order: CommentOrder = "oldest"
    """Which comments on an article come first: the oldest, the newest, or those with the most votes. Pinned ones stand
    above them, and replies always go on from the oldest."""
    fold: Annotated[int, Ge(1), Le(10_000)] = 50
    """About how many comments stand open; the rest of a longer thread is folded. Replies stay with what they answer."""
    page_size: Annotated[int, Ge(1), Le(10_000)] = 300
    """About how many comments are on one page; those beyond are on pages of their own, and the article's page keeps a
    link to each of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsConfig:
    """`[feeds]`: RSS 2.0, Atom and JSON Feed, for the site and each section."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = _STRICT

    size: Annotated[int, Ge(1), Le(500)] = 20
    """How many of the newest articles a feed holds."""
    content: Literal["full", "summary"] = "full"
    """Whether entries carry the whole text or the description alone."""
    comments: bool = True
    """Whether every article or page with comments has a feed of them, `comments.xml`, and the site one of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingConfig:
    """`[rating]`: what an article's rating means where its front matter does not say."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = _STRICT

    label: str = ""
    """Words above the rating; empty: the theme's own, in the language of the article."""
    best: Annotated[int, Ge(1), Le(100)] = 5
    """The highest value on the scale."""
    structured_data: bool = False
    """Whether JSON-LD claims the rating of an article as `aggregateRating`. Search engines show no stars for news, and
    may take them for an attempt to deceive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatterConfig:
    """`[front_matter]`: how other generators' habits are read."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = _STRICT

    map: Mapping[str, str] = field(default_factory=dict)
    """Foreign key to sitegen's: `topics = "tags"`. Adds to the built-in aliases and wins over them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListConfig:
    """`[lists.NAME]`: what differs from a list that the theme declares."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = _STRICT

    limit: Annotated[int, Ge(0), Le(100)]
    """How many articles it holds; 0: none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesConfig:
    """`[pages]`: which pages sitegen adds to those that you write."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = _STRICT

    archive: bool = True
    """`/archive/`, and in it a page for every year and month with articles."""
    tags: bool = True
    """`/tags/`: all tags, with the number of their articles; sorted without regard to case and accents, by letter if
    there are more than 30."""
    authors: bool = True
    """`/authors/`: all authors by name, in the same way."""
    corrections: bool = True
    """`/corrections/`: the corrections of all articles, with feeds; there is none as long as nothing was corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageConfig:
    """`[languages.nl]`: what differs from the site's own language."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = _STRICT

    title: str = ""
    """The site's title in this language; empty: the same."""
    description: str = ""
    """The site's description in this language; empty: the same."""
    menus: Mapping[str, tuple[MenuItem, ...]] = field(default_factory=dict)
    """Menus in this language, by name; a menu that is absent here is the site's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything `sitegen.toml` may say. Every key is optional."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = _STRICT

    title: Annotated[str, MinLen(1)] = "News"
    """The name of the site."""
    description: str = ""
    """What the site is about, in a sentence."""
    base_url: str = ""
    """Where the site will stand, with scheme: `https://news.example/` or `https://example.org/news/`. Feeds, the
    sitemap and canonical links need it."""
    language: str = "en"
    """Language of articles that do not name one (BCP 47)."""
    timezone: str = "UTC"
    """Zone of dates without one, and of every date that is shown (IANA name)."""
    theme: tuple[str, ...] = ("broadsheet",)
    """Themes, searched from left to right: folders below `themes/`, then those that ship with sitegen."""
    permalink: str = "/{section}/{year}/{month}/{slug}/"
    """Address of an article. Fields: `section`, `year`, `month`, `day`, `slug`; a part without a value is left out."""
    neighbours: Literal["site", "section"] = "site"
    """Whether previous and next article are looked for in the whole site or within the section."""
    page_size: Annotated[int, Ge(1), Le(1000)] = 20
    """How many articles a full page of a list shows."""
    copyright: str = ""
    """The copyright line at the foot of every page."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Old address to where it leads: `"/old/" = "/new/"`. The old one may have a query (`"/?p=123"`); the new one is an
    address of this site, the path of a document (`"world/bridge.md"`), or an address of a host in `redirect_hosts`."""
    redirect_hosts: tuple[str, ...] = ()
    """Other hosts that `redirects` may lead to: `["archive.example"]`."""
    gone: Mapping[str, str] = field(default_factory=dict)
    """Address of what is gone to the reason, which readers see there: `"/old/" = "Withdrawn by its author."`."""
    hosting: Literal["any", "netlify"] = "any"
    """Who reads `_redirects`: `any` writes what all such hosts understand; `netlify` adds what Netlify alone does:
    query strings, 410, and rules that win over pages."""
    menus: Mapping[str, tuple[MenuItem, ...]] = field(default_factory=dict)
    """Menus by name. broadsheet shows `main` (else the sections) and `footer`."""
    options: Mapping[str, TomlValue] = field(default_factory=dict)
    """Options of the theme; the theme's `theme.toml` names them and their defaults."""
    markdown: MarkdownConfig = MarkdownConfig()
    """How bodies are read."""
    comments: CommentsConfig = CommentsConfig()
    """How comment snapshots are shown."""
    feeds: FeedsConfig = FeedsConfig()
    """What feeds hold."""
    pages: PagesConfig = PagesConfig()
    """Which pages are made beside yours."""
    lists: Mapping[str, ListConfig] = field(default_factory=dict)
    """Lists of the theme by name, to change their length: broadsheet has `secondary`, `block`, `most_discussed` and
    `best_rated` on the front page, and `related` below articles."""
    rating: RatingConfig = RatingConfig()
    """What a rating means."""
    front_matter: FrontMatterConfig = FrontMatterConfig()
    """How front matter of other generators is read."""
    languages: Mapping[str, LanguageConfig] = field(default_factory=dict)
    """Further languages by tag."""
