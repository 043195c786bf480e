"""The preview on this machine: a server, a watcher, and pages that reload by themselves."""
