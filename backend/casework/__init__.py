"""The life of an application: `submit` writes it, the transition table moves it, a determination ends it."""
