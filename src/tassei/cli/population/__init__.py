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
    "judge": (
        "judge",
        Text("全員を判定し、判定の表を書き出す", "Judge everybody into a table of verdicts"),
    ),
    "gather": (
        "gather",
        Text(
            "実行基盤が書き出した判定を1つの表にする",
            "Make one table of what an engine has written",
        ),
    ),
    "summary": (
        "summary",
        Text("専門分野とレベルごとの人数を示す", "Count heads by field and level"),
    ),
    "near-misses": (
        "near_misses",
        Text("あと1つの事実で次のレベルに届く人を数える", "Count who lacks one fact for a level"),
    ),
    "compare": (
        "compare",
        Text(
            "別の版や改正案ではだれが動くかを示す",
            "Show who moves under another edition or a reform",
        ),
    ),
    "risk": (
        "risk",
        Text("1人に頼っている専門分野を示す", "Show the fields that rest on a single person"),
    ),
    "people": (
        "people",
        Text("あるレベルの人を一覧する", "List the people behind a number"),
    ),
    "explain": (
        "explain",
        Text("1人の判定の根拠を示す", "Show the proof of one person's verdicts"),
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
