"""What the terminal shows: our own lines, and the processes' lines each behind the name of the process."""

from __future__ import annotations

import sys
import threading
from typing import TextIO

COLOURS = {"backend": 34, "jobs": 36, "bot": 32, "simulator": 35, "nlu": 33}
WIDTH = 9


class Screen:
    """Whole lines only, so that two processes never write into each other; colours only for a person's terminal."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.out = out or sys.stdout
        self.colour = self.out.isatty()
        self._one_at_a_time = threading.Lock()

    def say(self, text: str = "") -> None:
        """A line of our own."""
        self._write(text)

    def line(self, process: str, text: str) -> None:
        """A line of a process."""
        name = f"{process:<{WIDTH}}"
        if self.colour:
            name = f"\033[{COLOURS.get(process, 37)}m{name}\033[0m"
        self._write(f"{name} | {text}")

    def _write(self, text: str) -> None:
        with self._one_at_a_time:
            try:
                self.out.write(text + "\n")
                self.out.flush()
            except (BrokenPipeError, ValueError):
                pass  # nobody reads any more (the terminal was closed): the desk goes on
            except UnicodeEncodeError:
                self.out.write(text.encode("ascii", "replace").decode() + "\n")
