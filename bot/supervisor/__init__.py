"""`onedoor up`: starts the processes of the desk by command line, watches them, restarts what dies, stops them all.

command.py  the subcommand        desk.py   the order of things      plan.py   which processes, with what environment
child.py    one process, kept     nlu.py    the language model joins in the background
spawn.py    a process that cannot outlive us (leash.py)              keeping.py  var/: lock, secrets, status files
"""
