"""Probes that do what no probe should. Each has the name of what it does; the
worker's parent must survive all of them. late() is well until `calls` is set."""

import ctypes
import os
import signal
import subprocess
import sys
import time

calls = 0


def good(x):
    return x + 1


def late(what):
    """Does `what` when it has been called often: not while it is loaded."""
    global calls
    calls += 1
    if calls > 1000000:
        what()


def segfault():
    ctypes.string_at(1)


def abort():
    os.abort()


def endless():
    while True:
        pass


def endless_in_c():
    """A loop that never comes back to the interpreter: sum() over it checks no signals."""
    return sum(iter(int, 1))


def sleep():
    time.sleep(3600)


def flood():
    while True:
        os.write(1, b"x" * 65536)


def flood_by_print():
    while True:
        print("x" * 1000)


def eat():
    kept = []
    while True:
        kept.append(bytearray(1 << 20))


def raises():
    raise ValueError("no \x1b[31mcolours")


def wrong(x):
    return [x, {"a": x + 2}]


def exit_now():
    os._exit(3)


def sys_exit():
    sys.exit(4)


def close_all():
    os.closerange(3, 256)
    time.sleep(3600)


def stop_itself():
    os.kill(os.getpid(), signal.SIGSTOP)


def garble():
    os.write(3, b"\xff" * 64)
    time.sleep(3600)


def half_a_frame():
    os.write(3, b"\x40\x00\x00\x00\x42xx")
    time.sleep(3600)


def kill_group():
    os.killpg(0, signal.SIGKILL)


def fork():
    """A child that sleeps, and whose own child does too."""
    if os.fork() == 0:
        os.fork()
        time.sleep(3600)
        os._exit(0)


def fork_daemon():
    """A daemon as they are made: its own session, and its parent gone."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    os.setsid()
    if os.fork():
        os._exit(0)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(3600)


def run_program():
    """Programs in a session of their own, which no fork handler sees."""
    subprocess.Popen(["sleep", "3600"], start_new_session=True)
    subprocess.Popen(["sh", "-c", "sleep 3600 & sleep 3600 & exit 0"], start_new_session=True)


def fork_and_return():
    """The copy comes back too, and must not answer in the worker's place."""
    os.fork()


def mute():
    """Children that hold the worker's output while it crashes."""
    subprocess.Popen(["sleep", "3600"], close_fds=False)
    ctypes.string_at(1)
