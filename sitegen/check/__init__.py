"""What a finished site is looked through for. Pure: files are handed in as bytes."""
