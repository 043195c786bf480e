"""sitegen turns a folder of Markdown news articles into a complete static news site."""

__version__ = "0.1.0"
