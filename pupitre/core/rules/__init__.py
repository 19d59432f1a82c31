"""The law of organisations and members: roles, refusals, business hours. Pure."""
