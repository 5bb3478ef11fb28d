"""What axe finds on a page that is open in a browser."""

from axe_playwright_python.sync_playwright import Axe

#: WCAG 2.2 to level AA and axe's best practice
TAGS = "wcag2a wcag2aa wcag21a wcag21aa wcag22aa best-practice".split()

#: what axe leaves out of them unless it is asked
FURTHER = ["target-size", "td-has-header", "table-fake-caption", "p-as-heading"]

#: the one rule that takes long: it looks behind every piece of text
CONTRAST = "color-contrast"

#: the other rule that colours bear on, beside one that every page passes
COLOURS = ["link-in-text-block", "html-has-lang"]

#: the reviewers' copy has a row for every number: of rows that look alike, five a table
SHORTEN = """document.querySelectorAll('[id^=numbers-] tbody tr:nth-child(n+6)')
  .forEach(row => row.remove())"""


def violations(page, leave_out=(), *, colours=False):
    """What axe finds, each with the first places where it does.

    `colours`: by the rules that colours bear on alone, where all else about the page
    is as it was when the others were asked.
    """
    rules = {rule: {"enabled": True} for rule in FURTHER}
    rules |= {rule: {"enabled": False} for rule in (CONTRAST, *leave_out)}
    every = {"runOnly": TAGS, "rules": rules}
    found = axe(page, {"runOnly": COLOURS} if colours else every)
    page.evaluate(SHORTEN)
    return found + axe(page, {"runOnly": [CONTRAST]})


def axe(page, options):
    found = Axe().run(page, options=options | {"resultTypes": ["violations"]}).response
    # a page that axe could not read has no violations either
    assert found["passes"]
    return [
        f"{rule['id']}: {rule['help']}: {len(rule['nodes'])} times, as at "
        + "; ".join(str(node["target"][0]) for node in rule["nodes"][:3])
        for rule in found["violations"]
    ]
