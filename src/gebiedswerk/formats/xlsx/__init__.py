"""Workbooks of XLSX."""
