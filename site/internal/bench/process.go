package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// measurement is what one contestant took for one case.
type measurement struct {
	Items  int           `json:"items"`
	Name   string        `json:"name"`
	Case   kase          `json:"case"`
	Wall   time.Duration `json:"wall_ns"`
	CPU    time.Duration `json:"cpu_ns"`
	Memory int64         `json:"peak_bytes"`
	Files  int           `json:"files"`
	Bytes  int64         `json:"bytes"`
	Failed string        `json:"failed,omitempty"` // why there is no result
}

func (m measurement) key() string { return m.Name + " " + string(m.Case) }

func (m measurement) String() string {
	if m.Failed != "" {
		return fmt.Sprintf("%7d  %-10s %-14s %s", m.Items, m.Case, m.Name, m.Failed)
	}
	return fmt.Sprintf("%7d  %-10s %-14s %8.2f s wall %8.2f s CPU %6d MB peak %7d files %8.1f MB",
		m.Items, m.Case, m.Name, m.Wall.Seconds(), m.CPU.Seconds(), m.Memory>>20, m.Files, float64(m.Bytes)/1e6)
}

// and adds a process that ran behind.
func (m measurement) and(next measurement) measurement {
	next.Wall += m.Wall
	next.CPU += m.CPU
	next.Memory = max(next.Memory, m.Memory)
	return next
}

// process runs a program to its end. What goes wrong stands in the measurement.
func (w *world) process(ctx context.Context, dir, program string, args ...string) (m measurement) {
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &said, &said
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		m.Failed = err.Error()
		return m
	}
	done := make(chan struct{})
	grown := make(chan bool, 1)
	go func() { grown <- w.guard(cmd.Process, done) }()
	err := cmd.Wait()
	close(done)
	m.Wall = time.Since(begun)
	used, _ := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	m.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	m.Memory = used.Maxrss << 10
	switch {
	case <-grown:
		m.Failed = fmt.Sprintf("out of memory: more than %d GB after %.0f s", w.most>>30, m.Wall.Seconds())
	case err != nil:
		lines := strings.Split(strings.TrimSpace(said.String()), "\n")
		m.Failed = fmt.Sprintf("%v after %.0f s, %d MB: %s", err, m.Wall.Seconds(), m.Memory>>20, lines[len(lines)-1])
	}
	return m
}

// guard ends a process that takes too much memory, and says whether it did: the
// machine is not ours alone.
func (w *world) guard(p *os.Process, done <-chan struct{}) (grown bool) {
	for {
		select {
		case <-done:
			return false
		case <-time.After(100 * time.Millisecond):
		}
		if pages, err := resident(p.Pid); err == nil && pages*int64(os.Getpagesize()) > w.most {
			_ = p.Kill()
			return true
		}
	}
}

// resident is how many pages of memory a process has.
func resident(pid int) (int64, error) {
	data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "statm"))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(data))
	if len(fields) < 2 {
		return 0, errors.New("not a statm")
	}
	return strconv.ParseInt(fields[1], 10, 64)
}
