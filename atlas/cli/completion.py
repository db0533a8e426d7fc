"""`completion`: print a script with which a shell completes commands and options."""

from __future__ import annotations

from collections.abc import Iterator

from atlas.cli.command import JSON, QUIET, Command, Invocation, Option
from atlas.cli.console import print_report
from atlas.cli.main import COMMANDS, load

_SHELLS = ("bash", "zsh", "fish")
_BASH = """\
_atlas() {{
  local word command= words=
  COMPREPLY=()
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case $word in
      {commands}) command=$word; break ;;
    esac
  done
  case $command in
    "") words="{all}" ;;
{cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _atlas atlas
"""


def run(call: Invocation) -> int:
    """Print the script of a shell."""
    script = {"bash": _bash, "zsh": _zsh, "fish": _fish}[call.options.shell]()
    if call.options.json:
        return print_report([], "", call.options, written=0, kept=0, script=script)
    print(script, end="")
    return 0


def _words(name: str) -> tuple[str, ...]:
    """Return the options of a command, and the values of its arguments that are among a few."""
    options = load(name).options
    forms = [form for option in options for form in option.names if form.startswith("--")]
    values = [value for option in options if option.is_argument for value in option.how.get("choices", ())]
    return (*forms, "--help", *values)


def _bash() -> str:
    cases = "\n".join(f'    {name}) words="{" ".join(_words(name))}" ;;' for name in COMMANDS)
    return _BASH.format(commands="|".join(COMMANDS), all=" ".join((*COMMANDS, "--help", "--version")), cases=cases)


def _zsh() -> str:
    return f"autoload -U +X bashcompinit && bashcompinit\n{_bash()}"


def _fish() -> str:
    return "".join(_fish_lines())


def _fish_lines() -> Iterator[str]:
    given = f"__fish_seen_subcommand_from {' '.join(COMMANDS)}"
    for name in COMMANDS:
        summary = load(name).summary.replace("'", "’")
        yield f"complete -c atlas -n 'not {given}' -f -a {name} -d '{summary}'\n"
        for word in _words(name):
            form = f"-l {word[2:]}" if word.startswith("--") else f"-f -a {word}"
            yield f"complete -c atlas -n '__fish_seen_subcommand_from {name}' {form}\n"


COMMAND = Command(
    "completion",
    "print a script with which a shell completes commands and options",
    (JSON, QUIET, Option("shell", metavar="SHELL", choices=_SHELLS, help=f"one of {', '.join(_SHELLS)}")),
    run,
    reads_atlas=False,
)
