package check

// cpuSeconds is not known here; the benchmark shows the time of the clock.
func cpuSeconds() float64 { return 0 }
