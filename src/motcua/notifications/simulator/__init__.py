"""A partner for SMS and Zalo to try things with: a real HTTP program that says yes, no, nothing or too late."""
