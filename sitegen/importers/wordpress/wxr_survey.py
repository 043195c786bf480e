"""The first walk through an export: what its items say of each other, in tables that stay small.

Attachments, authors and categories stand anywhere in the parts of an export, and posts link to posts behind them. What
is kept is names and addresses, never a text.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import SplitResult, unquote, urlsplit

from sitegen.errors import Problem, UsageError
from sitegen.importers.archives import read_parts
from sitegen.importers.records import ImportRequest
from sitegen.importers.wordpress.expansion import Attachment
from sitegen.importers.wordpress.home import Home
from sitegen.importers.wordpress.posts import Term, read_plain
from sitegen.importers.wordpress.times import read_rss_date
from sitegen.importers.wordpress.wxr_format import PATH, Fields, Item, ItemTerm, read_item, read_number, shorten_name
from sitegen.importers.xml_input import Element, parse_elements
from sitegen.parse.addresses import is_mail_address
from sitegen.plan.slugs import slugify

KINDS = frozenset({"post", "page"})
"""Types of items that become documents."""
_SHARE = 10
"""Of the time of an import, the first walk takes so small a part."""
_BASES = {"category": "category", "post_tag": "tag"}
"""What stands before the slug in the addresses of WordPress's taxonomies, unless somebody has changed it."""


