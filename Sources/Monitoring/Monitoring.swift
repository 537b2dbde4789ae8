// Targets, rules and their checks.
