"""A loopback double of Discord's wire: its REST API and its gateway, on 127.0.0.1.

The real bot process is started against it, killed, cut off and answered with faults. It keeps to what
Discord documents (API v10) and to what discord.py reads; the sizes of content are checked by simcord instead.
"""

from .double import DiscordDouble
from .interactions import NoReply, Reply
from .traffic import Fault, Request
from .world import Channel, File, Guild, Json, Role, User

__all__ = ["Channel", "DiscordDouble", "Fault", "File", "Guild", "Json", "NoReply", "Reply", "Request", "Role", "User"]
