"""Every command that a module of this package defines can be called by its name."""

import importlib
import pkgutil

import click

from archive import commands


def test_no_command_is_forgotten_and_each_has_a_name_of_its_own():
    defined = [
        value
        for module in pkgutil.iter_modules(commands.__path__)
        for value in vars(importlib.import_module(f"archive.commands.{module.name}")).values()
        if isinstance(value, click.Command)
    ]
    group = click.Group()
    commands.register(group)
    assert {id(one) for one in defined} == {id(one) for one in group.commands.values()}
    assert len(group.commands) >= 12
    assert "verify" in group.commands
