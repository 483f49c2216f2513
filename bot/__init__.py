"""On Record: who said what, when, and where is that written?

Read the tree from the bottom. ``errors`` and ``record`` are the words we use; ``settings`` is what an operator may
change. ``corpus`` turns seed files into a read-only file and reads it back; ``search`` turns words into an answer;
``library`` publishes the two together as a *generation* and keeps one on loan. ``digest`` says what a calendar day
holds and ``due`` when that is somewhere; ``days`` and ``zones`` read days and places as people write them; ``export``
writes statements for other tools. ``state`` is what the bot must not forget. ``chat`` knows Discord's
shapes, ``commands`` is the surface a member sees, ``app`` builds every object once and hands it to whoever needs it,
``trial`` shows the same bot in a simulated Discord, ``cli`` is the way in.
Imports point down only; ``tests/test_architecture.py`` holds them to it.
"""

__version__ = "0.1.0"
