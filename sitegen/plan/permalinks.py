"""`permalinks.lock`: every address that was published once, so that none of them ends without a word.

One line an address, sorted: `/world/2023/07/nato-office/ = world/2023-07-08-nato-office.md`, the document that answers
there, or `sitegen.toml` for a rule of the configuration. Addresses are written without spaces. A line that is there
stays: only editors take one out.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sitegen.errors import ContentError, Problem, Span, error
from sitegen.model.article import Article
from sitegen.model.names import ArticleId, OutPath, Url
from sitegen.model.source import LOCK_FILE
from sitegen.model.values import replace
from sitegen.plan.context import PlanContext
from sitegen.plan.machine_pages import list_aliases
from sitegen.plan.redirects import CONFIG_FILE, Rule
from sitegen.plan.schedule import classify
from sitegen.plan.urls import document_url, old_address, out_path

_CODE = "permalink"
_HEADER = "# Every address that was published once, with what answers there. `sitegen build` adds to it: commit it.\n"
_LINE = re.compile(r"(/\S*) = (\S.*)")
_CONFLICT = re.compile(r"<{7}|={7}|>{7}|\|{7}")
_BLANK = re.compile(r"[\x00-\x20\x7f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_BREAK = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_MANY = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What the file says."""

    owners: Mapping[str, str] = field(default_factory=dict)
    """What answers, by address."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Where an address stands in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """What a plan does about addresses."""

    owners: Mapping[str, str]
    """What answers now, by address: documents, their aliases, rules of the configuration."""
    lasting: Collection[str]
    """Those among them that are to be locked: of documents that are shown, and aliases of such."""
    resting: Collection[str]
    """Addresses of documents that time alone keeps from being shown."""
    paths: Collection[OutPath]
    """Files of the output."""
    documents: Mapping[str, tuple[Article, Url]]
    """Every sound document with its address, by its name in the file."""
    unavailable: Collection[str]
    """Documents that have errors, by their names in the file."""
    drafts: Collection[str]
    """Documents that are drafts, by their names in the file."""


def build_addresses(rules: Sequence[Rule], paths: Collection[OutPath], context: PlanContext) -> Addresses:
    """Return what a plan with `rules` and files at `paths` does about addresses."""
    sources = context.sources
    zone = ZoneInfo(sources.config.timezone)
    names = {article.id: _spell_path(article.id) for article in sources.articles}
    owners = {_spell(context.urls[shown.article.id]): names[shown.article.id] for shown in context.documents}
    lasting = {*owners, *(_spell(rule.address) for rule in rules if rule.target and rule.file != CONFIG_FILE)}
    for rule in rules:
        owners[_spell(rule.address)] = _spell_path(rule.file.removeprefix("content/"))
    documents = {
        names[article.id]: (article, context.urls.get(article.id) or document_url(article, sources.config, zone))
        for article in sources.articles
    }
    published = {shown.article.id for shown in context.documents if shown.status == "published"}
    statuses = {
        name: classify(article.metadata, sources.clock)
        for name, (article, _) in documents.items()
        if article.id not in published
    }
    resting: set[str] = set()
    for name, status in statuses.items():
        if status in {"scheduled", "expired"}:
            article, url = documents[name]
            resting |= {_spell(address) for address in (url, *list_aliases(article, url))}
    # Rules that lead to what rests are left out of the plan: nobody took them away.
    resting |= {_spell(old_address(key)) for key in (*sources.config.redirects, *sources.config.gone)}
    return Addresses(
        owners=owners,
        lasting=lasting,
        resting=resting,
        paths=paths,
        documents=documents,
        unavailable={_spell_path(identity) for identity in sources.unavailable},
        drafts={name for name, status in statuses.items() if status == "draft"},
    )


def read_lock(text: str) -> Lock:
    """Return what the file says. Raises ContentError with every line that cannot be read, marks of git among them."""
    owners: dict[str, str] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        written = line.strip()
        if not written or written.startswith("#"):
            continue
        found = _LINE.fullmatch(written)
        if _CONFLICT.match(written):
            hint = "keep the lines of both sides, and delete the marks"
            problems.append(_complain(number, line, "holds a conflict that git could not merge", hint))
        elif found is None:
            hint = "write lines as `/world/2023/07/bridge/ = world/bridge.md`"
            problems.append(_complain(number, line, "is no address with what answers there", hint))
        elif found[1] in owners:
            message = f"`{found[1]}` stands in line {lines[found[1]]} already"
            problems.append(_complain(number, line, message, "delete one of the two lines"))
        else:
            owners[found[1]], lines[found[1]] = found[2], number
    if problems:
        raise ContentError(problems)
    return Lock(owners=owners, lines=lines)


def write_lock(owners: Mapping[str, str]) -> str:
    """Return the text of the file that says what answers at each address."""
    return _HEADER + "".join([f"{address} = {owners[address]}\n" for address in sorted(owners)])


def extend_lock(lock: Lock, addresses: Addresses) -> dict[str, str]:
    """Return what answers at every address of `lock`, and at those that a plan adds."""
    known = {address: addresses.owners.get(address, owner) for address, owner in lock.owners.items()}
    return known | {address: addresses.owners[address] for address in addresses.lasting}


def add_documents(text: str, urls: Mapping[ArticleId, Url]) -> str:
    """Return the text of the file that `write_lock` wrote, with `urls` added, the addresses of new documents."""
    added = {f"{_spell(url)} = ": _spell_path(identity) for identity, url in urls.items()}
    lines = [line for line in text.removeprefix(_HEADER).splitlines(keepends=True) if not line.startswith(tuple(added))]
    return _HEADER + "".join(sorted([*lines, *(f"{address}{name}\n" for address, name in added.items())]))


def rename_document(lock: Lock, old: ArticleId, new: ArticleId) -> dict[str, str]:
    """Return what answers at every address once the document `old` is called `new`."""
    before, after = _spell_path(old), _spell_path(new)
    return {address: after if owner == before else owner for address, owner in lock.owners.items()}


def check_lock(lock: Lock, addresses: Addresses) -> tuple[Problem, ...]:
    """Return an error for every address of `lock` at which nothing answers any more, with the line that mends it."""
    lost = [(address, owner) for address, owner in lock.owners.items() if not _answers(address, owner, addresses)]
    if not lost:
        return ()
    fresh = _find_fresh(lock, addresses)
    problems = [_describe(address, owner, lock.lines.get(address, 1), addresses, fresh) for address, owner in lost]
    moved = [problem for problem in problems if problem.message.startswith(_MOVED)]
    if len(moved) > _MANY:
        more = "or put the old `permalink` back into sitegen.toml, if it was changed"
        problems = [replace(item, hint=f"{item.hint}; {more}") if item in moved else item for item in problems]
    return tuple(problems)


_MOVED = "readers lose an address of what has moved"
_GONE = "readers lose an address"


def _answers(address: str, owner: str, addresses: Addresses) -> bool:
    if address in addresses.owners or address in addresses.resting or owner in addresses.unavailable:
        return True
    if "?" in address:
        return False
    path = out_path(Url(address.replace("%20", " ")))
    return path in addresses.paths or f"{path}/index.html" in addresses.paths


def _find_fresh(lock: Lock, addresses: Addresses) -> dict[str, list[str]]:
    """Return the documents whose address was never published, by slug: one of them may be a lost one, renamed."""
    fresh: dict[str, list[str]] = {}
    for name, (article, url) in addresses.documents.items():
        if _spell(url) not in lock.owners:
            fresh.setdefault(article.metadata.slug, []).append(name)
    return fresh


def _describe(address: str, owner: str, line: int, addresses: Addresses, fresh: Mapping[str, list[str]]) -> Problem:
    unseen = "or delete this line, if no reader has seen it"
    if owner in addresses.drafts:
        message = f"{_GONE}: `{address}`, content/{owner} is a draft now"
        hint = f"publish it, or take it down: replace `draft` by `gone: the reason`; {unseen}"
    elif owner in addresses.documents:
        article, url = addresses.documents[owner]
        message = f"{_MOVED}: `{address}`, content/{owner} is at `{url}` now"
        hint = f"{_tell_alias(address, owner, article)}, {unseen}"
    elif owner == CONFIG_FILE:
        message = f"{_GONE}: `{address}`, {CONFIG_FILE} has no rule for it any more"
        hint = f"{_tell_rules(address)}; {unseen}"
    else:
        message = f"{_GONE}: `{address}`, there is no content/{owner} any more"
        candidates = fresh.get(address.rstrip("/").rsplit("/", 1)[-1], [])
        hint = f"restore it, or {_tell_rules(address)}; {unseen}"
        if len(candidates) == 1:
            article, _ = addresses.documents[candidates[0]]
            hint = f"if it is content/{candidates[0]} now, {_tell_alias(address, candidates[0], article)}; else {hint}"
    return _complain(line, f"{address} = {owner}", message, hint)


def _tell_alias(address: str, owner: str, article: Article) -> str:
    aliases = ", ".join(_quote(alias) for alias in (*article.metadata.aliases, address))
    return f"write `aliases: [{aliases}]` in content/{owner}"


def _tell_rules(address: str) -> str:
    lead, reason = f'`"{address}" = "/new/"` under `[redirects]`', f'`"{address}" = "the reason"` under `[gone]`'
    return f"write {lead}, or {reason}, in {CONFIG_FILE}"


def _quote(alias: str) -> str:
    """Return an alias as YAML reads it in a list on one line."""
    return alias if re.fullmatch(r"[\w/.~-]+", alias) else f'"{alias}"'


def _complain(number: int, line: str, message: str, hint: str) -> Problem:
    length = len(line.split(" = ", maxsplit=1)[0])
    return error(_CODE, message, LOCK_FILE, Span(line=number, length=max(1, length)), hint)


def _spell(address: str) -> str:
    """Return an address as the file has it: everything that is blank percent-encoded."""
    is_plain = address.isprintable() and " " not in address  # nearly always, and found out at once
    return address if is_plain else _BLANK.sub(_encode, address)


def _spell_path(path: str) -> str:
    """Return a path as the file has it: in one line."""
    return (path if path.isprintable() else _BREAK.sub(_encode, path)).strip()


def _encode(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
