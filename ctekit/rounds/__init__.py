"""Rounds in a store."""
