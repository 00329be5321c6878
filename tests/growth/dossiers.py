"""Dossiers that grow: a shape is a small town with more and more of one thing, in the way worst for a reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from tests.small import Small, put

Write = Callable[[Path, int], None]


def town(path: Path, **more: object) -> Path:
    return Small(adopted=[(2018, "A", 1)], **more).write(path)  # type: ignore[arg-type]


def rows(path: Path, file: str, header: str, lines: list[str]) -> None:
    put(path, file, header + "\n" + "\n".join(lines) + "\n")


def area_chain(path: Path, n: int) -> None:
    town(path)
    rows(
        path,
        "areas.csv",
        "code,slug,name,kind,parent",
        [f"G{i},g{i},G {i},wijk,{f'G{i - 1}' if i else ''}" for i in range(n)],
    )


def area_chain_up(path: Path, n: int) -> None:
    town(path)
    rows(
        path,
        "areas.csv",
        "code,slug,name,kind,parent",
        [f"G{i},g{i},G {i},wijk,{f'G{i + 1}' if i < n - 1 else ''}" for i in range(n)],
    )


def area_circle(path: Path, n: int) -> None:
    town(path)
    rows(path, "areas.csv", "code,slug,name,kind,parent", [f"G{i},g{i},G {i},wijk,G{(i + 1) % n}" for i in range(n)])


def area_star(path: Path, n: int) -> None:
    town(path)
    rows(
        path, "areas.csv", "code,slug,name,kind,parent", [f"G{i},g{i},G {i},wijk,{'G0' if i else ''}" for i in range(n)]
    )


def line_chain(path: Path, n: int) -> None:
    town(path)
    rows(path, "budget_lines.csv", "code,slug", ["A,a", *(f"L{i},l{i}" for i in range(n))])
    lines = [f"L{i},2018,L {i},,{f'L{i - 1}' if i else 'A'}" for i in range(n)]
    rows(path, "budget_line_years.csv", "line,year,name,area,parent", ["A,2018,A,,", *lines])


def line_star(path: Path, n: int) -> None:
    town(path)
    rows(path, "budget_lines.csv", "code,slug", ["A,a", *(f"L{i},l{i}" for i in range(n))])
    rows(
        path,
        "budget_line_years.csv",
        "line,year,name,area,parent",
        ["A,2018,A,,", *(f"L{i},2018,L {i},,A" for i in range(n))],
    )


def line_flat(path: Path, n: int) -> None:
    town(path)
    rows(path, "budget_lines.csv", "code,slug", ["A,a", *(f"L{i},l{i}" for i in range(n))])
    rows(
        path,
        "budget_line_years.csv",
        "line,year,name,area,parent",
        ["A,2018,A,,", *(f"L{i},2018,L {i},," for i in range(n))],
    )


def corrections(path: Path, n: int) -> None:
    town(path)
    rows(
        path,
        "budgets.csv",
        "id,corrects,line,year,kind,amount,number,authority,decided_on",
        [f"b{i},{f'b{i - 1}' if i else ''},A,2018,adopted,{i},R1,raad,2017-11-01" for i in range(n)],
    )


def area_changes(path: Path, n: int) -> None:
    town(path)
    rows(path, "areas.csv", "code,slug,name,kind", [f"G{i},g{i},G {i},wijk" for i in range(n)])
    first = date(1950, 1, 1)
    rows(
        path,
        "area_changes.csv",
        "kind,from_area,to_area,changed_on,series",
        [f"rename,G{i},G{i + 1},{first + timedelta(i)},recomputed" for i in range(n - 1)],
    )


def area_split(path: Path, n: int) -> None:
    town(path)
    rows(path, "areas.csv", "code,slug,name,kind", [f"G{i},g{i},G {i},wijk" for i in range(n)])
    rows(
        path,
        "area_changes.csv",
        "kind,from_area,to_area,changed_on,series,weight",
        [f"split,G0,G{i},2018-01-01,recomputed,{i}" for i in range(1, n)],
    )


def redirects(path: Path, n: int) -> None:
    town(path)
    rows(path, "redirects.csv", "old,new", [f"oud{i}.html,oud{i + 1}.html" for i in range(n)])


def questions(path: Path, n: int) -> None:
    town(path)
    rows(
        path,
        "questions.csv",
        "id,corrects,figure,question,asked_on,asked_by",
        [f"q{i},{f'q{i - 1}' if i else ''},budget/A@2018,Waarom?,2019-01-01,council" for i in range(n)],
    )


def rules(path: Path, n: int) -> None:
    town(path, postings=[(2018, "A", i % 7) for i in range(n)])
    rows(
        path,
        "attribution.csv",
        "id,cost_centre,ledger_account,line",
        [f"r{i},k{i},4*,A" for i in range(n)] + ["rA,kA,,A"],
    )


def rules_and_codes(path: Path, n: int) -> None:
    town(path, postings=[(2018, f"{i}", 1) for i in range(n)])
    rows(path, "attribution.csv", "id,cost_centre,line", [f"r{i},k{i},A" for i in range(n)])


def rules_of_prefixes(path: Path, n: int) -> None:
    """Every rule is a prefix of the next: the longest that fits wins."""
    town(path, postings=[(2018, "9" * i, 1) for i in range(1, n // 10)])
    rows(path, "attribution.csv", "id,cost_centre,line", [f"r{i},k{'9' * i}*,A" for i in range(1, n // 10)])


def keys(path: Path, n: int) -> None:
    line_flat(path, n)
    rows(path, "keys.csv", "key,year,line,weight,decision", [f"K,2018,L{i},{i + 1},R1" for i in range(n)])
    rows(path, "attribution.csv", "id,cost_centre,line,key", ["rA,kA,,K"])
    Small(postings=[(2018, "A", 1000)]).deliver(path, "realised", ["2018;6;;4000;kA;1000"] * 3)


def unknown_columns(path: Path, n: int) -> None:
    town(path)
    put(path, "areas.csv", "code,slug,name,kind," + ",".join(f"k{i}" for i in range(n)) + "\n")


def own_columns(path: Path, n: int) -> None:
    town(path)
    put(path, "areas.csv", "code,slug,name,kind," + ",".join(f"x_{i}" for i in range(n)) + "\na,a,a,a" + "," * n + "\n")


def one_cell(path: Path, n: int) -> None:
    town(path)
    put(path, "areas.csv", "code,slug,name,kind\na,a," + "x" * 100 * n + ",wijk\n")


def quoted_cell(path: Path, n: int) -> None:
    town(path)
    put(path, "areas.csv", 'code,slug,name,kind\na,a,"' + '""\n' * 100 * n + '",wijk\n')


def blank_rows(path: Path, n: int) -> None:
    town(path)
    put(path, "areas.csv", "code,slug,name,kind\n" + ",,,\n" * 50 * n)


def wrong_rows(path: Path, n: int) -> None:
    town(path)
    put(path, "areas.csv", "code,slug,name,kind\n" + "a b,A,,\n" * n + "x\n" * n)


def doubled_rows(path: Path, n: int) -> None:
    town(path)
    put(path, "areas.csv", "code,slug,name,kind\n" + "a,a,A,wijk\n" * 10 * n)


def toml_wrong(path: Path, n: int) -> None:
    town(path)
    text = (path / "dossier.toml").read_text("utf-8")
    put(path, "dossier.toml", text + "[presentation]\n" + "".join(f"k{i} = 1\n" for i in range(n)))


def toml_tables(path: Path, n: int) -> None:
    town(path)
    text = (path / "dossier.toml").read_text("utf-8")
    put(path, "dossier.toml", text + "".join(f"[[term]]\nfrom = {2000 + i % 50}\nyears = 0\n" for i in range(n)))


def toml_list(path: Path, n: int) -> None:
    town(path)
    text = (path / "dossier.toml").read_text("utf-8")
    put(
        path,
        "dossier.toml",
        text
        + "[[privacy.block]]\nname='a'\nexplanation='b'\ncategory=["
        + ",".join(f"'4{i}'" for i in range(n))
        + "]\n",
    )


def toml_deep(path: Path, n: int) -> None:
    town(path)
    text = (path / "dossier.toml").read_text("utf-8")
    put(path, "dossier.toml", text + "x = " + "[" * 10 * n + "]" * 10 * n + "\n")


def toml_dotted(path: Path, n: int) -> None:
    town(path)
    text = (path / "dossier.toml").read_text("utf-8")
    put(path, "dossier.toml", text + ".".join("a" * 10 * n) + " = 1\n")


def toml_headings(path: Path, n: int) -> None:
    town(path)
    text = (path / "dossier.toml").read_text("utf-8")
    put(path, "dossier.toml", text + "".join(f"[k{i}]\n" for i in range(n)))


def text_of(body: Callable[[int], str]) -> Write:
    def write(path: Path, n: int) -> None:
        town(path)
        put(path, "publications/p/publication.toml", 'kind = "accounts"\nyear = 2018\ntitle = "P"\nstatus = "draft"\n')
        put(path, "publications/p/index.md", body(n))

    return write


def geo_points(path: Path, n: int) -> None:
    town(path)
    ring = [[6.5 + 1e-6 * i, 53.2 + 1e-6 * (i * i % 977)] for i in range(n)] + [[6.5, 53.1], [6.5, 53.2]]
    geo(path, {"type": "Polygon", "coordinates": [ring]})


def geo(path: Path, geometry: object) -> None:
    put(
        path,
        "geo/buurten-2018.geojson",
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "properties": {"buurtcode": "BU00010001"}, "geometry": geometry}],
            }
        ),
    )


def geo_deep(path: Path, n: int) -> None:
    town(path)
    put(path, "geo/buurten-2018.geojson", '{"type":"FeatureCollection","features":' + "[" * 10 * n + "]" * 10 * n + "}")


def geo_number(path: Path, n: int) -> None:
    town(path)
    put(path, "geo/buurten-2018.geojson", '{"type":"FeatureCollection","features":[],"x":' + "9" * 10 * n + "}")


def geo_many(path: Path, n: int) -> None:
    town(path)
    feature = [
        {
            "type": "Feature",
            "properties": {"buurtcode": f"BU{i:08d}"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[6.5 + 1e-4 * (i + j), 53.2 + k] for j, k in ((0, 0), (1, 0), (0, 1e-4), (0, 0))]],
            },
        }
        for i in range(n)
    ]
    put(path, "geo/buurten-2018.geojson", json.dumps({"type": "FeatureCollection", "features": feature}))


def iv3(body: Callable[[int], str]) -> Write:
    def write(path: Path, n: int) -> None:
        town(path)
        put(path, "iv3/x.json", body(n))

    return write


def css(body: Callable[[int], str]) -> Write:
    def write(path: Path, n: int) -> None:
        town(path)
        text = (path / "dossier.toml").read_text("utf-8")
        put(path, "dossier.toml", text)
        put(path, "site/tokens.css", body(n))

    return write


def svg(body: Callable[[int], str]) -> Write:
    def write(path: Path, n: int) -> None:
        town(path)
        text = (path / "dossier.toml").read_text("utf-8")
        put(path, "dossier.toml", text + '[site]\nlogo = "logo.svg"\n')
        put(path, "site/logo.svg", body(n))

    return write


def adopted(body: Callable[[int], str]) -> Write:
    def write(path: Path, n: int) -> None:
        text_of(lambda n: "Tekst.\n")(path, n)
        put(path, "publications/p/adopted.json", body(n))

    return write


REPEATED = {
    "brackets": "[",
    "pictures": "![",
    "links": "[a](",
    "quotes": "> ",
    "emphasis": "*a**a",
    "underscores": "_a__",
    "backticks": "`a``",
    "stars": "* ",
    "html": "<a ",
    "comments": "<!--",
    "entities": "&#x1F;",
    "escapes": "\\[",
    "autolinks": "<a:",
    "references": "[a]: b\n",
    "lists": "- a\n  ",
    "tables": "|a",
    "table rows": "|a|\n|-|\n",
    "hashes": "# ",
    "setext": "a\n=\n",
    "claims": "[1](figure:budget/A) ",
    "figures": "![a](table:account)\n\n",
    "numbers": "1 ",
    "digits": "9",
    "dots": "1.000.",
    "words": "woord ",
    "minus": "- 1",
    "euro": "€",
    "euros": "u€",
    "percent": "5% ",
    "zero width": "\u200b",
    "combining": "e\u0301",
    "wide": "九",
    "quotes in links": '[a](b "',
    "title": "[a](b 'c' ",
    "angle": "<",
    "close": "]",
    "parens": "(",
    "strike": "~~a",
    "spaces": "a  \n",
    "tabs": "\t",
    "nul": "\x00",
    "mails": "a@a-",
    "at": "a.",
    "phones": "06-",
    "ibans": "NL91 ABNA ",
    "shortened": "[a][",
    "capitals": "A. de ",
    "roman": "MDC",
    "number words": "tweehonderd",
    "ordered": "1) a\n",
    "fences": "```\n",
    "breaks": "***\n",
    "pipes": "\\|",
}


def repeated(piece: str) -> Write:
    return text_of(lambda n: piece * (n * 20 // max(len(piece) // 4, 1)))


TEXTS = {f"text of {name}": repeated(piece) for name, piece in REPEATED.items()}
TEXTS["text nested lists"] = text_of(lambda n: "".join("  " * (i % 400) + "- a\n" for i in range(n)))
TEXTS["text deep list"] = text_of(lambda n: "".join("  " * i + "- a\n" for i in range(n // 10)))
TEXTS["text long table"] = text_of(lambda n: "|a|b|\n|-|-|\n" + "|1|2|\n" * n)

SHAPES: dict[str, Write] = {
    "area_chain": area_chain,
    "area_chain_up": area_chain_up,
    "area_circle": area_circle,
    "area_star": area_star,
    "line_chain": line_chain,
    "line_star": line_star,
    "line_flat": line_flat,
    "corrections": corrections,
    "area_changes": area_changes,
    "area_split": area_split,
    "redirects": redirects,
    "questions": questions,
    "rules": rules,
    "rules_and_codes": rules_and_codes,
    "rules_of_prefixes": rules_of_prefixes,
    "keys": keys,
    "unknown_columns": unknown_columns,
    "own_columns": own_columns,
    "one_cell": one_cell,
    "quoted_cell": quoted_cell,
    "blank_rows": blank_rows,
    "wrong_rows": wrong_rows,
    "doubled_rows": doubled_rows,
    "toml_wrong": toml_wrong,
    "toml_tables": toml_tables,
    "toml_list": toml_list,
    "toml_deep": toml_deep,
    "toml_dotted": toml_dotted,
    "toml_headings": toml_headings,
    "geo_points": geo_points,
    "geo_deep": geo_deep,
    "geo_number": geo_number,
    "geo_many": geo_many,
    **TEXTS,
    "iv3 deep": iv3(lambda n: "[" * 10 * n),
    "iv3 deep objects": iv3(lambda n: '{"a":' * 10 * n + "1" + "}" * 10 * n),
    "iv3 number": iv3(lambda n: '{"metadata":' + "9" * 100 * n + "}"),
    "iv3 list": iv3(lambda n: '{"data":[' + ",".join('{"a":1}' for _ in range(n)) + "]}"),
    "css spaces": css(lambda n: ":root{--a: x" + " " * 10 * n + "}"),
    "css tokens": css(lambda n: ":root{" + "".join(f"--a{i}: #fff;\n" for i in range(n)) + "}"),
    "css blank": css(lambda n: "\n" * 10 * n),
    "css comments": css(lambda n: "/*" * 10 * n),
    "css vars": css(lambda n: ":root{--a: " + "var(--a" + " " * 300 + "}"),
    "svg deep": svg(lambda n: '<svg xmlns="http://www.w3.org/2000/svg">' + "<g>" * n + "</g>" * n + "</svg>"),
    "svg wide": svg(lambda n: '<svg xmlns="http://www.w3.org/2000/svg">' + "<g/>" * n + "</svg>"),
    "svg comment": svg(lambda n: "<!--" * n),
    "adopted deep": adopted(lambda n: "[" * 10 * n),
    "adopted number": adopted(lambda n: "9" * 100 * n),
}
