"""The line prompts: the core questions, why they are asked, and advice at the end."""

import json

import pytest

from conftest import STORED


@pytest.fixture
def talk(run):
    def call(*lines, form="json"):
        return run("--plain", "--measurements", STORED, "--format", form,
                   input="".join(line + "\n" for line in lines))

    return call


def test_questions_and_advice(talk):
    # Enter to everything after the first answer: the rest stays unknown.
    done = talk("1", *[""] * 20)
    assert done.returncode == 0
    function = json.loads(done.stdout)["functions"][0]
    assert function["answers"]["function.bound"] == {"value": "cpu", "origin": "asked"}
    assert function["answers"]["function.share"]["origin"] == "unknown"
    assert function["verdict"]["confidence"] != "high"


def test_the_end_of_input_ends_the_questions(talk):
    done = talk("1", "60%", "45us")
    assert done.returncode == 0
    assert "the input ended at question 4 of 9" in done.stderr
    answers = json.loads(done.stdout)["functions"][0]["answers"]
    assert answers["function.time_per_call"]["low"] == 45000


def test_nothing_at_all_is_no_session(talk):
    done = talk()
    assert done.returncode == 0 and done.stdout == "" and "without advice" in done.stderr


def test_why_back_and_leave(talk):
    done = talk("?", "1", "b", "2", "q")
    assert done.returncode == 0 and done.stdout == ""
    assert done.stderr.count("1 of ") == 3
    assert "first question" in talk("b", "q").stderr


def test_a_wrong_reply_is_told_and_asked_again(talk):
    done = talk("1", "160%", "60%", *[""] * 20)
    assert done.returncode == 0 and "160%" in done.stderr
    assert json.loads(done.stdout)["functions"][0]["answers"]["function.share"]["low"] == 0.6


def test_choices_are_read_out_once(talk):
    done = talk("nothing", "?", "list", "1", *[""] * 20)
    assert done.stderr.count("waiting for files") == 2
    assert "(list: the choices again)" in done.stderr


def test_a_share_without_its_percent_is_understood_as_a_slip(talk):
    assert "did you mean 15%?" in talk("1", "15", *[""] * 20).stderr


def test_it_says_which_argument_is_asked_for(talk):
    assert "Argument 1. What is its type?" in talk("1", *[""] * 20).stderr
