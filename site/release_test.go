package site

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rectify/site/problem"
	"rectify/site/release/sign"
)

// key is the secret key of the tests.
func key(t *testing.T, n byte) *sign.Secret {
	t.Helper()
	s, err := sign.New(bytes.NewReader(bytes.Repeat([]byte{n}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return &s
}

// An office is a portal with somebody who approves and releases.
type office struct {
	t      *testing.T
	dir    string
	secret *sign.Secret
	day    time.Time
}

func newOffice(t *testing.T, dir string, secret *sign.Secret) *office {
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
func folder(t *testing.T, dir string) map[string]string {
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

// exampleIssue is an issue of the example that the tests edit.
const exampleIssue = "data/reports/wenhua-xuncha-2025/issues/"

func TestThreeReleasesOfTheExampleComeBackAndAreBuiltAgain(t *testing.T) {
	d := newOffice(t, examplePortal(t), key(t, 1))
	issues, err := filepath.Glob(filepath.Join(d.dir, exampleIssue+"*.yaml"))
	if err != nil || len(issues) < 3 {
		t.Fatal(issues, err)
	}
	sites := map[string]map[string]string{}
	keep := func(id string) {
		d.release(id)
		sites[id] = folder(t, filepath.Join(d.dir, "public"))
	}
	keep("2026-01")
	first := d.firstPublic()
	d.write(first, d.read(first)+"result: 示例局于2026年1月全部完成。\n")
	keep("2026-02")
	d.edit("data/portal.yaml", "name: ", "name: 新")
	keep("2026-03")

	for id, want := range sites {
		dir := filepath.Join(t.TempDir(), "restored")
		if _, err := Restore(context.Background(), d.options(), id, dir, false); err != nil {
			t.Fatal(err)
		}
		got := folder(t, dir)
		for name, text := range want {
			// The manifests and the log of later releases lie beside older ones.
			if got[name] != text && !strings.HasPrefix(name, "releases/log/") {
				t.Errorf("%s: %s is not as it was", id, name)
			}
		}
		v := d.verify(VerifyOptions{Path: dir})
		if f := found(v.Problems); len(f) > 0 || v.Kind != "site" || !cmp.Equal(v.Releases, []string{id}) {
			t.Errorf("%s: %v %+v", id, f, v)
		}
	}
	v := d.verify(VerifyOptions{Rebuild: []string{"all"}})
	if f := found(v.Problems); len(f) > 0 || v.Signed != 3 {
		t.Errorf("%v, %d signed", f, v.Signed)
	}
	if diff := cmp.Diff([]string{"2026-01", "2026-02", "2026-03"}, v.Rebuilt); diff != "" {
		t.Error(diff)
	}
	d.noTrace()
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

// noTrace looks for approvers and internal items in every byte of the archive,
// unpacked.
func (d *office) noTrace() {
	d.t.Helper()
	for name, text := range folder(d.t, filepath.Join(d.dir, "archive")) {
		if strings.Contains(text, "密语") {
			d.t.Errorf("%s holds a marked word", name)
		}
	}
	found, err := Find(context.Background(), d.options(), "密语")
	if err != nil || len(found) > 0 {
		d.t.Errorf("marked words stand in %v (%v)", found, err)
	}
}

func TestARealReleaseWithRolesInsteadOfNames(t *testing.T) {
	dir := t.TempDir()
	layReal(t, dir)
	d := newOffice(t, dir, key(t, 1))
	r := d.release("2024-11")
	if r.Checkpoint == "" || r.Signer == "" || r.Changes.After.Issues != 30 {
		t.Errorf("got %+v", r)
	}
	restored := filepath.Join(t.TempDir(), "restored")
	if _, err := Restore(context.Background(), d.options(), "2024-11", restored, false); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(folder(t, filepath.Join(dir, "public")), folder(t, restored)); diff != "" {
		t.Error(diff)
	}
	v := d.verify(VerifyOptions{Rebuild: []string{"newest"}})
	if f := found(v.Problems); len(f) > 0 || !slices.Contains(v.Rebuilt, "2024-11") {
		t.Errorf("%v %v", f, v.Rebuilt)
	}
	d.noTrace()
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

func TestReleaseIsRefused(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	newOffice(t, dir, key(t, 1)).release("a")
	for _, test := range []struct {
		what string
		do   func(d *office)
		id   string
		want string
	}{
		{"no approval", func(*office) {}, "b", "R001 data/releases/b.yaml b"},
		{"a draft of an approval", func(d *office) {
			d.write("data/releases/b.yaml", "drafted_by: {who: 示例, on: 2026-01-01}\n")
		}, "b", "R010 data/releases/b.yaml reviewed_by.who"},
		{"days out of order", func(d *office) {
			d.approve("b")
			d.edit("data/releases/b.yaml", "approved_by: {who: 密语经手人, on: "+d.day.Format(time.DateOnly), "approved_by: {who: 示例, on: 2025-01-01")
		}, "b", "R011 data/releases/b.yaml 2026-02-05 2025-01-01"},
		{"data that changed after the approval", func(d *office) {
			d.approve("b")
			d.edit("data/portal.yaml", "name: ", "name: 新")
		}, "b", "R002 data/releases/b.yaml sha256:"},
		{"an id that is taken", func(d *office) {
			d.write("data/releases/a.yaml", d.read("data/releases/a.yaml"))
		}, "a", "R003"},
		{"an item that vanished", func(d *office) {
			d.write(demoIssue, d.read(demoIssue)+"visibility: internal\n")
		}, "b", "R005 data/reports/demo/report.yaml 200001 a"},
		{"an unfinished output folder", func(d *office) {
			d.approve("b")
			d.write("public/.rectify/journal", "{}")
		}, "b", "R004"},
		{"a key that is not trusted", func(d *office) {
			d.approve("b")
			d.secret = key(t, 2)
		}, "b", "R006 data/trust.yaml SHA256:"},
		{"a key whose time is over", func(d *office) {
			d.edit("data/trust.yaml", "from: 2026-01-01", "from: 2026-01-01\n    until: 2026-01-31")
			d.approve("b")
		}, "b", "R007 data/trust.yaml SHA256:"},
		{"no key although one is trusted", func(d *office) {
			d.approve("b")
			d.secret = nil
		}, "b", "R008 data/trust.yaml 示例公布密钥"},
		{"an id that is no name", func(*office) {}, "log", "D014"},
		{"data with errors", func(d *office) {
			d.approve("b")
			d.edit("data/portal.yaml", "name: ", "nam: ")
		}, "b", "D008"},
	} {
		t.Run(test.what, func(t *testing.T) {
			own := t.TempDir()
			if err := os.CopyFS(own, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			d := newOffice(t, own, key(t, 1))
			d.day = d.day.AddDate(0, 1, 0)
			test.do(d)
			before := folder(t, filepath.Join(own, "archive"))
			public := folder(t, filepath.Join(own, "public"))
			_, err := d.tryRelease(test.id)
			var p *ProblemError
			if !errors.As(err, &p) {
				t.Fatalf("got %v", err)
			}
			if f := found(p.Problems); !slices.ContainsFunc(f, func(one string) bool { return strings.HasPrefix(one, test.want) }) {
				t.Errorf("no %q in %q", test.want, f)
			}
			if diff := cmp.Diff(before, folder(t, filepath.Join(own, "archive"))); diff != "" {
				t.Errorf("the archive changed:\n%s", diff)
			}
			if diff := cmp.Diff(public, folder(t, filepath.Join(own, "public"))); diff != "" {
				t.Errorf("public changed:\n%s", diff)
			}
		})
	}
}

func TestWithdrawnItemIsToldByItsNumberInEveryLaterRelease(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, nil)
	const issue = demoIssue
	d.release("a")
	d.write(issue, d.read(issue)+"result: 密语结果。\n")
	d.release("b")
	d.write(issue, d.read(issue)+"withdrawn: {on: 2026-02-20, why: 示例原因}\n")
	d.release("c")
	for name, text := range folder(t, filepath.Join(dir, "public")) {
		if strings.Contains(text, "密语结果") {
			t.Errorf("%s still tells of a withdrawn item", name)
		}
	}
	if text := d.read("public/releases/b.changes.json"); !strings.Contains(text, "200001") {
		t.Error("that the item changed in b is not told any more")
	}
	d.edit(issue, "withdrawn: {on: 2026-02-20, why: 示例原因}\n", "")
	_, err := Approve(context.Background(), ApproveOptions{Options: d.options(), ID: "d", Time: d.day})
	var p *ProblemError
	if !errors.As(err, &p) || !slices.ContainsFunc(found(p.Problems), func(f string) bool { return strings.HasPrefix(f, "R009") }) {
		t.Errorf("it came back: %v", err)
	}
	if v := d.verify(VerifyOptions{Rebuild: []string{"all"}}); !v.OK() || len(v.Rebuilt) != 3 {
		t.Errorf("%v %v", found(v.Problems), v.Rebuilt)
	}
}

func TestBuildBetweenReleasesShowsThemAndIsNoRelease(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, key(t, 1))
	d.release("a")
	if _, err := Build(context.Background(), d.options()); err != nil {
		d.fatal(err)
	}
	page := d.read("public/releases/index.html")
	if !strings.Contains(page, "releases/log/checkpoint") && !strings.Contains(page, "log/checkpoint") {
		t.Error("the log is not linked")
	}
	for _, name := range []string{"releases/a.html", "releases/a.changes.json", "releases/a/manifest.json", "releases/a/manifest.json.minisig", "releases/log/checkpoint", "releases/keys/minisign.pub"} {
		if _, err := os.Stat(filepath.Join(dir, "public", name)); err != nil {
			t.Error(err)
		}
	}
	if _, err := Verify(context.Background(), VerifyOptions{Options: d.options(), Path: "public"}); err == nil {
		t.Error("a build passes for a release")
	}
}

func TestSameReleaseOnTwoDesksIsTheSameArchive(t *testing.T) {
	var archives []map[string]string
	for range 2 {
		dir := t.TempDir()
		layDemo(t, dir)
		newOffice(t, dir, key(t, 1)).release("a")
		archives = append(archives, folder(t, filepath.Join(dir, "archive")))
	}
	if diff := cmp.Diff(archives[0], archives[1]); diff != "" {
		t.Error(diff)
	}
}

func TestUnsignedReleaseSaysSo(t *testing.T) {
	dir := t.TempDir()
	layDemo(t, dir)
	d := newOffice(t, dir, nil)
	d.release("a")
	v := d.verify(VerifyOptions{})
	if f := found(v.Problems); !v.OK() || !cmp.Equal(f, []string{"R112 releases/a/manifest.json a"}) {
		t.Errorf("got %v", f)
	}
	if !strings.Contains(d.read("public/releases/index.html"), "没有签名") {
		t.Error("the page does not say so")
	}
}
