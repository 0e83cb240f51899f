//go:build linux

package conformance

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"rectify/site/publish"
	"rectify/site/publish/s3"
	"rectify/site/publish/sftp"
)

func TestALinkThatIsCutAgainAndAgainDeliversTheSite(t *testing.T) {
	for _, k := range []kind{sftpReleases, sftpPlain} {
		t.Run(string(k), func(t *testing.T) {
			t.Parallel()
			to := newSpec(t, k)
			bad := newWire(t, to.SFTP.Port, 700<<10)
			to.SFTP.Port = bad.port
			p := &place{kind: k, dir: to.Dir, to: to.target()}
			before, after := difference()
			p.mustPublish(t, "r1", before)
			p.wantSite(t, before)
			res := p.mustPublish(t, "r2", after)
			p.wantSite(t, after)
			if bad.cuts.Load() == 0 {
				t.Error("no link was cut")
			}
			t.Logf("%d cuts, %d tries for the second", bad.cuts.Load(), res.Tries)
		})
	}
}

func TestAStorageThatFailsNowAndThenGetsTheSite(t *testing.T) {
	to := newSpec(t, bucketed)
	port, faults := newStorm(t, gateway(t, store))
	to.S3 = bucketConfig(port, to.S3.Prefix)
	p := &place{kind: bucketed, dir: to.Dir, to: to.target()}
	before, after := difference()
	p.mustPublish(t, "r1", before)
	p.wantSite(t, before)
	p.mustPublish(t, "r2", after)
	p.wantSite(t, after)
	t.Logf("%d faults", faults.Load())
	if faults.Load() < 20 {
		t.Errorf("only %d faults", faults.Load())
	}
}

func TestAHostThatGoesSilentIsGivenUp(t *testing.T) {
	to := newSpec(t, sftpReleases)
	w := newWire(t, to.SFTP.Port, 0)
	to.SFTP.Port, to.SFTP.Patience = w.port, time.Second
	p := &place{kind: sftpReleases, dir: to.Dir, to: to.target()}
	first := makeSite(40, 1)
	p.mustPublish(t, "r1", first)
	var once sync.Once
	_, err := p.publish(t.Context(), makeSite(40, 2).tree("r2"), publish.Options{
		Yes: true, Wait: func(int) time.Duration { return -1 },
		Planned: func(*publish.Plan) error { once.Do(func() { w.swallow.Store(true) }); return nil },
	})
	if !errors.Is(err, publish.ErrLost) {
		t.Fatalf("got %v, want ErrLost", err)
	}
	p.wantSite(t, first)
}

func TestNobodyListensIsSaidAtOnce(t *testing.T) {
	ssh, bucket := newSpec(t, sftpReleases), newSpec(t, bucketed)
	ssh.SFTP.Port = freePort(t)
	bucket.S3 = bucketConfig(freePort(t), "x")
	for _, to := range []spec{ssh, bucket, {Kind: localReleases, Dir: filepath.Join(t.TempDir(), "not", "there")}} {
		_, err := to.target().Publish(t.Context(), makeSite(10, 1).tree("r1"), publish.Options{})
		if e, ok := as[*publish.UnreachableError](err); !ok || e.Address == "" {
			t.Errorf("%s: got %v, want an UnreachableError", to.Kind, err)
		}
	}
}

func TestAFullDiskTearsNothingAndIsCalledByItsName(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		switch p.kind {
		case bucketed:
			dir := filepath.Join(mnt, "tiny-s3")
			tiny(t, filepath.Join(dir, bucket))
			to := spec{Kind: bucketed, Dir: filepath.Join(dir, bucket, "site"), S3: bucketConfig(gateway(t, dir), "site")}
			p = &place{kind: bucketed, dir: to.Dir, to: to.target()}
		default:
			tiny(t, p.dir)
			check(t, os.Chown(p.dir, nobody, nobody))
		}
		before := makeSite(300, 1)
		p.mustPublish(t, "r1", before)
		large := before.with(2, "index.html", "404.html", "issues/100100.html")
		for _, name := range []string{"files/a.bin", "files/b.bin", "files/c.bin", "files/d.bin", "files/e.bin"} {
			large[name] = string(noise(1 << 20))
		}
		_, err := p.publish(t.Context(), large.tree("r2"), publish.Options{Yes: true, Wait: func(n int) time.Duration {
			if n > 2 {
				return -1
			}
			return 0
		}})
		want := publish.ErrFull
		if p.kind == sftpPlain {
			want = sftp.ErrNoReason // it cannot be asked how full it is
		}
		if !errors.Is(err, want) {
			t.Fatalf("got %v, want %v", err, want)
		}
		p.wantWhole(t, before, large)
		if p.hasReleases() {
			p.wantSite(t, before)
		}
		after := large.without("files/a.bin", "files/b.bin", "files/c.bin", "files/d.bin", "files/e.bin")
		if p.kind == bucketed || p.kind == localPlain || p.kind == sftpPlain {
			p.mustPublish(t, "r3", after)
		} else {
			p.mustPublish(t, "r2b", after)
		}
		p.wantSite(t, after)
	}, kinds...)
}

