"""`khobao run`, as the operator uses it after a bad night."""

import json

from click.testing import CliRunner

from archive.cli import khobao


def run(*arguments):
    return CliRunner().invoke(khobao, [str(argument) for argument in arguments])


def test_it_names_the_pages_and_how_to_see_their_bytes(made_demo):
    shown = run("run", "-a", made_demo)
    assert shown.exit_code == 0
    assert "blocked: 1" in shown.output
    assert "khobao run --bytes CAPTURE" in shown.output
    found = json.loads(run("run", "-a", made_demo, "--format", "json").output)
    [page] = found["pages"]["blocked"]
    raw = run("run", "-a", made_demo, "--bytes", page["capture"])
    assert "bảo trì" in raw.stdout_bytes.decode()


def test_a_capture_or_run_that_is_not_there_is_said(made_demo):
    for wrong in (("99",), ("--bytes", "99999")):
        refused = run("run", "-a", made_demo, *wrong)
        assert (refused.exit_code, "there is no " in refused.output) == (2, True)
