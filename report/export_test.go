package report

// Placeholders are the names a declaration text may hold, with their values.
func Placeholders(in Input) map[string]string { return in.placeholders() }
