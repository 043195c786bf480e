"""Names like a mistyped one."""

import difflib
from collections import Counter
from collections.abc import Iterable
from itertools import chain, islice

from sitegen.plan.slugs import slugify

_CANDIDATES = 100
_MOST = 5000


class Suggester:
    """Finds near names among many, looking closely only at those that share a word with what was written."""

    def __init__(self, names: Iterable[str]) -> None:
        """Know `names`; they are sorted into words at the first question."""
        self._names = names
        self._by_word: dict[str, list[str]] | None = None

    @property
    def was_asked(self) -> bool:
        """Whether anything was suggested, or would have been had there been a name like it."""
        return self._by_word is not None

    def suggest(self, written: str) -> str | None:
        """Return a hint such as "did you mean `x`?", or None where nothing is near."""
        by_word = self._index()
        known = sorted((by_word[word] for word in _words(written) if word in by_word), key=len)
        shared = Counter(islice(chain.from_iterable(known), _MOST))
        candidates = [name for name, _ in shared.most_common(_CANDIDATES)]
        near = difflib.get_close_matches(written, candidates, n=3, cutoff=0.6)
        return "did you mean " + " or ".join(f"`{name}`" for name in near) + "?" if near else None

    def _index(self) -> dict[str, list[str]]:
        if self._by_word is None:
            self._by_word = {}
            for name in self._names:
                for word in _words(name):
                    self._by_word.setdefault(word, []).append(name)
        return self._by_word


def _words(text: str) -> set[str]:
    """Return what two spellings of one name probably share: the first letters of every word."""
    return {word[:3] for word in slugify(text).split("-") if word}
