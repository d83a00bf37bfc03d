"""A Document becomes Pledges."""
