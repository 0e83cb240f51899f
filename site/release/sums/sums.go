package sums

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// Sum is a line of a list.
type Sum struct {
	SHA256 string // in hexadecimal
	Name   string // slash separated
}

// Escapes is how a list writes names that would break its lines.
type Escapes struct {
	mark        string // before the digest of an escaped name
	set         string // characters that are escaped
	write, read *strings.Replacer
}

// Coreutils is how sha256sum does it: with a backslash before the digest.
var Coreutils = Escapes{
	mark: `\`, set: "\\\n\r",
	write: strings.NewReplacer("\\", "\\\\", "\n", "\\n", "\r", "\\r"),
	read:  strings.NewReplacer(`\\`, "\\", `\n`, "\n", `\r`, "\r"),
}

// BagIt is how a bag does it (RFC 8493, section 2.1.3): as addresses do.
var BagIt = Escapes{
	set:   "%\n\r",
	write: strings.NewReplacer("%", "%25", "\n", "%0A", "\r", "%0D"),
	read:  strings.NewReplacer("%25", "%", "%0A", "\n", "%0a", "\n", "%0D", "\r", "%0d", "\r"),
}

// Append adds a line to a list.
func (e Escapes) Append(list []byte, s Sum) []byte {
	mark, name := "", s.Name
	if strings.ContainsAny(name, e.set) {
		mark, name = e.mark, e.write.Replace(name)
	}
	return fmt.Appendf(list, "%s%s  %s\n", mark, s.SHA256, name)
}

// Parse reads a list. Lines that are none of it are given too, as they stand.
func (e Escapes) Parse(list []byte) (sums []Sum, odd []string) {
	seen := map[string]bool{}
	for line := range strings.Lines(string(list)) {
		text, whole := strings.CutSuffix(line, "\n")
		rest, escaped := text, e.mark == ""
		if e.mark != "" {
			rest, escaped = strings.CutPrefix(text, e.mark)
		}
		sum, name, ok := strings.Cut(rest, "  ")
		if escaped {
			name = e.read.Replace(name)
		}
		if _, err := hex.DecodeString(sum); !whole || !ok || err != nil || len(sum) != 64 || name == "" || seen[name] {
			odd = append(odd, text)
			continue
		}
		seen[name] = true
		sums = append(sums, Sum{sum, name})
	}
	return sums, odd
}
