"""Commands that are imported only when they are used, so that the program starts fast."""

from collections.abc import Mapping
from importlib import import_module, util
from typing import Any

import click

from tassei.errors import Fault, RequestError
from tassei.text import Lang, Text


class Lazy(click.Group):
    """A group of commands, each in a module of its own with a function `command(lang)`.

    Args:
        package: where the modules are.
        modules: name of the command -> name of its module, and what it does in one line.
    """

    def __init__(
        self, package: str, modules: Mapping[str, tuple[str, Text]], lang: Lang, **settings: Any
    ) -> None:
        super().__init__(**settings)
        self._package = package
        self._modules = modules
        self._lang: Lang = lang

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._modules:
            return None
        module, short = self._modules[cmd_name]
        command: click.Command = import_module(f"{self._package}.{module}").command(self._lang)
        command.short_help = short[self._lang]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang = self._lang
        with formatter.section(Text("コマンド", "Commands")[lang]):
            formatter.write_dl([(name, short[lang]) for name, (_, short) in self._modules.items()])


def needs(extra: str, *libraries: str) -> None:
    """Check for the libraries of an optional part before they are imported.

    Args:
        extra: the name by which they are installed together.

    Raises:
        RequestError: one is missing.
    """
    missing = [name for name in libraries if util.find_spec(name) is None]
    if missing:
        named = ", ".join(missing)
        raise RequestError(
            [
                Fault(
                    "missing-extra",
                    Text(
                        f"このコマンドに必要なライブラリ（{named}）がありません",
                        f"this command needs libraries that are not installed ({named})",
                    ),
                    Text(
                        f"インストールしてください: pip install 'tassei[{extra}]'",
                        f"install them: pip install 'tassei[{extra}]'",
                    ),
                )
            ]
        )
