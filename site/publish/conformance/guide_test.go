//go:build linux

package conformance

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"rectify/site/publish"
	"rectify/site/publish/sftp"
)

// guides are the page for administrators in both languages.
var guides = map[string]string{"zh": publish.GuideChinese, "en": publish.GuideEnglish}

// onPage gives the text that a pattern finds on the page, the same in both
// languages.
func onPage(t *testing.T, pattern string) (found []string) {
	t.Helper()
	for lang, page := range guides {
		m := regexp.MustCompile(pattern).FindStringSubmatch(page)
		if m == nil {
			t.Fatalf("the page (%s) has no %s", lang, pattern)
		}
		if found != nil && m[0] != found[0] {
			t.Fatalf("the page differs from language to language: %q, %q", m[0], found[0])
		}
		found = m
	}
	return found
}

func TestAdministratorsPageIsOnePage(t *testing.T) {
	for lang, page := range guides {
		if lines := strings.Count(page, "\n"); lines > 85 {
			t.Errorf("%s: %d lines", lang, lines)
		}
	}
}

// The account that the page sets up takes publications and nothing else.
func TestAccountAsOnTheAdministratorsPage(t *testing.T) {
	block := onPage(t, "(?s)```sshd_config\n(.*?)```")[1]
	dir := filepath.Join(mnt, "guide")
	keys := filepath.Join(dir, "keys")
	check(t, os.MkdirAll(keys, 0o755))
	s := &sshServer{port: freePort(t), dir: dir}
	s.hostKey = s.keygen(t, "host", "ed25519")
	user := s.keygen(t, "user", "ed25519")
	check(t, os.WriteFile(filepath.Join(keys, account), []byte(user+"\n"), 0o644))
	for old, new := range map[string]string{"User zg": "User " + account, "/srv/sftp": jail, "/etc/ssh/keys": keys} {
		if !strings.Contains(block, old) {
			t.Fatalf("the block has no %s", old)
		}
		block = strings.Replace(block, old, new, 1)
	}
	config := filepath.Join(dir, "config")
	check(t, os.MkdirAll("/run/sshd", 0o755))
	// What stands above it is what Debian's file has.
	check(t, os.WriteFile(config, []byte(fmt.Sprintf(
		"Port %d\nListenAddress 127.0.0.1\nHostKey %s/host\nPidFile none\nUsePAM no\nSubsystem sftp /usr/lib/openssh/sftp-server\n%s", s.port, dir, block)), 0o644))
	start(t, s.port, program(t, "sshd", "Debian: openssh-server"), "-D", "-e", "-f", config)

	folder := filepath.Join(jail, "zg")
	check(t, os.Mkdir(folder, 0o755))
	check(t, os.Chown(folder, nobody, nobody))
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	to := s.config("zg")
	p := &place{kind: sftpReleases, dir: folder, to: publish.Target{Dial: sftp.Dial(to), Keep: 3}}
	site := makeSite(20, 1)
	p.mustPublish(t, "r1", site)
	p.wantSite(t, site)

	login := exec.Command(program(t, "ssh", "Debian: openssh-client"), "-p", fmt.Sprint(s.port), "-i", to.KeyFile, "-o", "BatchMode=yes",
		"-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", account+"@127.0.0.1", "echo", "inside")
	if out, err := login.CombinedOutput(); err == nil || strings.Contains(string(out), "\ninside") {
		t.Errorf("the account can run programs: %s", out)
	}
}

// Going back by hand, as the page says, is understood by the next publication.
func TestGoingBackByHandAsOnTheAdministratorsPage(t *testing.T) {
	line := onPage(t, "`(ln -s releases/2025-12 /srv/zg/new && mv -T /srv/zg/new /srv/zg/current)`")[1]
	onEach(t, func(t *testing.T, p *place) {
		first, second := makeSite(20, 1), makeSite(20, 2)
		p.mustPublish(t, "2025-12", first)
		p.mustPublish(t, "2026-01", second)
		out, err := exec.Command("sh", "-c", strings.ReplaceAll(line, "/srv/zg", p.dir)).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		p.wantSite(t, first)
		if s := p.mustStatus(t, map[string]site{"2025-12": first}, false); s.Live != "2025-12" || !s.Equal {
			t.Errorf("status: %+v", s)
		}
		p.base = nil
		res := p.mustPublish(t, "2026-01", second)
		if !res.Ready || res.Live != "2025-12" {
			t.Errorf("got %+v", res)
		}
		p.wantSite(t, second)
	}, localReleases, sftpReleases, packaged)
}

// A program that is killed while it writes a package leaves something that the
// next one replaces, and that nobody takes for a package.
func TestHalfAPackageIsNoneAndIsReplaced(t *testing.T) {
	p := newPlace(t, packaged)
	s := makeSite(20, 1)
	for id, name := range map[string]string{"r1": "rectify-r1.zip.part", "r01": "rectify-r01.part"} { // a zip file and a folder
		half := filepath.Join(p.box, name)
		if strings.Contains(name, "zip") {
			check(t, os.WriteFile(half, []byte("half"), 0o644))
		} else {
			check(t, os.MkdirAll(filepath.Join(half, "files"), 0o755))
		}
		if _, err := p.apply(t.Context(), half, publish.Options{}); err == nil {
			t.Errorf("%s was taken", name)
		}
		p.base = nil
		p.mustPublish(t, id, s)
		p.wantSite(t, s)
		if _, err := os.Stat(half); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
}
