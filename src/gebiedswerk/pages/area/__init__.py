"""The page of an area: money, work, people and history."""
