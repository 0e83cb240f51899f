package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"rectify/site/emit"
	"rectify/site/load"
	"rectify/site/model"
	"rectify/site/page"
	"rectify/site/problem"
	"rectify/site/release"
	"rectify/site/release/archive"
	"rectify/site/release/diff"
	"rectify/site/release/sign"
)

// ArchiveDir is the folder of a portal in which its releases are kept.
const ArchiveDir = "archive"

// Paths of the site that have to do with releases.
const (
	logPath     = "releases/log/checkpoint"
	signersPath = "releases/keys/allowed_signers"
	keyPath     = "releases/keys/minisign.pub" // the key in force
)

// history is what a site tells of releases.
type history struct {
	releases []page.Release
	keys     page.Keys
	files    []load.File // of the site: what changed, as JSON; keys
	beside   []string    // paths of files that will lie beside the site
}

// archiveDir is the folder of the archive on the disk.
func (o *Options) archiveDir() string {
	dir := o.Archive
	if dir == "" {
		dir = ArchiveDir
	}
	if filepath.IsAbs(dir) {
		return dir
	}
	return filepath.Join(o.Dir, dir)
}

// remember reads what was released before, unless the caller knows better.
func (b *build) remember(_ context.Context, public *model.Portal) error {
	if b.tell != nil {
		h, err := b.tell(public)
		b.history = h
		return err
	}
	h := history{}
	h.addKeys(public.Trust, b.clock(public))
	a, err := archive.Open(b.archiveDir())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		b.history = h
		return nil
	case err != nil:
		return err
	}
	b.archive = a
	for _, r := range a.Releases() {
		if err := h.add(r, public, snapshotsOf(a, r)); err != nil {
			return err
		}
	}
	b.history = h
	b.settle = func(_ context.Context, tx *emit.Tx) error {
		// This site is no release: the sums of one beside it would say so.
		return besides(a, tx, func(c archive.Companion) bool { return !strings.HasSuffix(c.Path, "/"+archive.SumsName) })
	}
	return nil
}

// clock is the day of the build.
func (b *build) clock(public *model.Portal) model.Date {
	if b.Now != "" {
		return b.Now
	}
	return public.NewestDay()
}

// besides puts what lies beside the site of the newest release into the output
// folder.
func besides(a *archive.Archive, tx *emit.Tx, want func(archive.Companion) bool) error {
	newest := a.Newest()
	if newest == nil {
		return nil
	}
	companions, err := a.Companions(newest)
	if err != nil {
		return err
	}
	for _, c := range companions {
		if want != nil && !want(c) {
			continue
		}
		data, err := c.Bytes()
		if err != nil {
			return fmt.Errorf("read the archive: %w", err)
		}
		if err := tx.Put(c.Path, data); err != nil {
			return err
		}
	}
	return nil
}

// addKeys takes the keys of trust.yaml, as files and for the page. Of two that
// are in force on the day the later one is the one to check with.
func (h *history) addKeys(trust *model.Trust, day model.Date) {
	if trust == nil || len(trust.Keys) == 0 {
		return
	}
	current := len(trust.Keys) - 1
	for i := range trust.Keys {
		if trust.Keys[i].In(day) {
			current = i
		}
	}
	var all []sign.Public
	for i, k := range trust.Keys {
		public, err := sign.ParsePublic(string(k.Public))
		if err != nil {
			continue // load has checked its form
		}
		all = append(all, public)
		path := keyPath
		if i != current {
			path = "releases/keys/minisign-" + strconv.Itoa(i+1) + ".pub"
		}
		h.files = append(h.files, load.File{Name: path, Data: public.MinisignFile()})
		h.keys.List = append(h.keys.List, page.Key{Name: k.Name, Fingerprint: public.Fingerprint(), Note: k.Note, From: k.From, Until: k.Until, Path: path})
	}
	h.keys.Signers, h.keys.Minisign = signersPath, keyPath
	h.files = append(h.files, load.File{Name: signersPath, Data: sign.AllowedSigners(all)})
}

// snapshotsOf lists the snapshots of a release that the archive keeps.
func snapshotsOf(a *archive.Archive, r *archive.Release) []page.Snapshot {
	var out []page.Snapshot
	for _, s := range a.Snapshots(r) {
		out = append(out, page.Snapshot{Path: s.Path, Size: s.Size})
	}
	return out
}

