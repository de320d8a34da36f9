"""The program driven as a person would: by a script of keys, or on a terminal of its own, a pty with
pyte for what is seen there. Fixtures: `screens` and `terminal`."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path

import pyte
import pytest

from conftest import PROGRAM, STORED

# Longer than anything takes on a busy machine: reached only when something hangs.
PATIENCE = 60

KEYS = {"enter": "\r", "esc": "\033", "tab": "\t", "up": "\033[A", "down": "\033[B",
        "left": "\033[D", "right": "\033[C", "backspace": "\x7f", "pageup": "\033[5~",
        "pagedown": "\033[6~", "space": " "}


class Terminal:
    """One run. Keys go in by press() and type(), text() is the screen as lines."""

    def __init__(self, env, *args, term="tmux-256color", columns=80, rows=24,
                 measurements=STORED, stdout=None, controls=True):
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(slave)
        self.master, self.slave = master, slave
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        args = [str(PROGRAM), *map(str, args)]
        if measurements:
            args += ["--measurements", str(measurements)]
        self.process = subprocess.Popen(
            args, stdin=slave, stdout=stdout or slave, stderr=slave, start_new_session=True,
            preexec_fn=(lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) if controls else None,
            env={k: v for k, v in {**env, "TERM": term}.items() if v is not None})

    def read(self, seconds=0.05):
        """Takes what the program wrote; False when nothing came."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.raw += data
        # pyte draws an unfinished REP as text and knows no alternate screen: neither is sent here.
        self.stream.feed(data)
        return bool(data)

    def text(self):
        return [line.rstrip() for line in self.screen.display]

    def wait(self, what, seconds=PATIENCE):
        """Until the screen has that text, or what(self) holds."""
        holds = what if callable(what) else lambda t: any(what in line for line in t.text())
        end = time.monotonic() + seconds
        while not holds(self):
            assert time.monotonic() < end, f"{what!r} did not come:\n" + "\n".join(self.text())
            self.read()
        return self

    def settle(self):
        """Until nothing more is written for a moment."""
        while self.read(0.15):
            pass
        return self

    def press(self, *keys):
        for key in keys:
            os.write(self.master, KEYS.get(key, key).encode())
        return self

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def signal(self, number):
        self.process.send_signal(number)

    def end(self, seconds=PATIENCE):
        """Waits for the program's end; its exit status."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < end, "it did not end:\n" + "\n".join(self.text())
            self.read()
        while self.read(0.05):
            pass
        return self.process.returncode

    def restored(self):
        """True when the line is as it was and the screen was given back."""
        return termios.tcgetattr(self.slave) == self.before

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        for fd in (self.master, self.slave):
            try:
                os.close(fd)
            except OSError:
                pass


@pytest.fixture
def screens(run, tmp_path):
    """The named screens a script of keys leads to, as lists of lines."""

    def call(keys, columns=80, rows=24, *args, env=None, status=0):
        (tmp_path / "keys").write_text(keys)
        done = run("--keys", tmp_path / "keys", "--dump", tmp_path / "dump", "--measurements",
                   STORED, *args, cwd=tmp_path,
                   env={"COLUMNS": str(columns), "LINES": str(rows), **(env or {})})
        assert done.returncode == status, done.stderr
        found = {}
        for part in re.split(r"^--- ", (tmp_path / "dump").read_text(), flags=re.M)[1:]:
            name, *lines = part.split("\n")
            found[name] = lines[:-1]
        call.done = done
        return found

    return call


@pytest.fixture
def terminal(home):
    runs = []

    def call(*args, env=None, **kinds):
        runs.append(Terminal({**home, **(env or {})}, *args, **kinds))
        return runs[-1]

    yield call
    for one in runs:
        one.close()


def descendants(pid):
    """Processes below one, by their ids."""
    below = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        below.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, todo = [], [pid]
    while todo:
        children = below.get(todo.pop(), [])
        found += children
        todo += children
    return found


def state_of(pid):
    """As in /proc/PID/stat: "T" for stopped; "" when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return ""


def is_there(pid):
    return state_of(pid) not in ("", "Z")


def gone(pids):
    end = time.monotonic() + 60
    while any(is_there(pid) for pid in pids):
        assert time.monotonic() < end, "workers are left"
        time.sleep(0.05)
