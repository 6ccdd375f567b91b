"""`tassei population`: the commands for many people at once."""

from tassei.cli.lazy import Lazy
from tassei.cli.options import lang_option
from tassei.text import Lang, Text

_MODULES = {
    "pack": (
        "pack",
        Text("業務の記録を人材データにまとめる", "Pack evidence into the tables of a population"),
    ),
    "unpack": (
        "unpack",
        Text("人材データを業務の記録に戻す", "Turn a population back into evidence"),
    ),
    "generate": (
        "generate",
        Text("架空の人材データを作る", "Make a population of fictional people"),
    ),
}


def command(lang: Lang) -> Lazy:
    return Lazy(
        "tassei.cli.population",
        _MODULES,
        lang,
        name="population",
        params=[lang_option(lang)],
        help=Text(
            "多人数の業務の記録を、Parquetの表からなるフォルダ（人材データ）として扱います。",
            "Work with the records of many people as a population: a folder of Parquet tables.",
        )[lang],
        no_args_is_help=True,
    )
