package site

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/afero"

	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/problem"
	"rectify/site/release"
	"rectify/site/release/archive"
	"rectify/site/release/sign"
)

// RedactOptions name a file of a release that should never have been published.
type RedactOptions struct {
	Options
	ID     string
	Path   string // in the site, or in the data with the prefix “data:”
	Reason string
	Time   time.Time
	Secret *sign.Secret // nil for none

	// Unsigned is for a release that is not signed either, although trust.yaml
	// has a key.
	Unsigned bool
}

// DataPrefix marks a path of the archived data where a path of the site is
// meant otherwise.
const DataPrefix = "data:"

// Redact takes a file out of the archive for good and leaves a signed and
// logged tombstone. What is on hosts it cannot reach. It fails with a
// *ProblemError where the key must not sign, or the time lies in the past of the
// log.
func Redact(ctx context.Context, o RedactOptions) (*archive.Redaction, error) {
	a, err := openArchive(o.Options) // for its words where there is none
	if err != nil {
		return nil, err
	}
	dir := a.Dir()
	a.Close()
	at := o.Time.In(china).Truncate(time.Second)
	refused, err := o.refuseKey(model.Date(at.Format(time.DateOnly)))
	if err != nil {
		return nil, err
	}
	part, name := archive.Site, o.Path
	if rest, ok := strings.CutPrefix(name, DataPrefix); ok {
		part, name = archive.Data, rest
	}
	return archive.Redact(ctx, dir, o.ID, part, name, func(a *archive.Archive, t *archive.Redaction) (archive.Tombstone, error) {
		found := append(refused, refuseTime(a, at)...)
		found = append(found, o.refuseUnsigned(a, t)...)
		if len(found) > 0 {
			return archive.Tombstone{}, &ProblemError{Problems: found}
		}
		t.Time, t.Reason = at.Format(time.RFC3339), o.Reason
		record, err := release.RecordRedaction(a, t, o.Secret)
		if err != nil {
			return archive.Tombstone{}, err
		}
		return archive.Tombstone{Redaction: record.Document, Signatures: record.Signatures, Log: record.Log, Checkpoint: record.Checkpoint}, nil
	})
}

// refuseKey holds the key against trust.yaml. The rest of the data may be in
// whatever state: what was published by mistake has to go at once.
func (o *RedactOptions) refuseKey(day model.Date) (problem.List, error) {
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, err
	}
	disk := afero.NewBasePathFs(afero.NewOsFs(), dir)
	var trust *model.Trust
	if there, _ := afero.Exists(disk, path.Join(DataDir, TrustName)); there {
		read, found := load.Trust(disk, DataDir)
		if found.HasErrors() {
			found.AddFrames(disk)
			return nil, &ProblemError{Problems: found}
		}
		trust = read
	}
	found := refuseKey(trust, o.Secret, o.Unsigned, day)
	found.AddFrames(disk)
	return found, nil
}

// refuseUnsigned wants a signature for what takes something out of a signed
// release.
func (o *RedactOptions) refuseUnsigned(a *archive.Archive, t *archive.Redaction) problem.List {
	if o.Secret != nil {
		return nil
	}
	for _, p := range t.Places {
		if r, err := a.Release(p.Release); err == nil && r.Signer != "" {
			return problem.List{problem.New(problem.RedactionNeedsKey, problem.Place{}, p.Release)}
		}
	}
	return nil
}

// Find lists the files of all releases in which a text stands, unpacked where
// they are packed, as release and path for Redact. A content that several
// releases share is listed once, with the first of them.
func Find(ctx context.Context, o Options, text string) ([]archive.Place, error) {
	a, err := openArchive(o)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	var out []archive.Place
	seen := map[string]bool{}
	for _, r := range a.Releases() {
		for _, part := range []string{archive.Site, archive.Data} {
			fresh := func(f archive.File) bool { return !f.Redacted && !seen[f.SHA256] }
			err := r.Each(ctx, part, fresh, func(f archive.File, data []byte) error {
				seen[f.SHA256] = true
				if holds(data, text) {
					name := f.Path
					if part == archive.Data {
						name = DataPrefix + name
					}
					out = append(out, archive.Place{Release: r.ID, Part: part, Path: name})
				}
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// holds looks for a text, in what a zip holds too (a workbook is one).
func holds(data []byte, text string) bool {
	if bytes.Contains(data, []byte(text)) {
		return true
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			continue
		}
		content, err := io.ReadAll(r)
		if err = errors.Join(err, r.Close()); err == nil && bytes.Contains(content, []byte(text)) {
			return true
		}
	}
	return false
}
