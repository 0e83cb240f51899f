package device

import (
	"regexp"
	"testing"
)

func TestNamesOfDevicesAreKnownInEveryForm(t *testing.T) {
	for _, name := range []string{"con", "NUL", "aux.html", "Com1.tar.gz", "lpt9", "com²", "prn .txt", "CONIN$", "clock$", "lpt0"} {
		if !Is(name) {
			t.Errorf("%q is none", name)
		}
	}
	for _, name := range []string{"", "console", "com", "com10", "lpt", "xcon", ".con", "null", "com⁴", "a.nul", " con"} {
		if Is(name) {
			t.Errorf("%q is one", name)
		}
	}
	form := regexp.MustCompile(`^(` + Names + `)$`)
	for _, name := range []string{"con", "com0", "lpt9", "nul", "com", "conx", "a"} {
		if form.MatchString(name) != Is(name) {
			t.Errorf("the pattern and Is differ about %q", name)
		}
	}
}
