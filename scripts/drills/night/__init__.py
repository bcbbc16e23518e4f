"""A night of protests over real HTTP: what twenty monitors send, how they send it, and the same night counted again by other means."""
