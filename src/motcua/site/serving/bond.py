"""A child process that does not outlive its parent, even one that was killed."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def follow_parent() -> None:
    """Ask the system for SIGTERM when our parent ends. Linux only; elsewhere an orphan has to be ended by hand."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if str(os.getppid()) != os.environ.get("MOTCUA_PARENT", str(os.getppid())):
        sys.exit(1)  # the parent ended before we asked
