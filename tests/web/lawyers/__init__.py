"""The pages of lawyers."""
