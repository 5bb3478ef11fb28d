"""What is wrong with a file as YAML, in words that a user can act on."""

import contextlib
import re

import yaml

#: what PyYAML says (first that matches), and what a user needs to hear
SYNTAX = (
    (r"mapping values are not allowed", 'a second ": " in one line, or a line that '
     "starts too far to the right; put a text that holds a colon in quotes"),
    (r"expected <block end>, but found '(<scalar>|\?)'",
     "text after a closing quote, or a line that starts too far to the left or right; "
     "put the whole text in one pair of quotes"),
    (r"expected <block end>", "does not start in the same column as the lines it "
     "belongs to; keys of one block start under each other"),
    (r"expected ',' or '(.)'", "the bracket opened in line {opened} is not closed, or "
     "a comma is missing between its items"),
    (r"unexpected end of stream|document separator|end of the stream",
     "the quotes opened in line {opened} are not closed"),
    (r"could not find expected ':'", "has no colon after its key; write key: value"),
    (r"undefined alias", "a text that starts with * must stand in quotes"),
    (r"alphabetic or numeric|while scanning an? (alias|anchor)",
     "a text that starts with * or & must stand in quotes"),
    (r"cannot start any token", "a text that starts with this sign must stand in "
     "quotes"),
    (r"unknown escape", "a backslash inside double quotes; use single quotes, and / "
     "in paths"),
    (r"sequence entries", "a list starts beside its key; start it on the next line"),
    (r"single document|document start", "--- starts a second request; keep one a file"),
)  # fmt: skip


def explain(error: Exception, text: str) -> str:
    """Tell what is wrong with the YAML, in one line that says where."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text[: error.position].count("\n") + 1
        return f"line {line}: a control character; delete it and type the text again"
    if not isinstance(error, yaml.MarkedYAMLError):
        return "brackets are nested too deeply"
    mark = error.problem_mark or error.context_mark
    line, opened = mark.line + 1, (error.context_mark or mark).line + 1
    if "'<scalar>'" in str(error.problem) and (late := _closed_late(text, mark.line)):
        return late
    said = f"{error.context or ''} {error.problem or ''}"
    for pattern, advice in SYNTAX:
        if re.search(pattern, said):
            line = opened if "quotes opened" in advice else line
            return f"line {line}: {advice.format(opened=opened)}"
    return f"line {line}: cannot be read as YAML ({error.problem})"


def _closed_late(text: str, line: int) -> str:
    """Tell whether quotes were opened on a line above the one that they end."""
    last = None
    with contextlib.suppress(yaml.YAMLError):
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if token.start_mark.line > line:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                last = token
    if last is None or last.start_mark.line == last.end_mark.line:
        return ""
    return (
        f"line {last.start_mark.line + 1}: the quotes opened here are closed only in "
        f"line {last.end_mark.line + 1}; close them where the text ends"
    )
