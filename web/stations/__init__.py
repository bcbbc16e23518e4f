"""Stations that users add and spell otherwise, and the list of what is not placed yet: how they are recorded, and their pages."""
