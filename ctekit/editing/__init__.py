"""A worksheet being filled, without a widget: what the browser may ask for, and what becomes of it."""
