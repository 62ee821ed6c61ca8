"""Forms in a notebook: the only place that knows ipywidgets and anywidget."""
