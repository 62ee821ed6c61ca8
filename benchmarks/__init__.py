"""What ctekit costs, beside what people would use without it: ``make bench`` prints it and writes results.json."""
