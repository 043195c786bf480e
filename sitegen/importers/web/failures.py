"""What can go wrong with a request."""

from sitegen.errors import MachineError


class FetchError(MachineError):
    """An address cannot be fetched, and asking again would not change that."""


class PassingError(FetchError):
    """An address could not be fetched now: a broken connection, a server that is busy. Asking again may help."""
