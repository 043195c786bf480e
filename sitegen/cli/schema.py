"""`sitegen schema`."""

import click

from sitegen.cli.console import print_json


@click.command()
@click.argument("what", type=click.Choice(["config", "front-matter", "comments", "moderation"]), default="config")
def schema(what: str) -> None:
    """Print a JSON Schema, so that an editor completes and checks keys."""
    # Each schema drags in its models: only the one that was asked for is imported.
    if what == "config":
        from sitegen.parse.config import config_json_schema as build  # noqa: PLC0415
    elif what == "front-matter":
        from sitegen.parse.front_matter_schema import front_matter_json_schema as build  # noqa: PLC0415
    elif what == "moderation":
        from sitegen.parse.moderation_format import moderation_json_schema as build  # noqa: PLC0415
    else:
        from sitegen.parse.comment_format import comment_json_schema as build  # noqa: PLC0415
    print_json(build())
