"""On a machine where nothing can be written, all works that does not write: in a process of its own."""

import os
import subprocess
import sys

WORK = """
from nbhelpers import exercises, explorers
explorer = explorers.backprop()
explorer._repr_mimebundle_()
explorer.controls["step"].value = 3
assert explorer.png and not explorer.error
assert exercises.predictions(seed=1).check([[0.5]]).status
"""


def test_no_home_and_no_folder_to_write_in(tmp_path):
    no_folder = tmp_path / "a file"
    no_folder.write_text("")
    places = ["HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "IPYTHONDIR"]
    run = subprocess.run(
        [sys.executable, "-B", "-c", WORK],
        env={**os.environ, **dict.fromkeys(places, str(no_folder / "below it"))},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
