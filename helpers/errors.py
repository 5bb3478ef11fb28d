"""What the kit raises where it stops: lines for people, which hold nobody's data.

A `KitError` may be shown anywhere, in a log and in a published place. Any other error
may quote a record, and where records are at work its words are not repeated.
"""


class KitError(ValueError):
    """Why the kit stopped, one line a problem: where, what was found, what to do.

    Its text never holds a person's value: whoever raises it keeps to that.
    """

    def __init__(self, problems: list[str] | str) -> None:
        """Take one line or a list of lines."""
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))


class RequestError(KitError):
    """A request, a command or a setting that has to be written differently."""


class DataError(KitError):
    """A file, table or group of people that the request cannot be carried out on."""


class CheckFailed(KitError):
    """A gate that did not hold: there is no report."""


class RunFailed(KitError):
    """A run that stopped: one line with stage, heading, message and notebook."""
