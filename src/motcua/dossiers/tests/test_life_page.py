"""The page of the documentation says what the tables say."""

from pathlib import Path

import motcua
from motcua.dossiers.access.dossier import TABLE
from motcua.dossiers.life_page import life_page
from motcua.dossiers.states import LABELS, NEXT
from motcua.dossiers.web.acts import ACTS

PAGE = Path(motcua.__file__).parents[2] / "docs" / "dossier-life.md"


def test_page_is_what_the_code_says():
    """If it is not: motcua dossier life > docs/dossier-life.md"""
    assert PAGE.read_text(encoding="utf-8") == life_page()


def test_every_state_can_be_reached_and_left_or_ends():
    reached = {"filed", "received"} | {state for following in NEXT.values() for state in following}
    assert reached == set(NEXT) == set(LABELS)


def test_every_action_has_a_form_on_the_page_and_words_for_who():
    assert {act.name for act in ACTS.values()} == set(TABLE)
    assert all(rule.who.__doc__ for rule in TABLE.values())


def test_every_state_of_the_table_of_actions_exists():
    assert {state for rule in TABLE.values() for state in rule.states} <= set(NEXT)
