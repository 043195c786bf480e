"""WordPress: its exports, its REST API and its saved pages."""
