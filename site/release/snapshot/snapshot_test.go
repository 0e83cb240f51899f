package snapshot

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// demo is an invented release with names that have to be escaped somewhere.
func demo(pages int) Release {
	site := []File{
		{Path: "files/demo/示例 材料.txt", Type: "text/plain; charset=utf-8", Data: []byte("示例")},
		{Path: "index.html", Type: "text/html; charset=utf-8", Data: []byte("<!doctype html><title>示例 &amp; 公开</title>")},
	}
	for i := range pages {
		site = append(site, File{Path: fmt.Sprintf("issues/%06d.html", i), Type: "text/html; charset=utf-8", Data: fmt.Appendf(nil, "<title>示例问题 %d</title>", i)})
	}
	site = append(site,
		File{Path: "releases/2025-03/manifest.json", Type: "application/json", Data: []byte("{}\n")},
		File{Path: "state.css", Type: "text/css; charset=utf-8"},
	)
	slices.SortFunc(site, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return Release{
		ID: "2025-03", Name: "示例公开", Unit: "示例局", Lang: "zh-CN", BaseURL: "https://www.example.org/zg/",
		Time: time.Date(2025, 3, 5, 9, 30, 0, 0, time.FixedZone("", 8*3600)), Content: "sha256:00", Version: "1.0",
		Files: of(site), Data: of([]File{{Path: "data/portal.yaml", Data: []byte("format: 1\n")}}),
	}
}

func of(files []File) iterator {
	return func(yield func(File, error) bool) {
		for _, f := range files {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// made gives a snapshot as bytes and as a file.
func made(t *testing.T, kind string, r Release) (data []byte, file string) {
	t.Helper()
	dir := t.TempDir()
	var out bytes.Buffer
	var err error
	switch kind {
	case "zip":
		err = Zip(context.Background(), &out, r)
	case "wacz":
		spool, e := os.Create(filepath.Join(dir, "spool"))
		if e != nil {
			t.Fatal(e)
		}
		defer spool.Close()
		err = WACZ(context.Background(), &out, spool, r)
	case "bag":
		put, done := ZipSink(&out, r.Time)
		if err = Bag(context.Background(), put, r); err == nil {
			err = done()
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(dir, "snapshot."+kind)
	if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), file
}

func opened(t *testing.T, data []byte) *zip.Reader {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestSnapshotMadeAgainIsTheSame(t *testing.T) {
	for _, kind := range []string{"zip", "wacz", "bag"} {
		one, _ := made(t, kind, demo(20))
		two, _ := made(t, kind, demo(20))
		if !bytes.Equal(one, two) {
			t.Error(kind)
		}
	}
}

// run runs a tool and returns what it said.
func run(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	c := exec.Command(name, args...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

func TestZipIsUnpackedAndCheckedWithOrdinaryTools(t *testing.T) {
	r := demo(5)
	_, file := made(t, "zip", r)
	dir := t.TempDir()
	run(t, dir, "unzip", "-q", file)
	run(t, dir, "sha256sum", "-c", "--strict", SumsName)
	for f := range r.Files {
		data, err := os.ReadFile(filepath.Join(dir, f.Path))
		if err != nil {
			t.Error(err)
			continue
		}
		if marked := strings.Contains(string(data), "已归档：这是 2025-03-05 公布的第 2025-03 期"); marked != (f.Path == MarkName) || !marked && !bytes.Equal(data, f.Data) {
			t.Errorf("%s: %s", f.Path, data)
		}
	}
	readme, err := os.ReadFile(filepath.Join(dir, ReadmeName))
	if err != nil || !strings.Contains(string(readme), "示例局 在 2025-03-05 09:30 公布的第 2025-03 期") || strings.Contains(string(readme), "{") {
		t.Errorf("%v: %s", err, readme)
	}
}

func TestBagIsCheckedWithOrdinaryTools(t *testing.T) {
	_, file := made(t, "bag", demo(5))
	dir := t.TempDir()
	run(t, dir, "unzip", "-q", file)
	run(t, dir, "sha256sum", "-c", "--strict", "manifest-sha256.txt")
	run(t, dir, "sha256sum", "-c", "--strict", "tagmanifest-sha256.txt")
	info, err := os.ReadFile(filepath.Join(dir, "bag-info.txt"))
	if err != nil || !strings.Contains(string(info), "External-Identifier: 2025-03\n") || !strings.Contains(string(info), ".11\n") {
		t.Errorf("%v: %s", err, info)
	}
	state, err := os.ReadFile(filepath.Join(dir, "data/site/state.css"))
	if err != nil || len(state) > 0 {
		t.Errorf("the bag does not hold the file as it was: %v %s", err, state)
	}
	if _, err := os.Stat(filepath.Join(dir, "data/data/data/portal.yaml")); err != nil {
		t.Error(err)
	}
}

func TestWebArchiveDescribesItselfTruly(t *testing.T) {
	_, file := made(t, "wacz", demo(5))
	dir := t.TempDir()
	run(t, dir, "unzip", "-q", file)
	lines := run(t, dir, "jq", "-r", `.resources[] | "\(.hash | ltrimstr("sha256:"))  \(.path)"`, packagePath)
	if err := os.WriteFile(filepath.Join(dir, "sums"), []byte(lines), 0o644); err != nil {
		t.Fatal(err)
	}
	run(t, dir, "sha256sum", "-c", "--strict", "sums")
	digest := strings.TrimSpace(run(t, dir, "jq", "-r", ".hash", digestPath))
	if sum := run(t, dir, "sha256sum", packagePath); digest != "sha256:"+sum[:64] {
		t.Errorf("%s says %s, it is %s", digestPath, digest, sum)
	}
	if main := strings.TrimSpace(run(t, dir, "jq", "-r", ".mainPageUrl", packagePath)); main != "https://www.example.org/zg/index.html" {
		t.Error(main)
	}
	run(t, dir, "gzip", "-t", "archive/"+warcName, "indexes/"+cdxName)
	if got := run(t, dir, "sh", "-c", "zipinfo -l "+file+" | grep -c stor"); strings.TrimSpace(got) != "7" {
		t.Errorf("%s parts are stored without compression", got)
	}
}

func TestWebArchiveIsReadBack(t *testing.T) {
	r := demo(20)
	data, _ := made(t, "wacz", r)
	c, err := openWACZ(opened(t, data))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for f := range r.Files {
		n++
		want := f.Data
		if f.Path == MarkName {
			want = Mark(r.ID, r.Lang, r.Time)
		}
		if got, err := c.Read(f.Path); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v", f.Path, err)
		}
	}
	if len(c.Names) != n {
		t.Errorf("%d records, want %d", len(c.Names), n)
	}
}

func TestIndexOfManyPagesIsCutIntoBlocks(t *testing.T) {
	data, _ := made(t, "wacz", demo(3100))
	z := opened(t, data)
	if _, err := openWACZ(z); err != nil {
		t.Fatal(err)
	}
	parts, err := unzip(z)
	if err != nil {
		t.Fatal(err)
	}
	idx, err := parts.Read("indexes/index.idx")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(idx), "\n"), "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[0], "!meta 0 ") || !slices.IsSorted(lines[1:]) {
		t.Errorf("%d lines: %s", len(lines), idx)
	}
	cdx, err := parts.Read("indexes/" + cdxName)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		words := strings.SplitN(line, " ", 3)
		var at struct {
			Offset, Length int
			Digest         string
		}
		if err := json.Unmarshal([]byte(words[2]), &at); err != nil || at.Digest != "sha256:"+hexDigest(cdx[at.Offset:at.Offset+at.Length]) {
			t.Errorf("%s: %v", line, err)
		}
	}
	pages, err := parts.Read(pagesPath)
	if err != nil || strings.Count(string(pages), "\n") != 1+maxListed {
		t.Errorf("%d pages are listed (%v)", strings.Count(string(pages), "\n")-1, err)
	}
	if first := strings.Split(string(pages), "\n")[1]; !strings.Contains(first, `"title":"示例 & 公开"`) || !strings.Contains(first, "/zg/index.html") {
		t.Errorf("first %s", first)
	}
}

func TestDamagedWebArchiveIsNamed(t *testing.T) {
	data, _ := made(t, "wacz", demo(5))
	for at := 40; at < len(data); at += 101 {
		bad := bytes.Clone(data)
		bad[at] ^= 1
		z, err := zip.NewReader(bytes.NewReader(bad), int64(len(bad)))
		if err != nil {
			continue
		}
		if _, err := openWACZ(z); err == nil {
			// Times and attributes of the zip itself mean nothing.
			if c, err := unzip(z); err != nil || len(c.Names) != 7 {
				t.Errorf("byte %d", at)
			}
		}
	}
	if _, err := zip.NewReader(bytes.NewReader(data[:len(data)-100]), int64(len(data)-100)); err == nil {
		t.Error("a truncated archive was opened")
	}
}

func TestAddressesAreTurnedRound(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.Example.org/ZG/index.html": "org,example)/zg/index.html",
		"https://www2.example.org:8080/a":       "org,example:8080)/a",
		"https://wwwhat.org/%E7%A4%BA.html":     "org,wwwhat)/%e7%a4%ba.html",
		"https://rectify.invalid/":              "invalid,rectify)/",
	} {
		if got := surt(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

func TestRecordsCarryTheTimeOfTheRelease(t *testing.T) {
	data, _ := made(t, "wacz", demo(1))
	parts, err := unzip(opened(t, data))
	if err != nil {
		t.Fatal(err)
	}
	var description struct{ Created string }
	text, err := parts.Read(packagePath)
	if err != nil || json.Unmarshal(text, &description) != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("2025-03-05T01:30:00Z", description.Created); diff != "" {
		t.Error(diff)
	}
}
