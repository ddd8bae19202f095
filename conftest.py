"""For all tests, whichever are asked for."""

collect_ignore = ["nbhelpers/jupyter/jupyter_server_config.py"]  # Jupyter runs this file; it cannot be imported