func TestAStickThatIsFullKeepsNoHalfPackage(t *testing.T) {
	p := newPlace(t, packaged)
	p.box = filepath.Join(mnt, "tiny-stick")
	tiny(t, p.box)
	s := makeSite(20, 1)
	s["files/a.bin"] = string(noise(10 << 20))
	for _, id := range []string{"r1", "r01"} { // a zip file and a folder
		_, err := p.publish(t.Context(), s.tree(id), publish.Options{})
		if !errors.Is(err, publish.ErrFull) {
			t.Errorf("got %v, want ErrFull", err)
		}
		left, err := os.ReadDir(p.box)
		check(t, err)
		if len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

// takeAway makes a folder and all below it root's, and readable only.
func takeAway(t testing.TB, dir string) {
	t.Helper()
	check(t, filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Lchown(name, 0, 0))
	}))
}

func TestPermissionThatIsLostMidwayLeavesWholeFiles(t *testing.T) {
	onEach(t, func(t *testing.T, p *place) {
		before, after := difference()
		p.mustPublish(t, "r1", before)
		var once sync.Once
		_, err := p.publish(t.Context(), after.tree("r2"), publish.Options{Yes: true, Progress: func(now publish.Progress) {
			if now.Phase == publish.PhaseSend && now.Files >= 10 {
				once.Do(func() { takeAway(t, p.dir) })
			}
		}})
		if !errors.Is(err, fs.ErrPermission) {
			t.Fatalf("got %v, want fs.ErrPermission", err)
		}
		if e, ok := as[*publish.StoppedError](err); !ok || e.Phase != publish.PhaseSend || e.Live != "r1" {
			t.Errorf("it does not say how far it came: %+v", e)
		}
		p.wantWhole(t, before, after)
		check(t, filepath.WalkDir(p.dir, func(name string, _ fs.DirEntry, err error) error {
			return errors.Join(err, os.Lchown(name, nobody, nobody))
		}))
		_, err = p.publish(t.Context(), after.tree("r2"), publish.Options{Yes: true, Force: true})
		check(t, err)
		p.wantSite(t, after)
	}, sftpReleases, sftpPlain)
}

func TestAFolderThatMayNotBeWrittenIsLeftAsItIs(t *testing.T) {
	for _, k := range []kind{localReleases, localPlain} {
		t.Run(string(k), func(t *testing.T) {
			to := newSpec(t, k)
			check(t, os.Mkdir(to.Dir, 0o755))
			p := &place{kind: k, dir: to.Dir, to: to.target()}
			p.mustPublish(t, "v0", versioned(40, 0).with(5, "404.html"))
			before := p.seen(t, nil)

			// Who runs the tests may write everywhere, so another account tries.
			cmd, _ := startChild(t, order{To: to, Files: 40, Once: true}, &syscall.Credential{Uid: nobody, Gid: nobody})
			var exit *exec.ExitError
			if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
				t.Fatalf("the child ended with %v", err)
			}
			if said := cmd.Stderr.(*strings.Builder).String(); !strings.Contains(said, "permission denied") {
				t.Errorf("the child said %q", said)
			}
			if after := p.seen(t, nil); len(after) != len(before) || after["404.html"] != before["404.html"] {
				t.Error("something was changed")
			}
		})
	}
}

func TestAStorageThatTakesNothingIsSaid(t *testing.T) {
	p := newPlace(t, bucketed)
	first := makeSite(20, 1)
	p.mustPublish(t, "r1", first)
	to := newSpec(t, bucketed)
	to.S3 = bucketConfig(readOnlyGateway(t, store), filepath.Base(p.dir))
	_, err := to.target().Publish(t.Context(), makeSite(20, 2).tree("r2"), publish.Options{Yes: true})
	if !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v, want fs.ErrPermission", err)
	}
	p.wantSite(t, first)
}

func TestWrongKeysAreRefusedWithTheirReason(t *testing.T) {
	for what, change := range map[string]func(*sftp.Config){
		"a stranger's key": func(c *sftp.Config) { c.KeyFile = filepath.Join(filepath.Dir(c.KeyFile), "stranger") },
		"no key":           func(c *sftp.Config) { c.KeyFile = "" },
		"a password":       func(c *sftp.Config) { c.KeyFile, c.Password = "", "guessed" },
	} {
		to := newSpec(t, sftpReleases)
		change(&to.SFTP)
		_, err := to.target().Publish(t.Context(), makeSite(10, 1).tree("r1"), publish.Options{})
		if _, ok := as[*sftp.AuthError](err); !ok {
			t.Errorf("%s: got %v, want an AuthError", what, err)
		}
		if left, err := os.ReadDir(to.Dir); err != nil || len(left) > 0 {
			t.Errorf("%s: something was written: %v %v", what, left, err)
		}
	}
	for what, change := range map[string]func(*s3.Config){
		"a wrong secret": func(c *s3.Config) { c.SecretKey = "guessed" },
		"a wrong key":    func(c *s3.Config) { c.AccessKey = "nobody" },
		"no key":         func(c *s3.Config) { c.AccessKey = "" },
	} {
		to := newSpec(t, bucketed)
		change(&to.S3)
		_, err := to.target().Publish(t.Context(), makeSite(10, 1).tree("r1"), publish.Options{})
		if _, ok := as[*s3.AuthError](err); !ok {
			t.Errorf("%s: got %#v, want an AuthError", what, err)
		}
	}
	to := newSpec(t, bucketed)
	to.S3.Bucket = "missing"
	_, err := to.target().Publish(t.Context(), makeSite(10, 1).tree("r1"), publish.Options{})
	if _, ok := as[*s3.BucketError](err); !ok {
		t.Errorf("got %v, want a BucketError", err)
	}
}
