"""Our own statistics, off until an editor switches them on: how often each public page was opened on each day."""
