"""When a cell needs what an earlier cell makes, and that cell was not run, say so.

A notebook asks for this with ``%reload_ext nbhelpers.jupyter.missing_names`` in its first cell; nothing else does. The
traceback stays as it is. A sentence below it says what to do, where that is sure: a cell above, in the notebook as it
was saved, makes the name; or a name that exists is spelled almost like it. Else there is no sentence.
"""

import builtins
import json
import os
import sys
from difflib import get_close_matches
from pathlib import Path
from symtable import symtable


def load_ipython_extension(shell):
    """Let `shell` explain a NameError. IPython calls this when it loads the extension."""
    shell.set_custom_exc((NameError,), explain)


def unload_ipython_extension(shell):
    """Let `shell` be as it was. IPython calls this for ``%unload_ext``."""
    shell.set_custom_exc((), None)


def explain(shell, kind, error, traceback, tb_offset=None):
    """Show the traceback, and then the sentence of `advice`, if there is one."""
    shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)
    if type(error) is NameError and error.name and (words := advice(error.name, cells_above(shell), shell.user_ns)):
        print(words, file=sys.stderr)


def advice(name, above, namespace):
    """Return what to do about a missing name, or None where that is not sure.

    Parameters
    ----------
    name : str
    above : list of str
        The code of the cells above the one that failed.
    namespace : iterable of str
        The names that exist.

    Returns
    -------
    str or None

    Examples
    --------
    >>> print(advice("network", ["network = 1"], []).partition(":")[0])
    `network` does not exist yet. A cell further up makes it
    >>> advice("sigmiod", [], ["sigmoid", "tanh"])
    '`sigmiod` does not exist. Did you mean `sigmoid`?'
    >>> advice("something", [], ["sigmoid", "tanh"])
    """
    made = set().union(*map(names_made_by, above))
    if name in made:
        return (
            f"`{name}` does not exist yet. A cell further up makes it: "
            "choose Run > Run All Above Selected Cell, then run this one."
        )
    close = get_close_matches(name, {*made, *namespace, *dir(builtins)}, n=1, cutoff=0.8)
    return f"`{name}` does not exist. Did you mean `{close[0]}`?" if close else None


def names_made_by(source):
    r"""Return the names that a cell makes: what it assigns, imports or defines outside of functions.

    Examples
    --------
    >>> sorted(names_made_by("%matplotlib inline\nimport numpy as np\ndef f(x):\n    y = x"))
    ['f', 'np']
    """
    lines = ["" if line.lstrip().startswith(("%", "!", "?")) else line for line in source.splitlines()]
    try:
        table = symtable("\n".join(lines), "cell", "exec")
    except SyntaxError:
        return set()
    return {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported() or s.is_namespace()}


def cells_above(shell):
    """Return the code of the cells above the one that runs, in the notebook as it was saved; [] if it is not found."""
    cells = _saved_cells(shell.user_ns.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME"))
    running = shell.get_parent().get("metadata", {}).get("cellId") if hasattr(shell, "get_parent") else None
    source = shell.history_manager.input_hist_raw[-1].strip()
    for number, cell in enumerate(cells):
        if cell["id"] == running or (running is None and cell["source"].strip() == source):
            return [above["source"] for above in cells[:number]]
    return []


def _saved_cells(path):
    try:
        cells = json.loads(Path(path or "").read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        return [{"id": cell.get("id"), "source": "".join(cell["source"])} for cell in code]
    except (OSError, ValueError, KeyError, TypeError):  # no file, or none that is a notebook
        return []
