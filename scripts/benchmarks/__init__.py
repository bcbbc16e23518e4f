"""Measurements of speed, memory and size, each beside a bound taken in the same run. `./scripts/bench` runs them."""
