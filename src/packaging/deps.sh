#!/bin/sh
# Installs what a build (run) or its tests (test) lack, and only that: system
# packages with apt-get, Python packages into build/venv. Prints each command
# first. Where it may not install, it says what to type and fails.
set -eu

what=${1:?run or test}
python=${PYTHON:-python3}
missing=

need() { missing="$missing $1"; }

has_header() { printf '#include <%s>\n' "$1" | ${CC:-cc} -E -x c - >/dev/null 2>&1; }

case $what in
run)
	command -v "${CC:-cc}" >/dev/null 2>&1 || need gcc
	has_header stdlib.h || need libc6-dev
	has_header yaml.h || need libyaml-dev
	has_header jansson.h || need libjansson-dev
	has_header curses.h || need libncurses-dev
	command -v "$python" >/dev/null 2>&1 || need python3
	# Debian's own interpreter brings its headers in a package of their own.
	case $("$python" -c 'import os, sys; print(os.path.realpath(sys.executable))' 2>/dev/null) in
	/usr/bin/*)
		[ -n "$("$python" -c 'import sysconfig, os; p = sysconfig.get_path("include"); print(os.path.join(p, "Python.h") if os.path.exists(os.path.join(p, "Python.h")) else "")')" ] ||
			need python3-dev
		;;
	esac
	;;
test)
	has_header stdarg.h
	printf '#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <setjmp.h>\n#include <cmocka.h>\n' |
		${CC:-cc} -E -x c - >/dev/null 2>&1 || need libcmocka-dev
	command -v mandoc >/dev/null 2>&1 || need mandoc
	command -v tmux >/dev/null 2>&1 || need tmux
	"$python" -c 'import venv, ensurepip' >/dev/null 2>&1 || need python3-venv
	;;
esac

if [ -n "$missing" ]; then
	install="apt-get install -y --no-install-recommends$missing"
	if ! command -v apt-get >/dev/null 2>&1; then
		echo "missing:$missing; install what your system calls them, then try again" >&2
		exit 1
	elif [ "$(id -u)" = 0 ]; then
		sudo=
	elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
		sudo="sudo -n "
	else
		echo "missing:$missing; type this, then try again:" >&2
		echo "  sudo apt-get update && sudo $install" >&2
		exit 1
	fi
	# The package lists may be absent or old: fetched only when they are needed.
	echo "${sudo}$install"
	DEBIAN_FRONTEND=noninteractive ${sudo}$install >/dev/null 2>&1 || {
		echo "${sudo}apt-get update && ${sudo}$install"
		${sudo}apt-get update -q >/dev/null
		DEBIAN_FRONTEND=noninteractive ${sudo}$install
	}
fi

if [ "$what" = test ]; then
	wanted=src/packaging/test-requirements.txt
	if ! cmp -s "$wanted" build/venv/installed.txt; then
		mkdir -p build
		[ -x build/venv/bin/python ] || {
			echo "$python -m venv build/venv"
			"$python" -m venv build/venv
		}
		echo "build/venv/bin/python -m pip install -r $wanted"
		build/venv/bin/python -m pip install -q --disable-pip-version-check -r "$wanted"
		cp "$wanted" build/venv/installed.txt
	fi
fi
