"""A table of words and numbers, as text for a terminal and as Markdown for a notebook."""

from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class Table:
    """Rows of strings under a header; `closing` is a sentence below it.

    Examples
    --------
    >>> Table(["layer", "units"], [["1", "2"], ["2", "1"]])
    layer  units
    1      2
    2      1
    """

    header: list
    rows: list
    closing: str = ""

    def __repr__(self):
        lines = [self.header, *self.rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        text = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
        return "\n".join([*text, self.closing] if self.closing else text)

    def _repr_markdown_(self):
        lines = [self.header, ["---"] * len(self.header), *self.rows]
        text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        return f"{text}\n\n{self.closing}" if self.closing else text
