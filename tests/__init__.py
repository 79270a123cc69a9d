"""Everything that checks the desk. `tests.chat` and `tests.factories` are how tests talk; `tests.fakes` stand in for the outside."""
