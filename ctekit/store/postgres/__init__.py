"""The store in PostgreSQL, where a hub keeps many partnerships; facilitators see what is shared with them."""
