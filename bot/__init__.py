"""On Record: who said what, when, and where is that written?

Read the tree from the bottom. ``errors`` and ``record`` are the words we use; ``settings`` is what an operator may
change. ``corpus`` turns seed files into a read-only file and reads it back; ``search`` turns words into an answer;
``generations`` keeps what was built on disk and ``library`` has one of them on loan. ``prepare`` makes a new one in a
process of its own; ``publisher`` puts it in the place of the one before, for somebody of whom ``moderation`` says that
they may; ``startup`` decides which one a new process serves. ``digest`` says what a calendar day holds and ``due`` when
that is somewhere; ``days`` and ``zones`` read days and places as people write them; ``export`` writes statements for
other tools. ``state`` is what the bot must not forget, ``owner`` lets one process at a time have it. ``chat`` knows
Discord's shapes, ``commands`` is the surface a member sees, ``app`` builds every object once and hands it to whoever
needs it, ``trial`` shows the same bot in a simulated Discord, ``cli`` is the way in.
Imports point down only; ``tests/test_architecture.py`` holds them to it.
"""

__version__ = "0.1.0"
