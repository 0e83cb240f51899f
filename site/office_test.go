package site

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"rectify/site/model"
	"rectify/site/problem"
	"rectify/site/release/sign"
	"rectify/site/scaffold"
)

// key is the secret key of the tests.
func key(t testing.TB, n byte) *sign.Secret {
	t.Helper()
	s, err := sign.New(bytes.NewReader(bytes.Repeat([]byte{n}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return &s
}

// An office is a portal with somebody who approves and releases.
type office struct {
	t      testing.TB
	dir    string
	secret *sign.Secret
	day    time.Time
}

func newOffice(t testing.TB, dir string, secret *sign.Secret) *office {
	d := &office{t: t, dir: dir, secret: secret, day: time.Date(2026, 1, 5, 10, 0, 0, 0, china)}
	if secret != nil {
		d.write("data/trust.yaml", fmt.Sprintf("keys:\n  - name: 示例公布密钥\n    public: %s\n    from: 2026-01-01\n", secret.Public().SSH()))
	}
	return d
}

func (d *office) write(name, text string) {
	d.t.Helper()
	full := filepath.Join(d.dir, name)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

func (d *office) read(name string) string {
	d.t.Helper()
	data, err := os.ReadFile(filepath.Join(d.dir, name))
	if err != nil {
		d.t.Fatal(err)
	}
	return string(data)
}

// edit replaces a text that must stand in a file.
func (d *office) edit(name, old, new string) {
	d.t.Helper()
	text := d.read(name)
	if !strings.Contains(text, old) {
		d.t.Fatalf("%s has no %q", name, old)
	}
	d.write(name, strings.Replace(text, old, new, 1))
}

func (d *office) options() Options {
	return Options{Dir: d.dir, Out: "public", BaseURL: "https://www.example.org/zg/", Version: "test"}
}

// approve makes the record of a release and has it signed.
func (d *office) approve(id string) ApproveResult {
	d.t.Helper()
	r, err := Approve(context.Background(), ApproveOptions{Options: d.options(), ID: id, Time: d.day})
	if err != nil {
		d.fatal(err)
	}
	name := "data/releases/" + id + ".yaml"
	for _, act := range []string{"drafted_by", "reviewed_by", "approved_by"} {
		d.edit(name, act+": {who: , on: }", act+": {who: 密语经手人, on: "+d.day.Format(time.DateOnly)+"}")
	}
	return r
}

func (d *office) fatal(err error) {
	d.t.Helper()
	var p *ProblemError
	if errors.As(err, &p) {
		for _, one := range p.Problems {
			if one.Severity == problem.Error {
				d.t.Logf("%s %s: %s", one.Code, one.Place, one.Text(problem.English))
			}
		}
	}
	d.t.Fatal(err)
}

func (d *office) tryRelease(id string) (ReleaseResult, error) {
	return Release(context.Background(), ReleaseOptions{Options: d.options(), ID: id, Time: d.day, Secret: d.secret})
}

// release approves and releases, a month after the release before.
func (d *office) release(id string) ReleaseResult {
	d.t.Helper()
	d.approve(id)
	r, err := d.tryRelease(id)
	if err != nil {
		d.fatal(err)
	}
	d.day = d.day.AddDate(0, 1, 0)
	return r
}

func (d *office) verify(o VerifyOptions) VerifyResult {
	d.t.Helper()
	o.Options = d.options()
	v, err := Verify(context.Background(), o)
	if err != nil {
		d.fatal(err)
	}
	return v
}

// found lists what is wrong: codes and places.
func found(list problem.List) (out []string) {
	for _, p := range list {
		if p.Severity > problem.Info {
			out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s", p.Code, p.Place.File, strings.Join(p.Args, " "))))
		}
	}
	return out
}

// folder gives path → content of a folder, without the state of emit.
func folder(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			if e != nil && e.Name() == ".rectify" {
				return fs.SkipDir
			}
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// firstPublic is a file of an issue that is public and says nothing yet of its
// result.
func (d *office) firstPublic() string {
	d.t.Helper()
	files, _ := filepath.Glob(filepath.Join(d.dir, exampleIssue+"*.yaml"))
	for _, file := range files {
		name, _ := filepath.Rel(d.dir, file)
		text := d.read(name)
		if !strings.Contains(text, "internal") && !strings.Contains(text, "withdrawn") && !strings.Contains(text, "\nresult:") {
			return name
		}
	}
	d.t.Fatal("no issue fits")
	return ""
}

// noTrace looks for approvers, for internal items and for what was withdrawn in
// every byte of the archive, unpacked.
func (d *office) noTrace() {
	d.t.Helper()
	words := append(scaffold.InternalMarks(), "密语")
	var numbers []string // not as parts of digests
	for _, report := range loaded(d.t, d.dir).Reports {
		for _, issue := range report.Issues {
			switch {
			case issue.Visibility == model.Internal:
				numbers = append(numbers, issue.ID.String())
			case issue.Withdrawn != nil:
				words = append(words, issue.Title)
			}
		}
	}
	texts := map[string]string{}
	for name, text := range folder(d.t, filepath.Join(d.dir, "archive")) {
		switch path.Ext(name) {
		case ".gz":
			text = gunzipped(d.t, text)
		case ".zip", ".wacz":
			for part, text := range parts(d.t, text) {
				texts[name+" "+part] = part + text
			}
			continue
		}
		texts[name] = name + text
	}
	if len(numbers) > 0 {
		number := regexp.MustCompile(`(^|[^0-9a-f])(` + strings.Join(numbers, "|") + `)([^0-9a-f]|$)`)
		for name, text := range texts {
			if at := number.FindString(text); at != "" {
				d.t.Errorf("%s names the internal item %q", name, at)
			}
		}
	}
	for _, word := range words {
		for name, text := range texts {
			if strings.Contains(text, word) {
				d.t.Errorf("%s holds %q", name, word)
			}
		}
		// What a pack holds may be packed itself, as a workbook is.
		if found, err := Find(context.Background(), d.options(), word); err != nil || len(found) > 0 {
			d.t.Errorf("%q stands in %v (%v)", word, found, err)
		}
	}
}

// parts are the files of a snapshot, unpacked.
func parts(t testing.TB, data string) map[string]string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		text, err := fs.ReadFile(z, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name] = string(text); path.Ext(f.Name) == ".gz" {
			files[f.Name] = gunzipped(t, string(text))
		}
	}
	return files
}

func gunzipped(t testing.TB, data string) string {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// layDemo lays a small invented portal of two issues, without a source text.
func layDemo(t *testing.T, dir string) {
	t.Helper()
	for name, text := range map[string]string{
		"data/portal.yaml":                "format: 1\nname: 示例公开\nunit: 示例区示例局\n",
		"data/reports/demo/report.yaml":   "title: 示例通报\nunit: 示例局\npublished_at: 2025-03-05 09:30\nas_of: 2025-03-01\noutline:\n  - id: s1\n    title: 示例方面\n    issues: [200001, 200002]\n",
		demoIssue:                         "id: 200001\ntitle: 示例问题甲\nmeasures:\n  - label: 一是\n    text: 示例措施。\n",
		"data/reports/demo/issues/b.yaml": "id: 200002\ntitle: 示例问题乙\n",
	} {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

const demoIssue = "data/reports/demo/issues/a.yaml"

// archivedData restores the data of a release and gives path → content.
func (d *office) archivedData(id string) map[string]string {
	d.t.Helper()
	dir := filepath.Join(d.t.TempDir(), "data")
	if _, err := Restore(context.Background(), d.options(), id, dir, true); err != nil {
		d.t.Fatal(err)
	}
	return folder(d.t, dir)
}

// zipped puts a file into a zip, in the place of one of that name.
func (d *office) zipped(name, file, text string) {
	d.t.Helper()
	d.rezip(name, func(z *zip.Writer, old *zip.File) error {
		if old != nil && old.Name != file {
			return z.Copy(old)
		}
		if old != nil {
			return nil
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: file, Method: zip.Store})
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		return err
	})
}

// unzipped takes a file out of a zip.
func (d *office) unzipped(name, file string) {
	d.t.Helper()
	d.rezip(name, func(z *zip.Writer, old *zip.File) error {
		if old == nil || old.Name == file {
			return nil
		}
		return z.Copy(old)
	})
}

// rezip writes a zip anew: do is given each of its files, and nil at the end.
func (d *office) rezip(name string, do func(z *zip.Writer, old *zip.File) error) {
	d.t.Helper()
	old, err := zip.OpenReader(filepath.Join(d.dir, name))
	if err != nil {
		d.t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range append(old.File, nil) {
		if err := do(z, f); err != nil {
			d.t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), old.Close()); err != nil {
		d.t.Fatal(err)
	}
	d.write(name, out.String())
}
