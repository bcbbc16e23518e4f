"""What this process holds in memory, keys and names, stays there: it leaves no core file and no debugger may look into it."""

import ctypes
import resource
import sys

_SET_DUMPABLE, _GET_DUMPABLE = 4, 3
"""Numbers of prctl(2)."""


def keep_to_itself() -> bool:
    """True where the system promised both. Somebody with the rights of root may still look; swap is the machine's to encrypt."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not sys.platform.startswith("linux"):
        return False
    system = ctypes.CDLL(None)
    # A limit alone does not hold where the system hands a crash to a program of its own.
    system.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    return bool(system.prctl(_GET_DUMPABLE, 0, 0, 0, 0) == 0)
