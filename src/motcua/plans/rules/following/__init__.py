"""What a task asks for as time goes on: turns, reminders."""
