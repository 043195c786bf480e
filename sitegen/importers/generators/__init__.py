"""Other static site generators: folders of Markdown with front matter, read as data and never run."""
