"""Persons and households, and what has been said about them, each fact beside its words."""
