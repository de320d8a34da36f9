"""Was the advice right about a real port? The advice for answers.yaml comes first,
on fresh measurements; then the plain function is measured against its ports by
hand, in the interpreter that they were built for.

    table.py [FOLDER]       (of the built ports; default: build/ports/<tag>)

Ends with 1 where a port's gain lies outside of what was predicted for it.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "bench" / "compare"))

import trial  # noqa: E402

# Key of compare.py, name, and the option that is how the port was written: it
# reads the list by reference and leaves the loop around it in Python.
PORTS = [("pyo3", "PyO3", "ffi/pyo3/by-reference"), ("capi", "C", "ffi/capi/by-reference")]


def predict():
    with trial.Home() as home:
        done = home.advise(HERE / "answers.yaml")
    complaint = done.complaint()
    if complaint:
        sys.exit(f"no advice for the port; {complaint}")
    return done


def measure(folder):
    done = subprocess.run([trial.manifest()["executable"], str(HERE / "compare.py"), str(folder)],
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"the ports could not be compared: {done.stderr.strip()}")
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path,
                        default=trial.ROOT / "build" / "ports" / trial.PYTHON_DIR.resolve().name)
    folder = parser.parse_args().folder
    done = predict()
    function = done.function
    options = {option["id"]: option for option in function["options"]}
    measured = measure(folder)
    now = function["prediction"]["time_now"]

    verdict = function["verdict"]
    print(f"verdict: {verdict['title']} ({verdict['confidence']} confidence)")
    print(f"noise while the probes were measured: {done.grade}")
    print(f"plain function: {trial.short(measured['plain_ns'])} measured,"
          f" {trial.span([now['low'], now['high']], trial.short)} in the answers")
    table = trial.Table(port=5, predicted=24, likely=7, measured=9, inside=7, off_likely=12,
                        per_call=10, option=0)
    outside, built = [], 0
    for key, name, option_id in PORTS:
        ns = measured[f"{key}_ns"]
        option = options.get(option_id)
        if ns is None:
            table.row(name, "-", "-", "not built", "-", "-", "-", option_id)
            continue
        built += 1
        if option is None:
            table.row(name, "no such option", "-", "-", "no", "-", trial.short(ns), option_id)
            outside.append(name)
            continue
        low, likely, high = (option["speedup"][k] for k in ("low", "likely", "high"))
        gain = measured["plain_ns"] / ns
        inside = low <= gain and (high is None or gain <= high)
        if not inside:
            outside.append(name)
        top = "any" if high is None else f"{high:.3g}"
        table.row(name, f"{low:.3g} .. {top}", f"{likely:.3g}", f"{gain:.3g}",
                  "yes" if inside else "NO", f"x {gain / likely:.2f}", trial.short(ns), option_id)
    if not built:
        print(f"no port is built in {folder}")
    return 1 if outside or not built else 0


if __name__ == "__main__":
    sys.exit(main())
