"""Reports as they come in at the hotline: one line, understood as far as it can be, kept at once and worked off later."""
