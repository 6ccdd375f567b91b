"""The web application: the yearly cycle of an organisation, and the standard for everybody to read.

In: requests of a browser, and one folder with all data. Out: pages in Japanese and English, made on
the server; nothing of a page comes from another host, and no page needs a script. Always: what a
rule means is decided below this package; what a person may do is decided in one module of it; what
is stored is changed only together with the record of who changed it, when and why.
"""
