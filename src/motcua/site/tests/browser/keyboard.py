"""Going through a page by keyboard alone."""

FOCUSED = """() => { const one = document.activeElement, label = one.labels && one.labels[0]?.innerText;
    return (label || one.innerText || one.getAttribute("aria-label") || "").trim(); }"""


def tab_to(somebody, words, most=120):
    """Press Tab until something with ``words`` has the focus."""
    for _press in range(most):
        somebody.page.keyboard.press("Tab")
        if words in somebody.page.evaluate(FOCUSED):
            return
    raise AssertionError(f"the keyboard does not reach “{words}” on {somebody.page.url}")


def type_into(somebody, answers):
    """Tab from field to field in the order of the page and type; arrows move among the choices of one question."""
    for words, answer in answers.items():
        if answer == " ":
            choose(somebody, words)
        else:
            tab_to(somebody, words)
            somebody.page.keyboard.type(answer)


def choose(somebody, words, most=40):
    keys = somebody.page.keyboard
    for _press in range(most):
        keys.press("Tab")
        if somebody.page.evaluate("document.activeElement.type") != "radio":
            continue
        keys.press("Space")
        for _step in range(8):
            if somebody.page.evaluate(FOCUSED) == words:
                return
            keys.press("ArrowDown")
    raise AssertionError(f"the keyboard does not choose “{words}”")
