"""What `make_groningen.py` writes `examples/groningen` from: published facts, made-up money, and writers of formats."""
