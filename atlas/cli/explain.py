"""`explain`: show why a page would be rendered or kept."""

from __future__ import annotations

from atlas.build.explanation import explain
from atlas.cli.command import READING, Command, Invocation, Option
from atlas.cli.console import print_report, rows_of, rule_address
from atlas.cli.options import how
from atlas.core.problems import NOWHERE, Problem
from atlas.core.rules import Rule


def run(call: Invocation) -> int:
    """Explain one page."""
    options = call.options
    if options.page in list(Rule):
        return _explain_rule(Rule(options.page), call)
    found, problems = explain(call.root, call.out, how(call), options.page)
    if found is None and not any(problem.severity == "error" for problem in problems):
        hint = "write its path, such as actors/ID/ or fr/cases/ID/"
        problems = (*problems, Problem(NOWHERE, Rule.UNKNOWN_PAGE, f'there is no page "{options.page}"', hint))
    if found and not options.json:
        print(found)
    what, row = ("explained", found.as_json()) if found else ("no page is explained", None)
    return print_report(rows_of(problems), what, options, written=0, kept=0, explained=row)


def _explain_rule(rule: Rule, call: Invocation) -> int:
    fixes = ", which `check --fix` fixes" if rule.fixable else ""
    row = {"rule": rule.value, "severity": rule.severity, "text": rule.text, "address": rule_address(rule)}
    if not call.options.json:
        article = "an" if rule.severity == "error" else "a"
        print(f"{rule} is {article} {rule.severity}{fixes}: {rule.text}")
    return print_report([], f"see {rule_address(rule)}", call.options, written=0, kept=0, explained=row)


COMMAND = Command(
    "explain",
    "show why a page would be rendered or kept now, and why it was last rendered; or what a rule asks",
    (*READING, Option("page", metavar="PAGE", help="the path or address of a page, or a rule")),
    run,
)
