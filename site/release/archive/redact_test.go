package archive

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const secret = "示例身份证号 000000 密语"

// leaking is an archive of four releases in which one page tells a secret in
// the second and third; the fourth mends it by a small edit.
func leaking(t *testing.T) (dir string, releases map[string]tree) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "archive")
	releases = map[string]tree{}
	for i, id := range []string{"a", "b", "c", "d"} {
		files := portal("2025-03-01")
		files["site/index.html"] = page(0, fmt.Sprint(i))
		if id == "b" || id == "c" {
			files["site/issues/100002.html"] += secret
		}
		if id == "d" {
			files["site/issues/100002.html"] += "改"
		}
		releases[id] = files
		mustRelease(t, dir, id, files)
	}
	return dir, releases
}

// entomb completes a redaction without signing it.
func entomb(a *Archive, t *Redaction) (Tombstone, error) {
	size := len(a.releases) + len(a.redactions) + 1
	t.Time, t.Reason, t.Log = "2025-05-01T10:00:00+08:00", "含个人信息", Entry{"example.org/log", int64(size - 1)}
	data, err := t.Encode()
	return Tombstone{
		Redaction: data, Log: map[string][]byte{fmt.Sprintf("tile/0/000.p/%d", size): []byte("x")},
		Checkpoint: fmt.Appendf(nil, "example.org/log\n%d\nroot\n", size),
	}, err
}

// unpacked is everything that stands in an archive, unpacked.
func unpacked(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	for name, text := range disk(t, dir) {
		all.WriteString(name + "\n")
		if strings.HasSuffix(name, ".gz") {
			z, err := gzip.NewReader(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(z)
			if err != nil {
				t.Fatal(err)
			}
			text = string(data)
		}
		all.WriteString(text)
	}
	return all.String()
}

func wantRedacted(t *testing.T, dir string, releases map[string]tree) {
	t.Helper()
	if text := unpacked(t, dir); strings.Contains(text, "密语") {
		t.Error("the secret is still there")
	}
	if found := faults(t, dir); len(found) > 0 {
		t.Error(found)
	}
	a := open(t, dir)
	for id, files := range releases {
		want := tree{}
		for key, text := range files {
			want[key] = text
			if strings.Contains(text, secret) {
				want[key] = ""
			}
		}
		if diff := cmp.Diff(want, restored(t, a, id)); diff != "" {
			t.Errorf("%s:\n%s", id, diff)
		}
	}
	r, err := a.Release("b")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Read(Site, "issues/100002.html"); !errors.Is(err, ErrRedacted) {
		t.Errorf("got %v", err)
	}
}

func TestRedactedContentIsGoneAndEverythingElseIsThere(t *testing.T) {
	dir, releases := leaking(t)
	if !strings.Contains(unpacked(t, dir), "密语") {
		t.Fatal("there is no secret")
	}
	snapshot := filepath.Join(dir, "releases/c/c.zip")
	if err := os.WriteFile(snapshot, []byte(secret), 0o644); err != nil {
		t.Fatal(err)
	}
	manifests := map[string]string{}
	for name, text := range disk(t, dir) {
		if strings.HasSuffix(name, ManifestName) {
			manifests[name] = text
		}
	}
	got, err := Redact(t.Context(), dir, "c", Site, "issues/100002.html", entomb)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Place{{"b", Site, "issues/100002.html"}, {"c", Site, "issues/100002.html"}}, got.Places); diff != "" {
		t.Error(diff)
	}
	wantRedacted(t, dir, releases)
	after := disk(t, dir)
	for name, text := range manifests {
		if after[name] != text {
			t.Errorf("%s changed", name)
		}
	}
	if a := open(t, dir); len(a.Redactions()) != 1 || a.Redactions()[0].Reason != "含个人信息" {
		t.Errorf("redactions: %+v", a.Redactions())
	}
	if _, err := Redact(t.Context(), dir, "b", Site, "issues/100002.html", entomb); !errors.Is(err, ErrRedacted) {
		t.Errorf("it was redacted twice: %v", err)
	}
	if err := release(dir, "e", releases["b"]); !errors.Is(err, ErrRedacted) {
		t.Errorf("it was published again: %v", err)
	}
	mustRelease(t, dir, "e", releases["d"])
}

func TestInterruptedRedactionIsCompletedByTheNextWriter(t *testing.T) {
	dir, releases := leaking(t)
	before := disk(t, dir)
	if _, err := Redact(t.Context(), dir, "c", Site, "issues/100002.html", entomb); err != nil {
		t.Fatal(err)
	}
	// As if the process had died when the tombstone was there and the packs were not.
	for name, text := range before {
		if strings.HasSuffix(name, filesName) {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.WriteFile(filepath.Join(dir, pendingPath), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	found := faults(t, dir)
	if len(found) != 2 || found[0] != "R108 .redacting" || found[1] != "R103 releases/b/files.tar.gz site/issues/100002.html" {
		t.Errorf("it looks %q", found)
	}
	tx, err := Begin(dir)
	if err != nil {
		t.Fatal(err)
	}
	tx.Abort()
	wantRedacted(t, dir, releases)
}

func TestRedactionOfWhatIsNotThereChangesNothing(t *testing.T) {
	dir, _ := leaking(t)
	before := disk(t, dir)
	for _, id := range []string{"b", "z"} {
		if _, err := Redact(t.Context(), dir, id, Site, "nothing.html", entomb); err == nil {
			t.Error("nothing was redacted")
		}
	}
	if diff := cmp.Diff(before, disk(t, dir)); diff != "" {
		t.Error(diff)
	}
}

func TestRedactedChangesAreGoneFromBothPlaces(t *testing.T) {
	dir, _ := leaking(t)
	if _, err := Redact(t.Context(), dir, "b", Site, ChangesPath("b"), entomb); err != nil {
		t.Fatal(err)
	}
	if found := faults(t, dir); len(found) > 0 {
		t.Error(found)
	}
	a := open(t, dir)
	r, err := a.Release("b")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Changes(); !errors.Is(err, ErrRedacted) {
		t.Errorf("got %v", err)
	}
	if bytes.Contains([]byte(unpacked(t, dir)), []byte(`{"release":"b"}`)) {
		t.Error("the changes are still there")
	}
}
