"""Values that never change: what is common to the types of this package and to other frozen types.

They are msgspec's `Struct`, since what a build of thousands of pages makes millions of has to be made quickly: a value
takes a fifth of the time of a frozen dataclass, and so does reading it; and a type takes a tenth, of which the shortest
build loads more than a hundred. They are `array_like`: what is remembered of them is their fields in order, whose names
would be half of it.
"""

import dataclasses
from typing import TYPE_CHECKING

from msgspec import Struct, structs

if TYPE_CHECKING:
    # Type checkers know what fields a value has only of this one.
    from dataclasses import replace
else:

    def replace(value, /, **changes):
        """Return a value with some fields changed, as `copy.replace` does from Python 3.13 on."""
        change = structs.replace if isinstance(value, Struct) else dataclasses.replace
        return change(value, **changes)


def name_fields(value: object) -> tuple[str, ...]:
    """Return the names of the fields of a frozen type, or of a value of one; none for anything else."""
    if isinstance(value, Struct) or (isinstance(value, type) and issubclass(value, Struct)):
        return value.__struct_fields__
    return tuple(field.name for field in dataclasses.fields(value)) if dataclasses.is_dataclass(value) else ()


__all__ = ["name_fields", "replace"]
