"""Where planning puts the problems it meets while it goes on."""

from dataclasses import dataclass, field

from sitegen.errors import Problem


@dataclass(slots=True)
class Findings:
    """Problems in the order in which they were found, each once."""

    problems: dict[Problem, None] = field(default_factory=dict)
    """The problems; the order of the keys is the order of finding."""

    def add(self, problem: Problem) -> None:
        """Keep `problem`, if it is a new one."""
        self.problems[problem] = None
