"""Tables of other books: HTML, ODS and the XML of spreadsheets, each sheet row by row."""
