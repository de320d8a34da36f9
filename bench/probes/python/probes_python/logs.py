"""Records through Python's logging, to a handler that drops them: no output is measured."""

import logging

_taking = logging.getLogger("ffiadvise.enabled")
_refusing = logging.getLogger("ffiadvise.disabled")


class _Keeping(logging.Handler):
    """Keeps the messages, where a logging.NullHandler drops the record."""

    def __init__(self):
        super().__init__()
        self.messages = []

    def handle(self, record):
        self.messages.append(record.getMessage())


def _send_to(handler):
    for logger, level in ((_taking, logging.INFO), (_refusing, logging.WARNING)):
        logger.propagate = False
        logger.setLevel(level)
        logger.handlers[:] = [handler]


def expect_records(f, n):
    """Sees that f makes n records, and leaves a handler that drops them. What a
    bridge keeps of a logger, its level for one, it has seen after this."""
    keeping = _Keeping()
    _send_to(keeping)
    f()
    if keeping.messages != ["item 1001"] * n:
        raise AssertionError(f"{n} records were expected, not {keeping.messages}")
    _send_to(logging.NullHandler())


def log_enabled():
    _taking.info("item %d", 1001)
    return True


def log_disabled():
    _refusing.info("item %d", 1001)
    return True
