"""Dates someone must act by, in working days of Asia/Shanghai."""
