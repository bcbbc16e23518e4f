"""What an adversary would do to an installation, done to one of our own: leaks looked for, pages abused, a browser searched."""
