"""Exports as Dutch packages and people make them, made by number: the postings first, then a file that says them.

What makes a file (`postings`, `recipe`, `names`, `notation`, `layout`, `text_file`, `workbook`) uses the standard
library and openpyxl, and nothing of ours. `controller` takes a file in as a controller does. See decision 50.
"""
