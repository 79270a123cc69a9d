"""The one reader of catalogue files, and the district's own."""
