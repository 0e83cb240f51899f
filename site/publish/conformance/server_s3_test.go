//go:build linux

package conformance

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"rectify/site/publish/s3"
)

// store is where the S3 server keeps its buckets.
var store = filepath.Join(mnt, "s3")

const (
	bucket = "portal" // one of them

	accessKey, secretKey = "rectify", "rectify-secret"
)

var s3Servers struct {
	sync.Mutex
	running map[string]int // by folder: the port
}

// gateway gives the port of an S3 server that keeps its buckets in a folder.
func gateway(t testing.TB, dir string) int {
	t.Helper()
	s3Servers.Lock()
	defer s3Servers.Unlock()
	if port := s3Servers.running[dir]; port != 0 {
		return port
	}
	tool := s3Tool(t)
	sidecar := sidecarOf(dir)
	for _, folder := range []string{filepath.Join(dir, bucket), sidecar} {
		check(t, os.MkdirAll(folder, 0o755))
	}
	port := serveS3(t, tool, "--quiet", "--keep-alive", "posix", "--sidecar", sidecar, dir)
	if s3Servers.running == nil {
		s3Servers.running = map[string]int{}
	}
	s3Servers.running[dir] = port
	return port
}

// readOnlyGateway gives a second server for the buckets of the first.
func readOnlyGateway(t testing.TB, dir string) int {
	t.Helper()
	gateway(t, dir)
	return serveS3(t, s3Tool(t), "--readonly", "--quiet", "--keep-alive", "posix", "--sidecar", sidecarOf(dir), dir)
}

func serveS3(t testing.TB, tool string, args ...string) (port int) {
	t.Helper()
	port = freePort(t)
	start(t, port, tool, append([]string{
		"--port", fmt.Sprintf("127.0.0.1:%d", port), "--access", accessKey, "--secret", secretKey,
	}, args...)...)
	return port
}

func s3Tool(t testing.TB) string {
	t.Helper()
	tool := filepath.Join("..", "..", "..", ".bin", "tools", "versitygw")
	if _, err := os.Stat(tool); err != nil {
		t.Fatal("versitygw, the S3 server of the publishing tests, is missing: “make test” compiles it once (go install github.com/versity/versitygw/cmd/versitygw@v1.8.0)")
	}
	return tool
}

// sidecarOf is where the server keeps ETags and headers: not every file system
// has room for extended attributes.
func sidecarOf(dir string) string {
	return filepath.Join(filepath.Dir(dir), "meta-"+filepath.Base(dir))
}

// bucketConfig reaches a prefix of the bucket.
func bucketConfig(port int, prefix string) s3.Config {
	return s3.Config{
		Endpoint: fmt.Sprintf("http://127.0.0.1:%d", port), Region: "us-east-1",
		Bucket: bucket, Prefix: prefix, AccessKey: accessKey, SecretKey: secretKey,
	}
}

// client is a client of the storage that is not ours.
func client(t testing.TB, port int) *minio.Client {
	t.Helper()
	c, err := minio.New(fmt.Sprintf("127.0.0.1:%d", port), &minio.Options{
		Creds: credentials.NewStaticV4(accessKey, secretKey, ""), Region: "us-east-1",
	})
	check(t, err)
	return c
}

// bucketEdit puts or, with no content, removes an object by hand.
func bucketEdit(t testing.TB, key, content string) {
	t.Helper()
	c := client(t, gateway(t, store))
	if content == "" {
		check(t, c.RemoveObject(t.Context(), bucket, key, minio.RemoveObjectOptions{}))
		return
	}
	_, err := c.PutObject(t.Context(), bucket, key, strings.NewReader(content), int64(len(content)), minio.PutObjectOptions{})
	check(t, err)
}
