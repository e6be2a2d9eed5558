"""The commands of the crawler join the group that the archive's command line owns."""

from archive.cli import khobao


def test_every_command_that_touches_the_site_is_there():
    wanted = {"crawl", "backfill", "import", "extract", "reextract", "demo"}
    assert wanted <= set(khobao.list_commands(None))
