package s3

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/minio/minio-go/v7"

	"rectify/site/publish"
)

// store is the bucket, or what lies in it under a prefix.
type store struct {
	ctx    context.Context // of the link, as Dial was given it
	c      Config
	client *minio.Core
	prefix string
}

func (s *store) Close() error { return nil }

// answerOf is what the storage said; empty where there was no answer.
func answerOf(err error) (answer minio.ErrorResponse) {
	_ = errors.As(err, &answer)
	return answer
}

// known turns the answers of a storage into the errors that publish knows.
func (s *store) known(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	answer := answerOf(err)
	var kind error
	switch answer.Code {
	case "NoSuchKey":
		kind = fs.ErrNotExist
	case "NoSuchBucket":
		return &BucketError{Endpoint: s.c.Endpoint, Bucket: s.c.Bucket}
	case "PreconditionFailed", "ConditionalRequestConflict", "FileAlreadyExists":
		kind = fs.ErrExist
	case "InvalidAccessKeyId", "XAdminUserNotFound", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken":
		return &AuthError{Endpoint: s.c.Endpoint, Code: answer.Code}
	case "AccessDenied", "AllAccessDisabled":
		kind = fs.ErrPermission
	case "QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity":
		kind = publish.ErrFull
	default:
		// An answer of the storage that no further try will change has a code
		// of its own below 500.
		if answer.StatusCode == 0 || answer.StatusCode >= 500 || answer.StatusCode == 429 || answer.StatusCode == 408 {
			kind = publish.ErrLost
		}
		if answer.StatusCode == 507 {
			kind = publish.ErrFull
		}
	}
	if kind == nil {
		return err
	}
	return fmt.Errorf("%w: %w", kind, err)
}

func (s *store) Files() ([]publish.Found, error) {
	var found []publish.Found
	for token := ""; ; {
		page, err := s.client.ListObjectsV2(s.c.Bucket, s.prefix, "", token, "", 1000)
		if err == nil {
			err = s.ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("list the bucket: %w", s.known(err))
		}
		for _, o := range page.Contents {
			name := strings.TrimPrefix(o.Key, s.prefix)
			if name == "" || strings.HasPrefix(name, publish.StateDir+"/") {
				continue
			}
			found = append(found, publish.Found{Path: name, Size: o.Size, Stamp: tag(o.ETag)})
		}
		if !page.IsTruncated || page.NextContinuationToken == "" {
			return found, nil
		}
		token = page.NextContinuationToken
	}
}

// tag is an ETag without what surrounds it; some storages write it in capitals.
func tag(etag string) string { return strings.ToLower(strings.Trim(etag, `"`)) }

// large is the size from which a file waits on the disk, and not in memory, for
// its way: its MD5 has to be known before it begins.
const large = 8 << 20

// body reads what is to be sent, to have its digest and to send it again if
// need be.
func body(open func() (io.ReadCloser, error), size int64) (content io.ReadSeeker, sum []byte, drop func(), err error) {
	drop = func() {}
	r, err := open()
	if err != nil {
		return nil, nil, drop, err
	}
	defer r.Close()
	h := md5.New()
	if size < large {
		var b bytes.Buffer
		if _, err := io.Copy(io.MultiWriter(&b, h), r); err != nil {
			return nil, nil, drop, err
		}
		return bytes.NewReader(b.Bytes()), h.Sum(nil), drop, nil
	}
	file, err := os.CreateTemp("", "rectify-publish-*")
	if err != nil {
		return nil, nil, drop, publish.Spool(err)
	}
	drop = func() {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}
	if _, err = io.Copy(io.MultiWriter(file, h), r); err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	return file, h.Sum(nil), drop, publish.Spool(err)
}

func (s *store) Put(f publish.Stored, open func() (io.ReadCloser, error)) (stamp string, err error) {
	content, sum, drop, err := body(open, f.Size)
	defer drop()
	if err != nil {
		return "", err
	}
	stamp, err = s.put(f.Path, content, f.Size, sum, f.SHA256, minio.PutObjectOptions{
		ContentType: f.MediaType, CacheControl: f.CacheControl, ContentEncoding: f.Encoding,
	})
	if err != nil || stamp == hex.EncodeToString(sum) {
		return stamp, err
	}
	// The tag is something else than the MD5, so what is there has to be read.
	h := sha256.New()
	if err := s.Read(f.Path, f.Size, h); err != nil {
		return "", err
	}
	if hex.EncodeToString(h.Sum(nil)) != f.SHA256 {
		return "", &publish.DamageError{Path: f.Path}
	}
	return stamp, nil
}

// put is one PUT. The digests are part of what is signed, so the storage
// refuses what does not match.
func (s *store) put(name string, content io.Reader, size int64, sum []byte, sha string, o minio.PutObjectOptions) (stamp string, err error) {
	o.DisableContentSha256 = true // no aws-chunked; the digest is given
	info, err := s.client.PutObject(s.ctx, s.c.Bucket, s.prefix+name, content, size,
		base64.StdEncoding.EncodeToString(sum), sha, o)
	if err != nil {
		return "", s.known(err)
	}
	return tag(info.ETag), nil
}

func (s *store) Holds(found publish.Found, f publish.Stored, open func() (io.ReadCloser, error)) (bool, error) {
	if found.Size != f.Size {
		return false, nil
	}
	if open == nil {
		h := sha256.New()
		if err := s.Read(found.Path, found.Size, h); err != nil {
			return false, err
		}
		return hex.EncodeToString(h.Sum(nil)) == f.SHA256, nil
	}
	r, err := open()
	if err != nil {
		return false, err
	}
	defer r.Close()
	h := md5.New()
	if _, err := io.Copy(h, r); err != nil {
		return false, err
	}
	return found.Stamp == hex.EncodeToString(h.Sum(nil)), nil
}

func (s *store) Read(name string, _ int64, w io.Writer) error {
	r, _, _, err := s.client.GetObject(s.ctx, s.c.Bucket, s.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return s.known(err)
	}
	defer r.Close()
	if _, err := io.Copy(w, r); err != nil {
		return fmt.Errorf("%w: read %s: %w", publish.ErrLost, name, err)
	}
	return nil
}

func (s *store) Delete(name string) error {
	err := s.client.RemoveObject(s.ctx, s.c.Bucket, s.prefix+name, minio.RemoveObjectOptions{})
	if err = s.known(err); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
