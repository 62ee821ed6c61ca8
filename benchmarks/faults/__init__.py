"""What happens to answers when something breaks amid typing: through a browser and without one."""
