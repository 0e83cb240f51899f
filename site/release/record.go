package release

import (
	"fmt"
	"strings"

	"rectify/site/release/archive"
	"rectify/site/release/sign"
	"rectify/site/release/tilelog"
)

// The log has one line for each release and for each redaction.
const (
	releaseEntry   = "release"
	redactionEntry = "redaction"
)

// entryOf is the line of the log that names what the digest is of.
func entryOf(kind, name, digest string) []byte {
	return fmt.Appendf(nil, "%s %s %s\n", kind, name, digest)
}

// Record is what stands around a document of the archive, a manifest or a
// redaction, when it is entered: its bytes, its signatures, and the log with it.
type Record struct {
	Document   []byte
	Signatures map[string][]byte // by ending
	Log        map[string][]byte // new files, by path below log/
	Checkpoint []byte
}

// RecordRelease completes a manifest with its signer and its place in the log
// of the archive, and signs it; without a secret key the release is unsigned.
// address names a new log: the portal's address, or something else that is its
// own.
func RecordRelease(a *archive.Archive, m *archive.Manifest, address string, secret *sign.Secret) (Record, error) {
	return record(a, address, secret, func(entry archive.Entry, signer string) ([]byte, string, string, error) {
		m.Log, m.Signer = entry, signer
		data, err := m.Encode()
		return data, releaseEntry, m.ID, err
	})
}

// RecordRedaction does the same for a redaction.
func RecordRedaction(a *archive.Archive, t *archive.Redaction, secret *sign.Secret) (Record, error) {
	return record(a, "", secret, func(entry archive.Entry, signer string) ([]byte, string, string, error) {
		t.Log, t.Signer = entry, signer
		data, err := t.Encode()
		return data, redactionEntry, t.SHA256, err
	})
}

func record(a *archive.Archive, address string, secret *sign.Secret, complete func(archive.Entry, string) (data []byte, kind, name string, err error)) (Record, error) {
	log, origin, err := openLog(a)
	if err != nil {
		return Record{}, err
	}
	if origin == "" {
		origin = sign.NewOrigin(strings.TrimRight(address, "/") + "/releases/log")
	}
	signer := ""
	if secret != nil {
		signer = secret.Public().Fingerprint()
	}
	size := log.Size()
	data, kind, name, err := complete(archive.Entry{Origin: origin, Index: size}, signer)
	if err != nil {
		return Record{}, err
	}
	r := Record{Document: data}
	if err := log.Append(entryOf(kind, name, digestOf(data))); err != nil {
		return Record{}, err
	}
	if r.Log, err = log.NewFiles(size); err != nil {
		return Record{}, err
	}
	checkpoint, err := log.Checkpoint(origin)
	if err != nil {
		return Record{}, fmt.Errorf("make the checkpoint: %w", err)
	}
	r.Checkpoint = []byte(checkpoint.String())
	if secret != nil {
		if r.Checkpoint, err = secret.Note(origin, checkpoint.String()); err != nil {
			return Record{}, err
		}
		if r.Signatures, err = secret.Sign(data, "rectify "+kind+" "+name); err != nil {
			return Record{}, err
		}
	}
	return r, nil
}

// openLog reads the log of an archive and its name, "" for a new one.
func openLog(a *archive.Archive) (*tilelog.Log, string, error) {
	text, err := a.Checkpoint()
	if err != nil {
		return nil, "", err
	}
	if text == nil {
		return &tilelog.Log{}, "", nil
	}
	checkpoint, err := tilelog.ParseCheckpoint(text)
	if err != nil {
		return nil, "", fmt.Errorf("read the release log: %w", err)
	}
	log, err := tilelog.Open(checkpoint.Size, a.LogFile)
	if err != nil {
		return nil, "", fmt.Errorf("read the release log: %w", err)
	}
	if !log.Extends(checkpoint) {
		return nil, "", fmt.Errorf("read the release log: its entries are not those of its checkpoint; run rectify verify")
	}
	return log, checkpoint.Origin, nil
}
