"""Frozen types only: what every other layer speaks of. Nothing here reads, computes or imports a library."""
