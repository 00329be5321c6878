"""Pure rules and values: no files, no engine, no clock. The same input always gives the same output."""
