"""Between the package and Jupyter: the check of the installation, hints at cells that were not run, exported pages."""
