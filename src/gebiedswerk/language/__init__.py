"""Every word, number and day as a language prints it."""
