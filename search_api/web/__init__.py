"""The pages: HTML for people, made on the server, complete without JavaScript.

A page takes a request at the same address as the JSON API where the client prefers HTML (`route`); it only shows what
the use cases give (`Service`, `Browser`) and computes nothing of its own from the graph.
"""
