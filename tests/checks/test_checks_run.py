"""What only shows when several files are looked at."""

from faults import Rows, answered, cassette_of, one, scene_of, vcrpy

from cassette_cli.checks.naming import TestNames
from cassette_cli.checks.run import Run

# They need more than one file.
ROWS: Rows = {}


def test_a_reply_in_two_files_is_found_once_per_file() -> None:
    run = Run()
    first, second, other = (
        scene_of(cassette_of(text, path))
        for path, text in (
            ("a.yaml", vcrpy(one(), one())),
            ("b.yaml", vcrpy(one(), one())),
            ("c.yaml", vcrpy(one(response=answered(id="r2")))),
        )
    )
    assert list(run.find(first)) == []
    (problem,) = run.find(second)
    assert (problem.code, problem.interaction) == ("response-id-reused", 0)
    assert problem.message == "the reply is that of interaction 0 in a.yaml"
    assert list(run.find(other)) == []


def test_names_of_tests_count_only_where_some_were_looked_at() -> None:
    scene = scene_of(cassette_of(vcrpy(one()), "cassettes/test_gone.yaml"))
    assert list(Run().find(scene)) == []
    assert [each.code for each in Run(TestNames()).find(scene)] == ["recording-unnamed"]
    named = TestNames([("test_a.py", "def test_gone(): ...\n")])
    assert list(Run(named).find(scene)) == []
