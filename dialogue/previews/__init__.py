"""What others show of a page before it is opened: search engines, and chats into which its address is pasted.

Here: the data about a meeting, title and description of a page. Not here: the pages, and their forms for programs.
"""
