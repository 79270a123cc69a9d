"""Plain tools that know nothing of the intake: databases, time, logs. The bot uses them too (docs/adr/0001)."""
