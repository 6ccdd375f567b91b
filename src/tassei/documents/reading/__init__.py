"""Readers: files of every format that documents are published in -> pieces of text with their places."""
