"""Settings of the documents: Sphinx reads the Markdown of this folder (`make docs`)."""

project = "stationsim"
author = "stationsim contributors"
extensions = ["myst_parser"]
exclude_patterns = ["_build"]
myst_heading_anchors = 3
nitpicky = True
html_theme = "furo"
html_title = "stationsim"
html_copy_source = False
