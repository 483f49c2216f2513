"""The surface of the bot: one cog a file, and in it each command parses, asks, renders and sends."""
