//go:build linux

package conformance

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"rectify/site/publish"
)

// BenchmarkOnePercent publishes 10,000 files of which 1 % changed, and lets
// Debian's rclone do the same (sync --checksum) on the same servers in the same
// run. It reports seconds for both and how many times rclone's time we take;
// more than 1.5 fails. “second” is what follows the first publication, “later”
// the median of those after it.
//
// rclone's time includes the start of its process, which is reported too. What
// it makes has no switch: its visitors see one file change after the other.
func BenchmarkOnePercent(b *testing.B) {
	const files, changed, rounds = 10_000, 100, 5
	rclone := program(b, "rclone", "Debian: rclone")
	for _, k := range []kind{localReleases, sftpReleases, sftpPlain, bucketed} {
		b.Run(string(k), func(b *testing.B) {
			for b.Loop() {
				source := b.TempDir()
				s := makeSite(files, 1)
				s.write(b, source)
				ours, theirs := newSpec(b, k), newSpec(b, k)
				p := &place{kind: k, dir: ours.Dir, to: ours.target()}
				sync := func() time.Duration {
					return clocked(b, func() error {
						cmd := exec.Command(rclone, "sync", "--checksum", "--config", "/dev/null", source, theirs.remote())
						cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}
						out, err := cmd.CombinedOutput()
						if err != nil {
							return fmt.Errorf("rclone: %w\n%s", err, out)
						}
						return nil
					})
				}
				send := func(id string) (time.Duration, *publish.Result) {
					tree := s.tree(id)
					tree.Open = func(path string) (io.ReadCloser, error) { return os.Open(filepath.Join(source, path)) }
					var res *publish.Result
					return clocked(b, func() (err error) {
						res, err = p.to.Publish(b.Context(), tree, publish.Options{})
						return err
					}), res
				}
				change := func(version int) {
					for i := range changed {
						path := fmt.Sprintf("issues/%06d.html", 100100+i*97)
						s[path] = text(path, version) + fmt.Sprint(version) // rclone may compare sizes only
					}
					s.write(b, source)
				}
				first, _ := send("r1")
				firstTheirs := sync()
				b.ReportMetric(first.Seconds(), "first-s")
				b.ReportMetric(firstTheirs.Seconds(), "first-rclone-s")
				// The second finds no old release to build on; from the third on there
				// is one. Of those the median counts: a machine does other things, too.
				var mine, other []time.Duration
				for n := 2; n <= 2+rounds; n++ {
					change(10 * n)
					ours, res := send(fmt.Sprintf("r%d", n))
					theirs := sync()
					if res.Sent != changed {
						b.Fatalf("%d files were sent, %d changed", res.Sent, changed)
					}
					if n == 2 {
						compare(b, "second", ours, theirs)
						continue
					}
					mine, other = append(mine, ours), append(other, theirs)
				}
				compare(b, "later", median(mine), median(other))
				p.wantSite(b, s)
			}
			b.ReportMetric(0, "ns/op")
		})
	}
	b.Run("start of rclone", func(b *testing.B) {
		for b.Loop() {
			check(b, exec.Command(rclone, "version", "--config", "/dev/null").Run())
		}
	})
}

// compare reports what one of us took and the other, and fails where we are
// too slow.
func compare(b *testing.B, name string, ours, theirs time.Duration) {
	b.Helper()
	ratio := ours.Seconds() / theirs.Seconds()
	b.ReportMetric(ours.Seconds(), name+"-s")
	b.ReportMetric(theirs.Seconds(), name+"-rclone-s")
	b.ReportMetric(ratio, name+"-ratio")
	if ratio > 1.5 {
		b.Errorf("%s: %.2f times rclone's time", name, ratio)
	}
}

func median(times []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(times))[len(times)/2]
}

func clocked(b *testing.B, do func() error) time.Duration {
	b.Helper()
	started := time.Now()
	check(b, do())
	return time.Since(started)
}

// write lays the site down as files; those that are right are left alone.
func (s site) write(b *testing.B, dir string) {
	b.Helper()
	for path, content := range s {
		name := filepath.Join(dir, path)
		if old, err := os.ReadFile(name); err == nil && string(old) == content {
			continue
		}
		check(b, os.MkdirAll(filepath.Dir(name), 0o755))
		check(b, os.WriteFile(name, []byte(content), 0o644))
	}
}

// remote names the place for rclone.
func (s spec) remote() string {
	switch s.Kind {
	case sftpReleases, sftpPlain:
		return fmt.Sprintf(":sftp,host=127.0.0.1,port=%d,user=%s,key_file=%s,shell_type=none:%s", s.SFTP.Port, s.SFTP.User, s.SFTP.KeyFile, s.SFTP.Path)
	case bucketed:
		return fmt.Sprintf(":s3,provider=Other,region=us-east-1,access_key_id=%s,secret_access_key=%s,endpoint=\"%s\",force_path_style=true,no_check_bucket=true:%s/%s",
			s.S3.AccessKey, s.S3.SecretKey, s.S3.Endpoint, s.S3.Bucket, s.S3.Prefix)
	}
	return s.Dir
}
