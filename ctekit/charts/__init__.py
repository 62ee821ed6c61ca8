"""The charts, one module each. A chart is found by being here: nothing else is registered."""