// add tells of a release that is in the archive.
func (h *history) add(r *archive.Release, public *model.Portal, snapshots []page.Snapshot) error {
	one := page.Release{
		ID: r.ID, Time: minuteOf(r.Time), Content: r.Content, Code: release.ShortCode(r.Content), Manifest: r.Digest,
		Files: r.Site.Files, Bytes: r.Site.Bytes, Signer: r.Signer, Snapshots: snapshots,
	}
	checkpoint, err := r.File("checkpoint")
	if err != nil {
		return fmt.Errorf("read the archive: %w", err)
	}
	body, _, _ := strings.Cut(string(checkpoint), "\n\n")
	one.Checkpoint = strings.TrimSuffix(body, "\n") + "\n"
	data, err := r.Changes()
	switch {
	case errors.Is(err, archive.ErrRedacted):
		one.Redacted = true
	case err != nil:
		return err
	default:
		changes := &diff.Changes{}
		if err := json.Unmarshal(data, changes); err != nil {
			return fmt.Errorf("read the changes of release %s: %w", r.ID, err)
		}
		if changes.Format > diff.Format {
			return archive.ErrNewer
		}
		if changes.Withhold(withdrawnIn(public)) {
			if data, err = encodeChanges(changes); err != nil {
				return err
			}
		}
		h.tell(&one, changes, data, public.Language)
	}
	h.lay(&one)
	return nil
}

// addCurrent tells of the release that is being made.
func (h *history) addCurrent(one page.Release, changes *diff.Changes, language model.Language) error {
	data, err := encodeChanges(changes)
	if err != nil {
		return err
	}
	one.Current = true
	one.Sums = "releases/" + one.ID + "/" + archive.SumsName
	h.beside = append(h.beside, one.Sums)
	h.tell(&one, changes, data, language)
	h.lay(&one)
	return nil
}

func encodeChanges(c *diff.Changes) ([]byte, error) {
	data, err := json.MarshalIndent(c, "", " ")
	return append(data, '\n'), err
}

// tell puts the changes of a release into words.
func (h *history) tell(one *page.Release, changes *diff.Changes, data []byte, language model.Language) {
	one.Machine = archive.ChangesPath(one.ID)
	h.files = append(h.files, load.File{Name: one.Machine, Data: data})
	one.Changes = wordsOfChanges(changes, language)
}

// lay adds a release with the files that lie beside the site because of it.
func (h *history) lay(one *page.Release) {
	dir := "releases/" + one.ID + "/"
	one.Log = logPath
	one.Beside = []string{dir + archive.ManifestName}
	if one.Signer != "" {
		for _, ending := range sign.Endings() {
			one.Beside = append(one.Beside, dir+archive.ManifestName+ending)
		}
	}
	if len(h.releases) == 0 {
		h.beside = append(h.beside, logPath)
	}
	h.beside = append(h.beside, one.Beside...)
	for _, s := range one.Snapshots {
		h.beside = append(h.beside, s.Path)
	}
	h.releases = append(h.releases, *one)
}

// withdrawnIn are the issues that a portal has withdrawn.
func withdrawnIn(p *model.Portal) map[model.IssueID]model.Slug {
	out := map[model.IssueID]model.Slug{}
	for _, report := range p.Reports {
		for _, issue := range report.Issues {
			if issue.Withdrawn != nil {
				out[issue.ID] = report.ID
			}
		}
	}
	return out
}

// china is where times of releases are told.
var china = time.FixedZone("", 8*3600)

// minuteOf prints the time of a manifest as government sites do.
func minuteOf(rfc3339 string) model.Minute {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return ""
	}
	return model.Minute(t.In(china).Format("2006-01-02 15:04"))
}

// wordsOfChanges puts changes into the words of the interface.
func wordsOfChanges(c *diff.Changes, language model.Language) page.ReleaseChanges {
	lang := problem.Chinese
	if language == model.EnglishInterface {
		lang = problem.English
	}
	out := page.ReleaseChanges{First: c.Before == nil, Summary: c.Summary(lang), Portal: changeTexts(c.Portal, lang)}
	was := diff.Totals{}
	if c.Before != nil {
		was = *c.Before
	}
	for _, t := range diff.Differing(was, c.After, lang) {
		total := page.ReleaseTotal{Label: t.Label, Before: strconv.Itoa(t.Was), After: strconv.Itoa(t.Now)}
		if c.Before == nil {
			total.Before = ""
		}
		out.Totals = append(out.Totals, total)
	}
	for _, r := range c.Reports {
		out.Reports = append(out.Reports, page.ReleaseItem{
			Report: r.ID, Title: r.Title, Kind: string(r.Kind), Word: r.Kind.Word(lang), Changes: changeTexts(r.Changes, lang),
		})
	}
	for _, i := range c.Items {
		out.Issues = append(out.Issues, page.ReleaseItem{
			Issue: i.ID, Report: i.Report, Title: i.Title, Kind: string(i.Kind), Word: i.Kind.Word(lang), Changes: changeTexts(i.Changes, lang),
		})
	}
	return out
}

func changeTexts(list []diff.Change, lang problem.Lang) []page.ChangeText {
	var out []page.ChangeText
	for _, c := range list {
		w := c.In(lang)
		text := page.ChangeText{Label: w.Label, Note: w.Note}
		for _, r := range w.Runs {
			run := page.TextRun{Op: string(r.Op), Text: r.Text}
			if r.Op == diff.Skip {
				run.N = strconv.Itoa(r.N)
			}
			text.Runs = append(text.Runs, run)
		}
		out = append(out, text)
	}
	return slices.Clip(out)
}