@dataclass(slots=True, kw_only=True)
class Survey:
    """What is known of a whole export."""

    address: str = ""
    """Address of the site, without a closing slash."""
    base: str = ""
    """As in `Home`."""
    exported: datetime | None = None
    """When the export was made."""
    authors: dict[str, Term] = field(default_factory=dict)
    """Authors by login."""
    people: dict[str, str] = field(default_factory=dict)
    """Displayed names by the number and by the e-mail address of the account."""
    logins: dict[str, str] = field(default_factory=dict)
    """Logins of accounts by their numbers."""
    parents: dict[str, str] = field(default_factory=dict)
    """The category above a category, by slug."""
    numbers: dict[str, str] = field(default_factory=dict)
    """Slugs of categories by number."""
    attachments: dict[str, Attachment] = field(default_factory=dict)
    """The media library by number."""
    library: dict[str, str] = field(default_factory=dict)
    """Where the files of the media library are here, below the site, by their addresses without scheme and query."""
    uploads: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    """Place and number of the attachments that were uploaded to an item."""
    files: dict[str, str] = field(default_factory=dict)
    """Addresses of files by the paths of their pages."""
    paths: dict[str, str] = field(default_factory=dict)
    """Paths of public posts and pages by their numbers."""
    public: set[str] = field(default_factory=set)
    """Those paths."""
    lists: set[str] = field(default_factory=set)
    """Paths of categories, tags and authors of public posts."""
    times: Counter[int] = field(default_factory=Counter)
    """How often a post or page is in the export, for those that are there more than once."""
    _seen: set[int] = field(default_factory=set)
    _sure: str = ""

    def add(self, element: Element) -> None:
        """Take in an element of the channel."""
        name = shorten_name(element.name)
        if name == "item":
            self._add_item(read_item(element))
        elif name == "wp:author":
            self._add_author(Fields(element))
        elif name == "wp:category":
            fields = Fields(element)
            self._add_category(
                fields.text("wp:term_id"), fields.text("wp:category_nicename"), fields.text("wp:category_parent")
            )
        elif name == "wp:term":
            fields = Fields(element)
            if fields.text("wp:term_taxonomy") == "category":
                self._add_category(
                    fields.text("wp:term_id"), fields.text("wp:term_slug"), fields.text("wp:term_parent")
                )
        elif name in {"wp:base_blog_url", "link"}:
            self._add_address("".join(element.pieces).strip().rstrip("/"), is_sure=name != "link")
        elif name == "pubDate":
            self.exported = read_rss_date("".join(element.pieces)) or self.exported

    def find_author(self, login: str) -> Term | None:
        """Return who has a login; nobody for one that is an e-mail address and has no name."""
        known = self.authors.get(login)
        if known:
            return known
        name = read_plain(login)
        return Term(name=name, slug=slugify(login)) if name and not is_mail_address(name) else None

    def list_authors(self, item: Item) -> tuple[Term, ...]:
        """Return the authors of an item: those of the plugin Co-Authors Plus, which may be several, or its own."""
        logins = [term.name for term in item.terms if term.taxonomy == "author"] or [item.creator]
        return tuple(author for login in logins if (author := self.find_author(login)))

    def find_person(self, account: str) -> str | None:
        """Return the displayed name of an account, by its number or e-mail address."""
        return self.people.get(account.casefold())

    def knows(self, path: str) -> bool:
        """Whether something answers here at a path of the old site, which is not encoded."""
        spellings = {path, f"{path}/"}
        return path == "/" or not (spellings.isdisjoint(self.public) and spellings.isdisjoint(self.lists))

    def locate(self, term: ItemTerm) -> str | None:
        """Return the address at which WordPress lists the items of a category or tag."""
        base = _BASES.get(term.taxonomy)
        if base is None:
            return None
        chain = [term.slug]
        while term.taxonomy == "category" and (above := self.parents.get(chain[0])) and above not in chain:
            chain.insert(0, above)
        return f"{self.address}/{base}/{'/'.join(chain)}/"

    def list_ancestors(self, slug: str) -> Iterator[str]:
        """Yield the categories above one, the nearest first."""
        seen = {slug}
        while (slug := self.parents.get(slug, "")) and slug not in seen:
            seen.add(slug)
            yield slug

    def _add_address(self, address: str, *, is_sure: bool) -> None:
        if split_address(address).scheme not in {"http", "https"}:
            return
        if is_sure and self._sure and _fold(address) != _fold(self._sure):
            raise UsageError(
                f"the export is of two sites: {self._sure} and {address}", "import one site after the other"
            )
        self._sure = address if is_sure else self._sure
        self.address = self._sure or self.address or address

    def _add_author(self, fields: Fields) -> None:
        login, mail = fields.text("wp:author_login"), fields.text("wp:author_email")
        name = read_plain(fields.text("wp:author_display_name"))
        if not name or is_mail_address(name):
            parts = (fields.text("wp:author_first_name"), fields.text("wp:author_last_name"))
            name = read_plain(" ".join(parts))
        name = name if name and not is_mail_address(name) else "" if is_mail_address(login) else read_plain(login)
        slug = "" if is_mail_address(login) else slugify(login)
        self.authors[login] = Term(name=name, slug=slug)
        number = fields.text("wp:author_id")
        self.logins[number] = login
        for account in (number, mail):
            if account and name:
                self.people[account.casefold()] = name

    def _add_category(self, number: str, slug: str, parent: str) -> None:
        if slug and parent:
            self.parents[slug] = parent
        if slug and number:
            self.numbers[number] = slug

    def _add_item(self, item: Item) -> None:
        if not self.address and item.link:
            parts = split_address(item.link)
            self.address = f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} else ""
        if item.type == "attachment":
            self._add_attachment(item)
        elif item.type == "guest-author":
            login = item.meta.get("cap-user_login") or item.slug.removeprefix("cap-")
            self.authors[login] = Term(name=read_plain(item.title) or login, slug=slugify(login))
        elif item.type in KINDS:
            if item.id is not None and item.id in self._seen:
                self.times[item.id] = (self.times[item.id] or 1) + 1
            if item.id is not None:
                self._seen.add(item.id)
            self._add_document(item)

    def _add_attachment(self, item: Item) -> None:
        if not item.attachment or item.id is None:
            return
        number = str(item.id)
        self.attachments[number] = Attachment(
            id=number,
            url=item.attachment,
            title=read_plain(item.title),
            alt=read_plain(item.meta.get("_wp_attachment_image_alt", "")),
            caption=item.excerpt,
        )
        self.library[strip_address(item.attachment)] = _place_file(item.attachment)
        path = self._find_path(item.link)
        if path.strip("/") and "?" not in path:
            self.files[path] = item.attachment
        if item.parent is not None:
            order = read_number(item.order) or 0
            self.uploads.setdefault(item.parent, []).append((order, number))

    def _add_document(self, item: Item) -> None:
        if item.status != "publish" or item.has_password:
            return
        path = self._find_path(item.link)
        if path and "?" not in path:
            self.paths[str(item.id) if item.id is not None else path] = path
            self.public.add(path)
        if item.type == "post":
            found = [address for term in item.terms if (address := self.locate(term))]
            found += [self.locate_author(author) for author in self.list_authors(item) if author.slug]
            self.lists.update(map(self._find_path, found))

    def _find_path(self, address: str) -> str:
        """Return the path of an address of the site, not encoded, with its query; empty for one elsewhere."""
        local = Home(address=self.address, base=self.base).find_path(address) if address else None
        return unquote((local or "").partition("#")[0])

    def locate_author(self, author: Term) -> str:
        """Return the address at which WordPress lists the posts of an author."""
        return f"{self.address}/author/{author.slug}/"


