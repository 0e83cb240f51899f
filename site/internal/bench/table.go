package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// names are the contestants in the order of the table.
var names = []string{"rectify", "hugo", "hugo+pagefind", "eleventy"}

// printTable prints what was measured as Markdown, and how rectify did against
// what it has to hold.
func printTable(out io.Writer, all []measurement, day time.Time) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s with `make bench` on %s; all on a tmpfs.\n\n", day.Format(time.DateOnly), machine())
	b.WriteString("| items | case | program | wall s | CPU s | peak MB | files | MB | wall, rectify = 1 |\n| ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	find := func(items int, name string, k kase) *measurement {
		for i := range all {
			if m := &all[i]; m.Items == items && m.Name == name && m.Case == k {
				return m
			}
		}
		return nil
	}
	var sizes []int
	for _, m := range all {
		if !slices.Contains(sizes, m.Items) {
			sizes = append(sizes, m.Items)
		}
	}
	for _, n := range sizes {
		for _, k := range cases {
			ours := find(n, names[0], k)
			for _, name := range names {
				m := find(n, name, k)
				switch {
				case m == nil:
					continue
				case m.Failed != "":
					fmt.Fprintf(&b, "| %d | %s | %s | %s |||||\n", n, k, name, strings.ReplaceAll(m.Failed, "|", "/"))
					continue
				}
				ratio := ""
				if ours != nil && ours.Failed == "" {
					ratio = fmt.Sprintf("%.2f", m.Wall.Seconds()/ours.Wall.Seconds())
				}
				fmt.Fprintf(&b, "| %d | %s | %s | %.2f | %.2f | %d | %d | %.1f | %s |\n", n, k, name,
					m.Wall.Seconds(), m.CPU.Seconds(), m.Memory>>20, m.Files, float64(m.Bytes)/1e6, ratio)
			}
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// machine names the class of the machine.
func machine() string {
	model := "processors of an unknown kind"
	data, err := os.ReadFile("/proc/cpuinfo")
	if err == nil {
		for line := range strings.Lines(string(data)) {
			if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
				model = strings.TrimSpace(value)
				break
			}
		}
	}
	memory := ""
	if data, err := os.ReadFile("/proc/meminfo"); err == nil {
		var kb int64
		if _, err := fmt.Sscanf(string(data), "MemTotal: %d kB", &kb); err == nil {
			memory = fmt.Sprintf(", %d GB", kb>>20)
		}
	}
	return fmt.Sprintf("%d cores (%s)%s, %s/%s, %s", runtime.NumCPU(), model, memory, runtime.GOOS, runtime.GOARCH, runtime.Version())
}
