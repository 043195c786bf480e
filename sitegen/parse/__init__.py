"""Text to model: configuration, front matter, Markdown, articles, comments. Pure: everything needed is an argument."""
