"""Every screen as it is, at three sizes, in ASCII and without colour: tests/screens/.

They come from the stored measurements; what changes from run to run or from day to day is
masked. `GENERATE=1` writes them anew: look at them before they are committed.
"""

import os
import re

import pytest

from conftest import ROOT
from terminal import screens, terminal  # noqa: F401

SCREENS = ROOT / "tests" / "screens"
SIZES = [("80x24", ()), ("120x40", ()), ("40x12", ()), ("80x24", ("--ascii",))]

ANSWERED = '1 "60%" enter "45us" enter 1 2 1 1 "list[float]" enter "1000" enter enter 3 enter '


def to(question, name, typed=""):
    """Keys that find a question in the list, type into it, and show it."""
    return f'tab home / "{question}" enter enter {typed} dump:{name}\n'


WALKS = {
    # The core questions in their order, with what lies over them.
    "questions": """
        dump:first ? dump:why ? dump:keys esc esc
        1 dump:share "6" dump:unfinished "0%" dump:share-typed ? dump:share-why esc esc "60%" enter
        "45" enter dump:no-unit "us" enter
        dump:task 1 dump:loop 2 dump:loop-can-move 1 dump:work 1 dump:type "list[float]" enter
        "20k" dump:length enter
        dump:table c dump:table-copied d dump:table-again
        enter 5 dump:several enter dump:last
        h tab dump:list / "wait" dump:search enter esc
        q dump:leave esc s dump:save 1 dump:path esc esc
        size:30x8 dump:small
        """,
    # An answer on which others depend is changed.
    "changed": '''
        1 "60%" enter "45us" enter 1 2 1 h h 1 h 2 dump:marked tab dump:list esc
        h h h up up dump:first h dump:no-further
        ''',
    # One question of each other kind.
    "kinds": to("function.work", "many-choices") + to("name", "text", '"score"') +
             to("goal.speedup", "factor", '"10"') + to("goal.memory", "size", '"64MiB"') +
             to("calls_per_second", "rate", '"[20k, 30k]"') +
             to("function.keeps_state", "yes-or-no") +
             to("inputs.type", "wrong-type", '"list[" enter') +
             to("inputs.type", "buffer", '"buffer[f64]" enter') +
             to("inputs.shape", "shape", '"[3, 4]"') + to("tried", "outcomes", "1 1 2") +
             to("platforms", "open-choices", "space") +
             "tab d dump:no-argument esc",
    "call": """
        m dump:form "def score(xs):" enter "    return sum(xs)" enter "xs = [1.5] * 1000"
        dump:set-up tab dump:expression "score(xs)" tab dump:interpreter enter dump:seen
        enter dump:next tab dump:list esc
        tab m ^p ^u "score(ys)" enter dump:failed enter dump:changed f1 dump:keys
        """,
    "advice": ANSWERED + "".join(f"{n} dump:page-{n} " for n in range(1, 10)) + """
        3 down enter dump:option-opened enter o f dump:options-all 5 o dump:curve-turns
        2 end dump:reasons-end 7 end dump:flips-end ? dump:keys esc
        r dump:refine esc a q dump:leave esc s dump:save 1 ^u "mine.yaml" enter dump:saved
        """,
    "what-if": ANSWERED + """
        9 w dump:list / "function.share" enter enter dump:question "5%" enter dump:after
        v dump:kept w / "function.share" enter enter "90%" enter v end dump:variants
        n dump:selected e home dump:taken u dump:undone
        """,
}


def masked(lines):
    """Without what is measured now, and how old the stored figures are."""
    kept, measured = [], False
    for line in lines:
        measured = measured and not re.match(r"[─-]{9}| \d+ figures| N figures", line)
        if measured:
            continue
        line = re.sub(r"\d+ figures", "N figures", line)
        # A file's age is told in a line or two more.
        if line == " Measured" or line == "Measured":
            measured = True
            # Whether it needs more than the screen has.
            kept[0] = re.sub(r" +[↓v]more$", "", kept[0])
        kept.append(line)
    return kept


