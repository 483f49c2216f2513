"""Discord's shapes: cards, buttons, replies, the client. Nothing below this package knows that Discord exists."""
