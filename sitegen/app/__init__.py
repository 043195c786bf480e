"""What the commands do: wiring of the layers below, no printing."""
