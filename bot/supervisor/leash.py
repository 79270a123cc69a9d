"""Runs a command that dies with its parent, even when the parent is killed -9: `leash.py <parent pid> <command...>`.

Kept free of imports of ours: it is started with `python -I -S` before every process, in about ten milliseconds. Linux
keeps the promise itself (PR_SET_PDEATHSIG survives exec); elsewhere the next `onedoor up` clears up what was left."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Ask the kernel for the signal, make sure the parent is still there, become the command."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it died before the kernel knew
            sys.exit(1)
    try:
        os.execvp(command[0], command)  # noqa: S606 - without a shell is what we want
    except OSError as problem:
        sys.stderr.write(f"cannot run {command[0]}: {problem.strerror}\n")
        sys.exit(127)


if __name__ == "__main__":
    main()
