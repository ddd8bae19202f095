"""An IPython extension: when a cell needs what an earlier cell makes, and that was not run, say so.

Every kernel of the project's environment loads it (see ``ipython_kernel_config.json``). The traceback stays as it is; a
sentence below it says what to do.
"""

import sys


def load_ipython_extension(shell):
    """Let `shell` explain every NameError. IPython calls this when it loads the extension."""
    shell.set_custom_exc((NameError,), explain)


def explain(shell, kind, error, traceback, tb_offset=None):
    """Show the traceback, and then the sentence of `advice`."""
    shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)
    print(advice(getattr(error, "name", None)), file=sys.stderr)


def advice(name):
    """Return what to do about a missing name.

    Examples
    --------
    >>> print(advice("network").partition(":")[0])
    `network` does not exist yet. A cell further up makes it
    """
    missing = f"`{name}`" if name else "Something that this cell needs"
    return (
        f"{missing} does not exist yet. A cell further up makes it: "
        "choose Run > Run All Above Selected Cell, then run this one."
    )
