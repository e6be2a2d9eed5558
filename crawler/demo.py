"""The demo (to come)."""


def run_demo(folder):
    raise SystemExit