class PostAttachments:
    """The media library, as one item sees it."""

    def __init__(self, survey: Survey, item: int | None) -> None:
        """Look into `survey` from the item with that number."""
        self._survey = survey
        self._item = item

    def find(self, identity: str) -> Attachment | None:
        """Return the attachment with a number; None where there is none."""
        return self._survey.attachments.get(identity)

    def list_own(self) -> Sequence[Attachment]:
        """Return those that were uploaded to the item, in its order."""
        own = self._survey.uploads.get(self._item, []) if self._item is not None else []
        return [self._survey.attachments[number] for _, number in sorted(own, key=lambda pair: pair[0])]


def take_survey(request: ImportRequest) -> Survey:
    """Walk through the inputs once; raises as `Reader` says."""
    survey = Survey(base=split_address(request.config.base_url).path.rstrip("/"))
    unheard: list[Problem] = []
    for element in read_elements(request, unheard, lambda length: length // _SHARE):
        survey.add(element)
    survey.address = survey.address or request.config.base_url.rstrip("/")
    return survey


def read_again(request: ImportRequest, warnings: list[Problem]) -> Iterator[Element]:
    """Yield what stands in the channels of all parts of an export, on the second walk; raises as `Reader` says."""
    return read_elements(request, warnings, lambda length: length - length // _SHARE)


def read_elements(request: ImportRequest, warnings: list[Problem], weigh: Callable[[int], int]) -> Iterator[Element]:
    """Yield what stands in the channels of all parts of an export; `weigh` says how far some bytes bring the import."""
    for name in request.inputs:
        for part, chunks in read_parts(name, lambda length: request.advance(weigh(length))):
            yield from parse_elements(part, chunks, PATH, warnings)


def strip_address(address: str) -> str:
    """Return an address without scheme and query: files are fetched by http and https, and in many sizes."""
    parts = split_address(address)
    return f"{parts.netloc.lower()}{parts.path}"


def split_address(address: str) -> SplitResult:
    """Return the parts of an address; none of one that is broken."""
    try:
        return urlsplit(address.strip())
    except ValueError:
        return SplitResult("", "", "", "", "")


def _place_file(address: str) -> str:
    """Return where a file of the media library goes, wherever it is kept: `static/wp-content/uploads/2024/03/a.jpg`."""
    path = unquote(split_address(address).path)
    if "/wp-content/" in path:
        return f"static{path}"
    return f"static/wp-content/uploads/{path.rpartition('/uploads/')[2].lstrip('/')}"


def make_home(survey: Survey, request: ImportRequest) -> Home:
    """Return where the site is."""
    return Home(address=survey.address, base=survey.base, media_dir=request.media_dir)


def _fold(address: str) -> str:
    parts = split_address(address.lower())
    return f"{parts.netloc.removeprefix('www.')}{parts.path}"
