"""Running text: tasks, fields and footnotes that stand in no table."""
