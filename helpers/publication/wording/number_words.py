"""Numbers of the method and the request in words, as sentences want them."""

SMALL = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(count: int) -> str:
    """A whole number in words: "sixty", "one hundred and five"."""
    if count < 20:
        return SMALL[count]
    if count < 100:
        tens, ones = divmod(count, 10)
        return TENS[tens - 2] + (f"-{SMALL[ones]}" if ones else "")
    size, name = (1000, "thousand") if count >= 1000 else (100, "hundred")
    most, rest = divmod(count, size)
    text = f"{in_words(most)} {name}"
    if not rest:
        return text
    return text + (" and " if rest < 100 else " ") + in_words(rest)
