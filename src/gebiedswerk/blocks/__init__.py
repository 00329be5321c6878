"""What pages are made of: models, tables, sentences and the places of all."""
