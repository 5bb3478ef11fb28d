"""A page in layers, as a browser has it: how high it is, and what its folds say."""

from typing import Any

#: the folds of the report itself, without its contents and the code of reviewers
FOLDS = ".jdl-main details:not(.jdl-code)"

#: the height of each section, by the id of its heading
SECTIONS = """() => {
  const all = [...document.querySelectorAll('.jdl-main > h2')];
  const tops = all.map(h => h.getBoundingClientRect().top + scrollY);
  tops.push(document.documentElement.scrollHeight);
  const high = all.map((h, i) => [h.id, Math.round(tops[i + 1] - tops[i])]);
  return [['top', Math.round(tops[0])], ...high];
}"""

#: of every fold its line, and the heading and the other folds between which it stands
LINES = f"""() => [...document.querySelectorAll('{FOLDS}')].map(fold => {{
  const line = e => e.querySelector('summary').textContent.trim();
  let beside = [], e = fold;
  while ((e = e.previousElementSibling) && !e.matches('h2, h3, h4')) {{
    if (e.matches('details')) beside.push(line(e));
  }}
  return [line(fold), beside.includes(line(fold))];
}})"""

#: with which no line begins that says what it finds
BARE = {"Show", "Details", "More", "Table", "Figure", "Data", "Open"}


def heights(page: Any) -> tuple[int, list[list[Any]]]:
    """How high a page is, and each of its sections, as it stands open now."""
    high = page.evaluate("document.documentElement.scrollHeight")
    return high, page.evaluate(SECTIONS)


def poor_lines(page: Any) -> list[str]:
    """Lines of folds that do not say what they find, or say it twice in one place."""
    return [
        line
        for line, again in page.evaluate(LINES)
        if again or len(line.split()) < 2 or line.split()[0] in BARE and ":" not in line
    ]
