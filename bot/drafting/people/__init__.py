"""Mentions become people: those of the collection, or new ones as the article introduces them.

Read ``speakers`` first.
"""
