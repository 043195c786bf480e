"""What is wrong with a snapshot, collected with places: personal data, times that are none, what is left out."""

from sitegen.errors import Problem, Span, error, place_of, warning
from sitegen.model.values import replace
from sitegen.parse.json_source import JsonPlaces, find_json_places
from sitegen.parse.places import Path

CODE = "comments"


class Findings:
    """The problems of one snapshot."""

    def __init__(self, text: str, path: str) -> None:
        """Start without any; `text` is the JSON in the file `path`."""
        self._text = text
        self._path = path
        self._places: JsonPlaces | None = None
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def refuse(self, where: Path, message: str, hint: str | None = None) -> None:
        """Note an error about the value at `where`."""
        self.problems.append(error(CODE, message, self._path, self.find(where), hint))

    def refuse_private(self, where: Path, message: str, hint: str) -> None:
        """Note an error about personal data, which no terminal and no log is to show."""
        self.problems.append(replace(error(CODE, message, self._path, self.find(where), hint), private=True))

    def warn(self, where: Path, message: str, hint: str | None = None) -> None:
        """Note something about the value at `where` by which nothing is lost."""
        self.warnings.append(warning(CODE, message, self._path, self.find(where), hint))

    def warn_key(self, where: Path, message: str, hint: str) -> None:
        """Note something about the key at `where`."""
        self.warnings.append(warning(CODE, message, self._path, self._look_up().key_spans.get(where), hint))

    def warn_private(self, where: Path, message: str, hint: str) -> None:
        """Note something about a value that no terminal and no log is to show."""
        self.warnings.append(replace(warning(CODE, message, self._path, self.find(where), hint), private=True))

    def find(self, where: Path) -> Span:
        """Return the place of a value, or of what holds it."""
        places = self._look_up().spans
        while where and where not in places:
            where = where[:-1]
        return places.get(where, Span(line=1))

    def list_problems(self) -> tuple[Problem, ...]:
        """Return the errors in the order of the file."""
        return tuple(sorted(self.problems, key=place_of))

    def list_warnings(self) -> tuple[Problem, ...]:
        """Return the warnings in the order of the file."""
        return tuple(sorted(self.warnings, key=place_of))

    def _look_up(self) -> JsonPlaces:
        if self._places is None:
            self._places = find_json_places(self._text)
        return self._places
