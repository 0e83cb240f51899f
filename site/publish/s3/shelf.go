package s3

import (
	"bytes"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/minio/minio-go/v7"

	"rectify/site/publish"
)

func onShelf(name string) string { return publish.StateDir + "/" + name }

func (s *store) Get(name string) ([]byte, error) {
	r, info, _, err := s.client.GetObject(s.ctx, s.c.Bucket, s.prefix+onShelf(name), minio.GetObjectOptions{})
	if err != nil {
		return nil, s.known(err)
	}
	defer r.Close()
	if info.Size > publish.LargestState {
		return nil, &publish.ForeignError{Path: onShelf(name)}
	}
	data, err := io.ReadAll(io.LimitReader(r, publish.LargestState))
	if err != nil {
		return nil, fmt.Errorf("%w: read %s: %w", publish.ErrLost, name, err)
	}
	return data, nil
}

func (s *store) keep(name string, data []byte, o minio.PutObjectOptions) error {
	o.ContentType, o.CacheControl = "application/octet-stream", "no-store"
	sum, sha := md5.Sum(data), sha256.Sum256(data)
	_, err := s.put(onShelf(name), bytes.NewReader(data), int64(len(data)), sum[:], hex.EncodeToString(sha[:]), o)
	return err
}

func (s *store) Set(name string, data []byte) error {
	return s.keep(name, data, minio.PutObjectOptions{})
}

func (s *store) Touch(name string, data []byte) error { return s.Set(name, data) }

func (s *store) Drop(name string) error { return s.Delete(onShelf(name)) }

// Create looks first, for storages that do not know If-None-Match.
func (s *store) Create(name string, data []byte) error {
	if _, err := s.Time(name); err == nil {
		return fs.ErrExist
	}
	var o minio.PutObjectOptions
	o.SetMatchETagExcept("*")
	return s.keepIf(name, data, o)
}

// keepIf is keep under a condition, which is left out where the storage does
// not know it.
func (s *store) keepIf(name string, data []byte, o minio.PutObjectOptions) error {
	err := s.keep(name, data, o)
	if answerOf(err).Code == "NotImplemented" {
		return s.keep(name, data, minio.PutObjectOptions{})
	}
	return err
}

func (s *store) Swap(name string, old, data []byte) error {
	found, err := s.Get(name)
	if err != nil {
		return err
	}
	if !bytes.Equal(found, old) {
		return fs.ErrExist
	}
	info, err := s.stat(name)
	if err != nil {
		return err
	}
	var o minio.PutObjectOptions
	o.SetMatchETag(info.ETag)
	return s.keepIf(name, data, o)
}

func (s *store) stat(name string) (minio.ObjectInfo, error) {
	info, err := s.client.StatObject(s.ctx, s.c.Bucket, s.prefix+onShelf(name), minio.StatObjectOptions{})
	return info, s.known(err)
}

func (s *store) Time(name string) (time.Time, error) {
	info, err := s.stat(name)
	return info.LastModified, err
}
