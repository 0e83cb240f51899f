package main

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
)

// identified is how much of the program's file tells it from every other: Go
// writes an identity made of all its content near the front of what it links
// (go tool buildid), in the formats of all systems.
const identified = 64 << 10

// program names this very program, so that what another one made is not taken for
// what this one would make. The version alone would not do: while a theme or a
// rule is worked on it stays the same. It is "" where the program cannot read its
// own file, and then nothing is remembered.
func program() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	file, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return ""
	}
	front, err := io.ReadAll(io.LimitReader(file, identified))
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(front)
	return version + " " + hex.EncodeToString(sum[:]) + " " + info.ModTime().UTC().String()
}
