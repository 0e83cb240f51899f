package release

import (
	"fmt"
	"strings"

	"rectify/site/release/archive"
	"rectify/site/release/tilelog"
)

// CompanionsThen lists what lay beside the site of a release when it was made:
// the manifests up to it, the log up to it with its own checkpoint, and no
// snapshots. Redactions are those that the log had by then, and those that
// concern it, whenever they were made, since they say why something is missing.
func CompanionsThen(a *archive.Archive, r *archive.Release) ([]archive.Companion, error) {
	all, err := a.Companions(r)
	if err != nil {
		return nil, err
	}
	then := map[string]bool{}
	for _, one := range a.Releases() {
		then[one.ID] = true
		if one.ID == r.ID {
			break
		}
	}
	log, err := tilelog.Open(r.Log.Index+1, a.LogFile)
	if err != nil {
		return nil, fmt.Errorf("read the release log: %w", err)
	}
	tiles, err := log.NewFiles(0)
	if err != nil {
		return nil, err
	}
	checkpoint, err := r.File("checkpoint")
	if err != nil {
		return nil, fmt.Errorf("read the archive: %w", err)
	}
	var out []archive.Companion
	for _, c := range all {
		rest := strings.TrimPrefix(c.Path, "releases/")
		switch c.Kind() {
		case archive.KindManifest:
			if id, _, _ := strings.Cut(rest, "/"); then[id] {
				out = append(out, c)
			}
		case archive.KindLog:
			name := strings.TrimPrefix(rest, "log/")
			if name == "checkpoint" {
				out = append(out, c.With(checkpoint))
			} else if _, needed := tiles[name]; needed {
				out = append(out, c)
			}
		case archive.KindRedaction:
			if concerns(a, r, rest) {
				out = append(out, c)
			}
		}
	}
	return out, nil
}

// concerns tells whether a file of a redaction is about something of a release,
// or stood in the log before it.
func concerns(a *archive.Archive, r *archive.Release, name string) bool {
	for _, t := range a.Redactions() {
		if !strings.HasPrefix(name, "redactions/"+t.SHA256+"/") {
			continue
		}
		if t.Log.Index < r.Log.Index {
			return true
		}
		for _, p := range t.Places {
			if p.Release == r.ID {
				return true
			}
		}
	}
	return false
}
