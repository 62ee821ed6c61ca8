"""What was changed, by whom and when; how it is taken back."""
