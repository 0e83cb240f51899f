package render

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/page"
)

// pageTypes are the structs that pages hold.
var pageTypes = []any{
	page.Home{}, page.Issue{}, page.Issues{}, page.Report{}, page.Section{}, page.Text{}, page.ContactPage{}, page.Prose{},
	page.SiteMap{}, page.NotFound{}, page.Filter{}, page.Groups{}, page.Timeline{}, page.FollowUps{}, page.Documents{},
	page.Data{}, page.Releases{}, page.Site{},
}

// sameAsLibrary holds encode against encoding/json: the same values, but for
// lists that are nil.
func sameAsLibrary(t *testing.T, v any) {
	t.Helper()
	data, err := encode(nil, v)
	if err != nil {
		t.Fatal(err)
	}
	library, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var want, got any
	decode(t, string(data), &got)
	decode(t, string(library), &want)
	if diff := cmp.Diff(withoutNulls(want), got); diff != "" {
		t.Errorf("%T (-library +encode):\n%s", v, diff)
	}
}

// withoutNulls makes an empty list of each null.
func withoutNulls(v any) any {
	switch v := v.(type) {
	case nil:
		return []any{}
	case []any:
		for i := range v {
			v[i] = withoutNulls(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = withoutNulls(v[key])
		}
	}
	return v
}

func TestEncodeWritesWhatTheLibraryWrites(t *testing.T) {
	for _, empty := range pageTypes {
		full := reflect.New(reflect.TypeOf(empty))
		next := 0
		fill(full.Elem(), &next)
		sameAsLibrary(t, empty)
		sameAsLibrary(t, full.Elem().Interface())
		sameAsLibrary(t, full.Interface())
	}
	type inner struct {
		A string `json:"a"`
		B string `json:"b"`
	}
	sameAsLibrary(t, struct {
		inner
		A    string         `json:"a"` // the outer one counts
		More map[string]any `json:"more"`
		Skip string         `json:"-"`
		None *inner         `json:"none,omitempty"`
	}{inner: inner{"inner", "b"}, A: "outer", More: map[string]any{"z": 1, "a": []string{"x"}}})
}

func FuzzEncodedTextReadsAsItWas(f *testing.F) {
	for _, seed := range []string{"", "一是“完善”", "a\"b\\c\nd\te\x00", "\xff\xfe半", "<a href='x'>&amp;\u2028", "\U0001f600"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		library, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		var want, got string
		if err := json.Unmarshal(library, &want); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(appendText(nil, text), &got); err != nil || got != want {
			t.Errorf("%q became %q: %v", text, got, err)
		}
	})
}
