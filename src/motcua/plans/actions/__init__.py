"""What is done to plans and their tasks: the only place that writes."""
