"""All commands by name: each is loaded when it is called, since most need what the others do not."""

from importlib import import_module
from typing import Any, cast

import click

COMMANDS = {
    "build": ("build:build", "Build the site into output/."),
    "clean": ("clean:clean", "Delete what sitegen wrote into output/, and what it remembers."),
    "comments": (
        "comments:comments",
        "Add comments to an article that is already here, and decide what is shown.",
    ),
    "completion": ("completion:completion", "Print the completion script of a shell."),
    "due": ("due:due", "List what changes without an edit, and when: the next first."),
    "explain": ("explain:explain", "Say why a page is rendered or left alone, or which pages a file reaches."),
    "import": ("importing:import_", "Bring the articles of another system into the site, with their comments."),
    "init": ("init:init", "Make a small working site in the new folder DIR."),
    "list": ("listing:list_contents", "List what the site holds, newest first."),
    "mv": ("mv:mv", "Move the article OLD to NEW (paths below content/) with its comments and images."),
    "new": ("new:new", "Begin a draft in a section: sitegen new world/bridge-reopens."),
    "schema": ("schema:schema", "Print a JSON Schema, so that an editor completes and checks keys."),
    "serve": ("serve:serve", "Show the site in a browser while you write."),
}
"""Where each command is, as `module:name` in this package, and what `sitegen --help` says of it, by its name."""

COMPLETE = "_SITEGEN_COMPLETE"
"""Environment variable through which a shell asks for completions."""


class LazyCommands(click.Group):
    """The group of all commands; what it holds before it is asked for one are empty ones of the same names."""

    def __init__(self, **settings: Any) -> None:
        """Make the group as click does, with all names known, so that a misspelled one gets a suggestion."""
        super().__init__(**settings, commands={name: click.Command(name) for name in COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- as click calls it
        """Load a command."""
        return load_command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


def load_command(name: str) -> click.Command:
    """Return the command `name`, one of `COMMANDS`."""
    module, _, attribute = COMMANDS[name][0].partition(":")
    return cast("click.Command", getattr(import_module(f"sitegen.cli.{module}"), attribute))
