"""Front matter of another generator, taken key by key; what nobody takes is left for `extra`."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from sitegen.errors import Problem, error
from sitegen.importers.generators.folders import CODE
from sitegen.model.moment import Moment
from sitegen.parse.instants import read_instant
from sitegen.parse.own_values import read_extra
from sitegen.parse.raw import RawDocument

_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})


class Matter:
    """The values of one document. Keys are read without regard to case."""

    def __init__(self, raw: RawDocument, zone: str, renamed: Mapping[str, str]) -> None:
        """Read `raw`; times without a zone are in `zone` (IANA). `renamed` are keys of the site's own, by sitegen's."""
        names = {key.lower(): name.lower() for key, name in renamed.items()}
        self._values = {names.get(key.lower(), key.lower()): (key, value) for key, value in raw.values.items()}
        self._zone = ZoneInfo(zone)
        self._file = raw.path
        self._spans = raw.spans
        self.problems: list[Problem] = []

    def has(self, name: str) -> bool:
        """Tell whether a key is there with a value, and not yet taken."""
        return name in self._values and self._values[name][1] not in (None, "", [], {})

    def take(self, *names: str) -> object:
        """Return the first of these values that is there; the others are taken with it where they say the same."""
        found: object = None
        for name in names:
            if found is None and self.has(name):
                found = self._values.pop(name)[1]
            elif name in self._values and (not self.has(name) or self._values[name][1] == found):
                del self._values[name]
        return found

    def peek_text(self, name: str) -> str:
        """Return a value as text on one line, and leave it there; empty where it is none."""
        value = self._values[name][1] if self.has(name) else ""
        return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""

    def take_text(self, *names: str) -> str:
        """Return a value as text on one line; empty where it is none."""
        told = next((name for name in names if self.peek_text(name)), None)
        return " ".join(str(self.take(told, *names)).split()) if told else ""

    def take_image(self) -> str:
        """Return where the picture of the article is."""
        names = ("image", "images", "featured_image", "featuredimage", "featureimage", "cover", "thumbnail", "header")
        value = self.take(*(name for name in names if self.has(name) and _find_address(self._values[name][1])))
        return _find_address(value)

    def take_list(self, *names: str, separators: str = ",") -> list[str]:
        """Return a list, or the parts of a text, as text; of mappings their `name`."""
        value = self.take(*names)
        if isinstance(value, str):
            found: Iterable[object] = re.split(f"[{separators}]", value)
        else:
            found = value if isinstance(value, list) else [value]
        texts = [item.get("name", item.get("title")) if isinstance(item, Mapping) else item for item in found]
        cleaned = (" ".join(str(text).split()) for text in texts if text is not None)
        return list(dict.fromkeys(text for text in cleaned if text))

    def take_flag(self, name: str, *, default: bool) -> bool:
        """Return a truth value."""
        value = str(self.take(name)).lower()
        return True if value in _TRUE else False if value in _FALSE else default

    def take_instant(self, *names: str) -> Moment | None:
        """Return an instant; what is none is a problem."""
        span = next((self._spans.get((self._values[name][0],)) for name in names if name in self._values), None)
        value = self.take(*names)
        if value is None:
            return None
        try:
            return read_instant(str(value) if isinstance(value, str) else value, self._zone)
        except PydanticCustomError as failure:
            context = failure.context or {}
            message = f"{names[0]}: {context.get('message')}"
            self.problems.append(error(CODE, message, self._file, span, hint=str(context.get("hint"))))
            return None

    def take_rest(self) -> dict[str, object]:
        """Return everything that nobody took, as `extra` holds it."""
        rest = {key: value for key, value in self._values.values() if value not in (None, "", [], {})}
        self._values.clear()
        try:
            return {key: _thaw(value) for key, value in read_extra(rest).items()}
        except PydanticCustomError as failure:
            message = str((failure.context or {}).get("message"))
            self.problems.append(error(CODE, f"its own keys are left out: one {message}", self._file))
            return {}


def _find_address(value: object) -> str:
    """Return the address of an image: a text, one of some, or one in a mapping."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and value:
        return _find_address(value[0])
    if isinstance(value, Mapping):
        found = (value.get(key) for key in ("src", "image", "url", "path", "file", "teaser"))
        return next((text.strip() for text in found if isinstance(text, str) and text.strip()), "")
    return ""


def write_date(moment: Moment | None, zone: str) -> datetime | date | None:
    """Return an instant as front matter holds it; a day alone stays one in the zone of the site, `zone`."""
    if moment is None:
        return None
    is_day = moment.precision == "day" and moment.at.utcoffset() == moment.at.astimezone(ZoneInfo(zone)).utcoffset()
    return moment.at.date() if is_day else moment.at


def _thaw(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _thaw(item) for key, item in value.items()}
    return [_thaw(item) for item in value] if isinstance(value, tuple) else value
