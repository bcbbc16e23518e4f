"""A night of protests over real HTTP: what is sent, how, and the same night counted again by other means."""