def masked_call(lines):
    """Without the time of the call, how sure that is, and what is advised with it."""
    kept, noted = [], False
    for line in masked(lines):
        noted = line == " Worth knowing" or noted and line.startswith("   ")
        if noted:
            line = ""
        line = re.sub(r"^(\W*wait share +)\S.*", r"\1SHARE", line)
        line = re.sub(r"^(\W*time per call +)\S.*?(?= \(measured\)|$)", r"\1TIME", line)
        kept.append(re.sub(r"^ So far: .*", " So far: ...", line))
    return kept


def golden(name, found, mask):
    path = SCREENS / f"{name}.txt"
    text = "".join(f"--- {key}\n" + "\n".join(mask(lines)).rstrip("\n") + "\n"
                   for key, lines in found.items())
    if os.environ.get("GENERATE"):
        SCREENS.mkdir(exist_ok=True)
        path.write_text(text)
    assert path.read_text() == text, f"{path.name} differs; GENERATE=1 writes it anew"


@pytest.mark.parametrize("size,args", SIZES)
@pytest.mark.parametrize("walk", WALKS)
def test_screens(screens, walk, size, args):
    columns, rows = map(int, size.split("x"))
    more = ("--budget", "0.5s") if walk == "call" else ()
    found = screens(WALKS[walk], columns, rows, *args, *more)
    for name, lines in found.items():
        if name != "small":
            assert len(lines) == rows
        assert all(len(line) <= columns for line in lines), name
        if args:
            assert all(line.isascii() for line in lines), name
    golden(f"{walk}-{size}{'-ascii' if args else ''}", found,
           masked_call if walk == "call" else masked)


@pytest.mark.parametrize("size,args", SIZES)
def test_a_session_that_is_resumed(screens, size, args):
    columns, rows = map(int, size.split("x"))
    screens('1 "60%" enter "45us" enter', columns, rows, *args)
    found = screens("dump:resumed tab dump:list", columns, rows, "--resume", *args)
    golden(f"resume-{size}{'-ascii' if args else ''}", found, masked)


# Without colours: what stands out does by bold, reverse and underlined cells.

MONO = [([], "first"), (["1"], "field"), ([*"60%"], "typed"), (["enter", *"45us", "enter", "1", "1"], "choice"),
        (["tab"], "list"), (["esc", "s"], "save"), (["esc", "q"], "leave"), (["esc", "m"], "call"),
        (["esc", "tab", "t"], "table"), (["tab", "tab"], "nothing"), (["a"], "added"),
        (["esc", "tab", "a"], "advice"), (["3"], "options"), (["9"], "what-if")]


def cells(t):
    """The screen with a row of marks below each row that has any."""
    lines = []
    for row in range(t.screen.lines):
        marks = ""
        for column in range(t.screen.columns):
            cell = t.screen.buffer[row][column]
            marks += "r" if cell.reverse else "_" if cell.underscore else "b" if cell.bold else " "
        lines.append(t.screen.display[row].rstrip())
        if marks.strip():
            lines.append(marks.rstrip())
    return lines


@pytest.mark.parametrize("size", ["80x24", "40x12"])
def test_screens_without_colour(terminal, size):
    columns, rows = map(int, size.split("x"))
    t = terminal("--no-color", columns=columns, rows=rows)
    t.wait("figures from a file")
    found = {}
    for keys, name in MONO:
        t.press(*keys).settle()
        found[name] = cells(t)
    t.press("\x03")
    t.end()
    golden(f"mono-{size}", found, masked)


def test_no_line_begins_with_a_comma(screens):
    found = screens('1 "55%" enter "90ms" enter 1 1 1 "list[float]" enter "1M" enter enter 1 enter '
                    'w / "function.vectorisable" enter enter 2 '
                    'w / "output.type" enter enter "list[float]" enter 4 dump:top end dump:end', 40, 12)
    lines = [line.strip() for lines in found.values() for line in lines]
    assert any("room," in line for line in lines)
    assert not any(line.startswith(",") for line in lines)
