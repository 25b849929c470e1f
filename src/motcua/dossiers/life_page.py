"""The life of a dossier as a page of the documentation, written from the tables that the code obeys."""

from motcua.dossiers.access.dossier import STEP_ACTIONS, TABLE, Rule
from motcua.dossiers.states import LABELS, NATIONAL_STATUS, NEXT, OPEN_STATES, RUNNING_STATES, STANDING_STATES

_HEAD = """# The life of a dossier, state by state

Written by `motcua dossier life` from `dossiers/states.py` and `dossiers/access/dossier.py`; a test holds this page
equal to them. The prose is in [dossier.md](dossier.md).
"""

_ROLES = """## Roles

The table says *who*; a role is a post in a unit, held or lent.

- Reception officer, specialist, head of a division, leader: act where the route puts a step of their role.
- Control officer, administrator: see the province's dossiers, do nothing to them.
- Delegate, substitute: for the days of the delegation they are who lent the post, in that post only; they also hold
  what the lender had claimed, and they lend nothing on. The delegation ends by itself.
- Applicant: the account that filed. Whoever filed at a counter has no account; the counter acts in that name.
- Whoever may not see a dossier is told that there is none.
"""


def life_page() -> str:
    """Return the page as Markdown; the same tables give the same text."""
    return "\n".join([_HEAD, _picture(), _states(), _actions(), _matrix(), _who(), _ROLES])


def _picture() -> str:
    lines = ["## States", "", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {state}: {LABELS[state]}<br>({state}, national {NATIONAL_STATUS[state]})" for state in NEXT]
    lines.append("    [*] --> filed: online")
    lines.append("    [*] --> received: counter or post")
    for state, following in NEXT.items():
        lines += [f"    {state} --> {after}" for after in NEXT if after in following]
        if not following:
            lines.append(f"    {state} --> [*]")
    return "\n".join([*lines, "```", ""])


def _states() -> str:
    lines = ["| State | On the screen | National | Clock of the promise | Next |", "|---|---|---|---|---|"]
    for state, following in NEXT.items():
        after = ", ".join(f"`{each}`" for each in NEXT if each in following) or "–"
        lines.append(f"| `{state}` | {LABELS[state]} | {NATIONAL_STATUS[state]} | {_clock(state)} | {after} |")
    return "\n".join([*lines, ""])


def _clock(state: str) -> str:
    if state in RUNNING_STATES:
        return "runs"
    if state in STANDING_STATES:
        return "stands still (R4.10)"
    return "not begun" if state in OPEN_STATES else "over"


def _actions() -> str:
    lines = [
        "## Actions", "",
        "Where branches run side by side, actions marked * are done in one of them, all others to the whole.", "",
        "| Action | On the screen | At a step of | Leading to | Who |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for name, rule in TABLE.items():
        star = "*" if name in STEP_ACTIONS else ""
        lines.append(
            f"| `{name}`{star} | {rule.label} | {_listed(rule.phases)} | {_listed(rule.next_phases)} | {_name(rule)} |"
        )
    return "\n".join([*lines, ""])


def _matrix() -> str:
    lines = ["## State by action", "", "Who may, in which state; an empty cell: nobody.", ""]
    lines += [f"| Action | {' | '.join(f'`{state}`' for state in NEXT)} |", "|---" * (len(NEXT) + 1) + "|"]
    for name, rule in TABLE.items():
        cells = " | ".join(_name(rule) if state in rule.states else "" for state in NEXT)
        lines.append(f"| `{name}` | {cells} |")
    return "\n".join([*lines, ""])


def _who() -> str:
    rules = {_name(rule): rule for rule in TABLE.values()}
    lines = ["## Who", ""]
    lines += [f"- *{name}*: {rule.who.__doc__}" for name, rule in rules.items()]
    return "\n".join([*lines, ""])


def _name(rule: Rule) -> str:
    return rule.who.__name__.strip("_").replace("_", " ")


def _listed(words: frozenset[str]) -> str:
    return ", ".join(sorted(words)) or "–"
