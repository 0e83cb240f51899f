package publish

import (
	"strings"
	"testing"
	"time"
)

// The history is written as publications “r2” and steps back “<r1”.
func TestOneStepBackLeadsFurtherEachTime(t *testing.T) {
	for _, test := range []struct{ history, live, want string }{
		{"", "", ""},
		{"r1", "r1", ""},
		{"r1 r2 r3", "r3", "r2"},
		{"r1 r2 r3 <r2", "r2", "r1"},
		{"r1 r2 r3 <r2 <r1", "r1", ""},
		{"r1 r2 r3 <r2 r4", "r4", "r2"},       // r3 was left behind
		{"r1 r2 r3 <r2 r3", "r3", "r2"},       // and is there again
		{"r1 r2 r3 <r1 <r3", "r3", "r1"},      // by name, forth
		{"r1 r2 r1", "r1", "r2"},              // published once more, not gone back to
		{"r1 r2 r3 <r2", "r3", "r2"},          // the switch never came
		{"r1 r2 r3 r4", "r3", "r2"},           // neither did this one
		{"r1 r2 r3", "r1", ""},                // somebody turned the link by hand
		{"r1 r2 r3", "r9", "r3"},              // to something that never was
		{"r1 r2 r3 <r2 <r1 r4 <r1", "r1", ""}, // as far as it goes
	} {
		h := &history{}
		for word := range strings.FieldsSeq(test.history) {
			release, back := strings.CutPrefix(word, "<")
			h.add(release, back, time.Unix(0, 0))
		}
		if got := h.before(test.live); got != test.want {
			t.Errorf("%s, live %s: got %q, want %q", test.history, test.live, got, test.want)
		}
	}
}
