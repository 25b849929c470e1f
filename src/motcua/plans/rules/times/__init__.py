"""What words of time mean: deadlines, periods, cycles."""
