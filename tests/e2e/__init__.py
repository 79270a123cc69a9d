"""Whole stories, in a real browser and through the fake Bot API."""
