//go:build linux

package conformance

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"rectify/site/audit"
	"rectify/site/publish"
)

// nginx serves a folder as the administrator's page says, and gives the address
// of the site.
func nginx(t testing.TB, root, path string) string {
	t.Helper()
	dir := t.TempDir()
	check(t, os.Chmod(dir, 0o755))
	port := freePort(t)
	block, err := publish.NginxConfig(publish.Nginx{Root: root, Path: path, Name: "_", Port: port, Policy: audit.Policy})
	check(t, err)
	// Only this machine may ask; the rest of the block is as it was printed.
	six := "listen [::1]:$1;"
	if !hasIPv6() {
		six = ""
	}
	block = regexp.MustCompile(`listen (\d+);`).ReplaceAllString(block, "listen 127.0.0.1:$1;")
	block = regexp.MustCompile(`listen \[::\]:(\d+);`).ReplaceAllString(block, six)
	types, err := os.ReadFile("/etc/nginx/mime.types")
	check(t, err)
	check(t, os.WriteFile(filepath.Join(dir, "mime.types"), types, 0o644))
	config := fmt.Sprintf(`daemon off;
master_process off;
pid %[1]s/pid;
error_log stderr;
events { worker_connections 512; }
http {
    access_log off;
    client_body_temp_path %[1]s/body;
    proxy_temp_path %[1]s/proxy;
    fastcgi_temp_path %[1]s/fastcgi;
    uwsgi_temp_path %[1]s/uwsgi;
    scgi_temp_path %[1]s/scgi;
%[2]s
}
`, dir, block)
	file := filepath.Join(dir, "nginx.conf")
	check(t, os.WriteFile(file, []byte(config), 0o644))
	start(t, port, program(t, "nginx", "Debian: nginx-light"), "-c", file, "-p", dir)
	return fmt.Sprintf("http://127.0.0.1:%d%s", port, path)
}

// hasIPv6 says whether this machine speaks it: many containers do not.
func hasIPv6() bool {
	l, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		return false
	}
	_ = l.Close()
	return true
}
