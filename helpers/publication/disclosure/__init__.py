"""The one decision on what a report may show."""

from helpers.publication.disclosure.decision import Decision, release

__all__ = ["Decision", "release"]
