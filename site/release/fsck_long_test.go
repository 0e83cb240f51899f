//go:build long

package release

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rectify/site/release/sign"
	"rectify/site/release/tilelog"
)

// fsck is the checker of another implementation of tlog-tiles.
const fsck = "github.com/transparency-dev/tessera/cmd/fsck@v1.0.4"

// TestLongLogPassesTheCheckOfAnotherImplementation grows a log over two full
// tiles as releases grow it. The checker's exit status is 0 whatever it finds,
// and it tries again for ever where a file is wrong, so what counts is whether
// it says in time that all is well.
func TestLongLogPassesTheCheckOfAnotherImplementation(t *testing.T) {
	bin := t.TempDir()
	install := exec.Command("go", "install", fsck)
	install.Env = append(os.Environ(), "GOBIN="+bin, "GOFLAGS=-mod=mod")
	install.Dir = bin // beside no go.mod
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	secret, err := sign.New(bytes.NewReader(bytes.Repeat([]byte{1}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	const origin = "www.example.org/zg/releases/log"
	dir := t.TempDir()
	put := func(name string, data []byte) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	log := &tilelog.Log{}
	for i := range int64(520) {
		if err := log.Append(entryOf(releaseEntry, fmt.Sprintf("r%03d", i), digestOf([]byte{byte(i)}))); err != nil {
			t.Fatal(err)
		}
		files, err := log.NewFiles(i)
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range files {
			put(name, data)
		}
	}
	checkpoint, err := log.Checkpoint(origin)
	if err != nil {
		t.Fatal(err)
	}
	note, err := secret.Note(origin, checkpoint.String())
	if err != nil {
		t.Fatal(err)
	}
	put("checkpoint", note)
	put("key", []byte(secret.Public().NoteKey(origin)))

	check := func() string {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		out, _ := exec.CommandContext(ctx, filepath.Join(bin, "fsck"),
			"--ui=false", "--logtostderr", "--storage_url=file://"+dir+"/", "--public_key="+filepath.Join(dir, "key")).CombinedOutput()
		return string(out)
	}
	const good = "Successfully fsck'd log with size 520"
	if said := check(); !strings.Contains(said, good) {
		t.Errorf("it said:\n%s", said)
	}
	for _, name := range []string{"tile/0/001", "tile/entries/000"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		changed := bytes.Clone(data)
		changed[100] ^= 1
		put(name, changed)
		if said := check(); strings.Contains(said, good) {
			t.Errorf("with %s changed it said:\n%s", name, said)
		}
		put(name, data)
	}
}
