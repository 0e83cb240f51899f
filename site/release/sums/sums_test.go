package sums

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNamesThatWouldBreakALineComeBack(t *testing.T) {
	digest := strings.Repeat("0a", 32)
	for _, form := range []Escapes{Coreutils, BagIt} {
		var want []Sum
		var list []byte
		for _, name := range []string{"index.html", "files/示例 材料.txt", "a\nb", `a\nb`, "a\r%0A", "  two", "100%"} {
			want = append(want, Sum{digest, name})
			list = form.Append(list, Sum{digest, name})
		}
		got, odd := form.Parse(list)
		if diff := cmp.Diff(want, got); diff != "" || len(odd) > 0 {
			t.Errorf("%q %s", odd, diff)
		}
	}
}

func TestLineThatIsNoneIsGivenAsItStands(t *testing.T) {
	good := strings.Repeat("0a", 32) + "  a\n"
	for _, line := range []string{"", "a", strings.Repeat("0a", 32) + " a", strings.Repeat("0x", 32) + "  a", "0a0a  a", strings.Repeat("0a", 32) + "  ", strings.TrimSuffix(good, "\n")} {
		text := good + line + "\n"
		if strings.HasPrefix(good, line) && line != "" {
			text = good + line // a name twice, and a line that was cut off
		}
		if got, odd := Coreutils.Parse([]byte(text)); len(got) != 1 || len(odd) != 1 || odd[0] != line {
			t.Errorf("%q: %v %q", line, got, odd)
		}
	}
}

func TestEachFormEscapesAsItsRulesWant(t *testing.T) {
	for _, test := range []struct {
		form       Escapes
		name, want string
	}{{Coreutils, `a\b`, `\00  a\\b`}, {Coreutils, "100%", "00  100%"}, {BagIt, `a\b`, `00  a\b`}, {BagIt, "100%", "00  100%25"}} {
		if got := string(test.form.Append(nil, Sum{"00", test.name})); got != test.want+"\n" {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
