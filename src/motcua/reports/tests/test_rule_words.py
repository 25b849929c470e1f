"""Words of the rules: an English translation for each, with the same blanks to fill."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

from motcua.reports.rules.catalogue import data_file

CATALOGUE = Path(__file__).parents[1] / "locale" / "en" / "LC_MESSAGES" / "django.po"


def words_of_rules() -> set[str]:
    rules = data_file("rules")
    cases = [*rules["cases"].values()]
    cases += [case for rule in rules["rules"].values() for case in rule.get("cases", {}).values()]
    return {case["words"] for case in cases} | {rule["title"] for rule in rules["rules"].values()}


def test_rule_words_are_translated_with_the_same_blanks():
    with CATALOGUE.open("rb") as file:
        translated = {message.id: message.string for message in read_po(file) if message.id}
    assert words_of_rules() <= translated.keys()
    for words, english in translated.items():
        assert english
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", words))
