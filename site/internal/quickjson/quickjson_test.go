package quickjson_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/internal/quickjson"
	"rectify/site/model"
	"rectify/site/page"
)

// library is what encoding/json writes.
func library(t *testing.T, v any) string {
	t.Helper()
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(out.String(), "\n")
}

func quick(t *testing.T, v any) string {
	t.Helper()
	got, err := quickjson.Append([]byte("before "), v)
	if err != nil {
		t.Fatal(err)
	}
	text, ok := strings.CutPrefix(string(got), "before ")
	if !ok {
		t.Fatalf("what stood there is gone: %.40q", got)
	}
	return text
}

var nasty = []string{
	"", "一是“完善”", "a\"b\\c\nd\re\tf\bg\fh\x00i\x1fj\x7f", "\xff\xfe半\xe5", "<a href='x'>&amp;\u2028\u2029", "\U0001f600\ufffd", "null", "1e3",
}

// fill gives every field a value and every list two entries.
func fill(v reflect.Value, next *int) {
	*next++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("%d %s", *next, nasty[*next%len(nasty)]))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(-int64(*next))
	case reflect.Uint32:
		v.SetUint(uint64(*next))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), next)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), next)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("键<"), reflect.ValueOf(nasty[*next%len(nasty)]))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i), next)
			}
		}
	}
}

type inner struct {
	A string `json:"a"`
	B string `json:"b"`
}

type everything struct {
	inner
	A     string         `json:"a"` // the outer one counts
	More  map[string]any `json:"more"`
	Skip  string         `json:"-"`
	None  *inner         `json:"none,omitempty"`
	Few   []int          `json:"few,omitempty"`
	Zero  inner          `json:"zero,omitzero"`
	Empty inner          `json:"empty,omitempty"`
	Day   model.Date     `json:"day,omitempty"`
	ID    model.IssueID  `json:"id"`
	Raw   json.RawMessage
	Bytes []byte
	Deep  []everything `json:"deep,omitempty"`
}

func TestAppendWritesWhatTheLibraryWrites(t *testing.T) {
	for _, empty := range []any{
		page.Home{},
		page.Issue{},
		page.Issues{},
		page.Report{},
		page.Section{},
		page.Text{},
		page.ContactPage{},
		page.Prose{},
		page.SiteMap{},
		page.NotFound{},
		page.Filter{},
		page.Groups{},
		page.Timeline{},
		page.FollowUps{},
		page.Documents{},
		page.Data{},
		page.Releases{},
		page.Site{},
	} {
		full := reflect.New(reflect.TypeOf(empty))
		next := 0
		fill(full.Elem(), &next)
		for _, v := range []any{full.Interface(), full.Elem().Interface()} {
			if diff := cmp.Diff(library(t, v), quick(t, v)); diff != "" {
				t.Errorf("%T (-library +quick):\n%s", v, diff)
			}
		}
	}
	lone := everything{
		inner: inner{"inner", "b"}, A: "outer", More: map[string]any{"z": 1.5, "a": []string{"x"}},
		Raw: json.RawMessage(`{"x":[1]}`), Bytes: []byte("bytes"), Deep: []everything{{Raw: json.RawMessage("0"), Bytes: []byte{}}},
	}
	for _, v := range []any{nil, 1, "x", true, lone, &lone, []int{}, map[string]int{"b": 1, "a": 2}, struct{}{}} {
		if diff := cmp.Diff(library(t, v), quick(t, v)); diff != "" {
			t.Errorf("%T (-library +quick):\n%s", v, diff)
		}
	}
}

func TestListThatIsNilIsEmpty(t *testing.T) {
	if got, want := quick(t, struct{ List []string }{}), `{"List":[]}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWhatTheLibraryRefusesIsRefused(t *testing.T) {
	for _, v := range []any{make(chan int), struct{ F func() }{}, []any{func() {}}} {
		if _, err := quickjson.Append(nil, v); err == nil {
			t.Errorf("%T was written", v)
		}
	}
}

func FuzzTextIsWrittenAsTheLibraryWritesIt(f *testing.F) {
	for _, seed := range nasty {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := string(quickjson.AppendText(nil, text)), library(t, text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	})
}
