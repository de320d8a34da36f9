# Records through Python's logging, called as from Python.

import logging

_taking = logging.getLogger("ffiadvise.enabled")
_refusing = logging.getLogger("ffiadvise.disabled")


def log_enabled():
    _taking.info("item %d", 1001)
    return True


def log_disabled():
    _refusing.info("item %d", 1001)
    return True
