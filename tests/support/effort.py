"""How hard a property is tried: all its examples with --all, a third without."""

_ALL = []


def try_everything() -> None:
    """Try every example; conftest says so with --all, before any test is read."""
    _ALL.append(True)


def examples(many: int) -> int:
    """Give the number of examples of a property that deserves `many`."""
    return many if _ALL else max(10, many // 3)
