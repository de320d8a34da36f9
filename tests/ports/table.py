"""Was the advice right about real ports? The plain functions are measured against
their ports by hand, in the interpreter that they were built for; the plain
function's time goes into the answers, as an owner would have it from timeit, and
the advice for them, on fresh measurements, says what each port should gain.

    table.py [FOLDER]       (of the built ports; default: build/ports/<tag>)

Ends with 1 where a port's gain lies outside of what was predicted for it.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "bench" / "compare"))

import trial  # noqa: E402

# The port, and the option that is how it was written: all leave the loop around
# them in Python and read their arguments where they are.
PORTS = [
    ("peaks", "ffi/pyo3/by-reference"),
    ("peaks", "ffi/capi/by-reference"),
    ("numeric", "ffi/capi/zero-copy"),
    ("text", "ffi/pyo3/by-reference"),
    ("dict", "ffi/capi/by-reference"),
    ("objects", "ffi/pyo3/by-reference"),
    ("bytes", "ffi/capi/by-reference"),
    ("callback", "ffi/capi/as-is"),
]


def measure(folder):
    done = subprocess.run([trial.manifest()["executable"], str(HERE / "compare.py"), str(folder)],
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"the ports could not be compared: {done.stderr.strip()}")
    return json.loads(done.stdout)


def answers(measured):
    """All ports as one file, each with the time its plain function took."""
    functions = []
    for name, figures in measured.items():
        function = yaml.safe_load((HERE / f"{name}.yaml").read_text())
        del function["ffiadvise"]
        function["function"]["time_per_call"] = [f"{ns}ns" for ns in figures["range"]]
        functions.append(function)
    return yaml.safe_dump({"ffiadvise": 1, "functions": functions})


def predict(measured):
    """The functions of the report by the port's name, and how quiet it was."""
    with trial.Home() as home:
        path = home.folder / "ports.yaml"
        path.write_text(answers(measured))
        done = home.advise(path)
    complaint = done.complaint()
    if complaint:
        sys.exit(f"no advice for the ports; {complaint}")
    return dict(zip(measured, done.report["functions"])), done.grade


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path,
                        default=trial.ROOT / "build" / "ports" / trial.PYTHON_DIR.resolve().name)
    measured = measure(parser.parse_args().folder)
    functions, grade = predict(measured)

    print(f"noise while the probes were measured: {grade}")
    table = trial.Table(port=9, plain=9, predicted=18, likely=7, measured=9, inside=7,
                        off_likely=11, within_2x=10, option=24, advised=0)
    outside, far, judged = set(), set(), set()
    for name, option_id in PORTS:
        function, figures = functions[name], measured[name]
        key = option_id.split("/")[1]
        verdict = function["verdict"]
        advised = "/".join([verdict["use"], "+".join(verdict["design"])]).rstrip("/")
        if key not in figures:
            table.row(name, trial.short(figures["plain"]), "-", "-", "not built", "-", "-", "-",
                      option_id, advised)
            continue
        judged.add(name)
        option = next((o for o in function["options"] if o["id"] == option_id), None)
        if option is None:
            table.row(name, trial.short(figures["plain"]), "no such option", "-", "-", "NO", "-",
                      "NO", option_id, advised)
            outside.add(name)
            far.add(name)
            continue
        low, likely, high = (option["speedup"][k] for k in ("low", "likely", "high"))
        gain = figures["plain"] / figures[key]
        inside = low <= gain and (high is None or gain <= high)
        close = likely / 2 <= gain <= likely * 2
        if not inside:
            outside.add(name)
        if not close:
            far.add(name)
        top = "any" if high is None else f"{high:.3g}"
        table.row(name, trial.short(figures["plain"]), f"{low:.3g} .. {top}", f"{likely:.3g}",
                  f"{gain:.3g}", "yes" if inside else "NO", f"x {gain / likely:.2f}",
                  "yes" if close else "no", option_id, advised)
    print(f"inside: {len(judged - outside)} of {len(judged)};"
          f" likely within 2x: {len(judged - far)} of {len(judged)}")
    return 1 if outside or not judged else 0


if __name__ == "__main__":
    sys.exit(main())
