"""The drawings of the sample site, printed in a few inks on newspaper."""
