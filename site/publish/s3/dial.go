package s3

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"rectify/site/publish"
)

// Config says how to reach a bucket.
type Config struct {
	Endpoint string // "https://oss-cn-beijing.aliyuncs.com"
	Region   string // "" where the storage has none, or says it itself
	Bucket   string
	Prefix   string // in front of every path: "zg" or "a/zg"; "" for the bucket's root

	// Lookup is "path" (endpoint/bucket/key) or "dns" (bucket.endpoint/key);
	// empty picks what the known storages want.
	Lookup string

	// The access key and its secret key, or a file with both: one in the first
	// line, the other in the second.
	AccessKey, SecretKey string
	KeyFile              string
}

// AuthError says that the storage did not accept the key.
type AuthError struct {
	Endpoint string
	Code     string // of the storage; empty if no key was given
}

func (e *AuthError) Error() string {
	if e.Code == "" {
		return fmt.Sprintf("log in to %s: no access key is given", e.Endpoint)
	}
	return fmt.Sprintf("log in to %s: the access key was refused (%s)", e.Endpoint, e.Code)
}

// BucketError says that there is no such bucket.
type BucketError struct{ Endpoint, Bucket string }

func (e *BucketError) Error() string { return fmt.Sprintf("%s has no bucket %s", e.Endpoint, e.Bucket) }

// Dial connects to the bucket. It fails with an *AuthError, a *BucketError, a
// *publish.KeyFileError or a *publish.UnreachableError.
func Dial(c Config) publish.Dial {
	return func(ctx context.Context) (publish.Host, error) {
		if c.KeyFile != "" {
			text, err := publish.ReadKeyFile(c.KeyFile)
			if err != nil {
				return nil, err
			}
			lines := strings.Fields(string(text))
			if len(lines) != 2 {
				return nil, &publish.KeyFileError{Path: c.KeyFile, Err: errors.New("it does not have two lines, the access key and the secret key")}
			}
			c.AccessKey, c.SecretKey = lines[0], lines[1]
		}
		if c.AccessKey == "" || c.SecretKey == "" {
			return nil, &AuthError{Endpoint: c.Endpoint}
		}
		at, err := url.Parse(c.Endpoint)
		if err != nil {
			return nil, &publish.UnreachableError{Address: c.Endpoint, Err: err}
		}
		lookup, ok := map[string]minio.BucketLookupType{
			"": minio.BucketLookupAuto, "path": minio.BucketLookupPath, "dns": minio.BucketLookupDNS,
		}[c.Lookup]
		if !ok {
			return nil, fmt.Errorf("reach %s: there is no way %q to name a bucket", c.Endpoint, c.Lookup)
		}
		client, err := minio.NewCore(at.Host, &minio.Options{
			Creds:  credentials.NewStaticV4(c.AccessKey, c.SecretKey, ""),
			Secure: at.Scheme == "https", Region: c.Region, BucketLookup: lookup,
			Transport: transport(), MaxRetries: 3,
		})
		if err != nil {
			return nil, &publish.UnreachableError{Address: c.Endpoint, Err: err}
		}
		s := &store{ctx: ctx, c: c, client: client, prefix: strings.Trim(c.Prefix, "/")}
		if s.prefix != "" {
			s.prefix += "/"
		}
		return s, s.knock()
	}
}

// transport waits for nobody without end.
func transport() http.RoundTripper {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 15 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout:   15 * time.Second,
		ResponseHeaderTimeout: 60 * time.Second,
		MaxIdleConnsPerHost:   32,
		IdleConnTimeout:       30 * time.Second,
		DisableCompression:    true, // what is stored compressed comes as it is
	}
}

// knock asks for one name, to hear early whether we are let in.
func (s *store) knock() error {
	_, err := s.client.ListObjectsV2(s.c.Bucket, s.prefix, "", "", "/", 1)
	if err == nil {
		return nil
	}
	switch answer := answerOf(err); answer.Code {
	case "NoSuchBucket", "InvalidBucketName":
		return &BucketError{Endpoint: s.c.Endpoint, Bucket: s.c.Bucket}
	case "":
		return &publish.UnreachableError{Address: s.c.Endpoint, Err: err}
	}
	err = s.known(err)
	if errors.Is(err, publish.ErrLost) {
		return &publish.UnreachableError{Address: s.c.Endpoint, Err: err}
	}
	return err
}
