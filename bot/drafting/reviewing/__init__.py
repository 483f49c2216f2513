"""The curator's desk: a draft on disk, reviewed key by key, and what is accepted put into the seeds.

Read ``desk`` first: what may be done with a draft, without a terminal. ``review`` is the terminal around it.
"""
