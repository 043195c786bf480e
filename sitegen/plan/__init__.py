"""Pure planning: from articles to the list of pages that the site has. No file, clock, network or environment."""
