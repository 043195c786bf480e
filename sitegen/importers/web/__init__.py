"""The network, as importers may use it: public addresses only, bounded, politely, without credentials."""
