package page

import (
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strings"

	"rectify/site/model"
)

// Release is a release as this room is told of it: what was released before,
// and, as the last one, the release whose site is being built.
type Release struct {
	ID        string
	Time      model.Minute
	Current   bool   // this site is its site
	Content   string // "sha256:…"
	Code      string // the same, short
	Manifest  string // digest of the manifest, "" of the current one
	Files     int
	Bytes     int64
	Signer    string   // fingerprint, "" for an unsigned release
	Beside    []string // paths of files beside the site: manifest first, signatures
	Snapshots []Snapshot
	// Checkpoint is that of the log with this release, "" of the current one.
	Checkpoint string
	Log        string // path of the checkpoint in the site
	Sums       string // path of the list that sha256sum reads, for the current one
	// Redacted says that what changed had to be taken back.
	Redacted bool
	Gone     int    // files that were redacted
	Machine  string // path of the changes as JSON, "" without them
	Changes  ReleaseChanges
}

// Snapshot is a copy of a whole release for download.
type Snapshot struct {
	Path string
	Size int64
}

// ReleaseChanges are the changes of a release, in words of the portal's
// language.
type ReleaseChanges struct {
	First   bool
	Summary string
	Totals  []ReleaseTotal
	Portal  []ChangeText
	Reports []ReleaseItem
	Issues  []ReleaseItem
}

// ReleaseItem is an issue or a report that changed; its title is "" where it
// must not be told.
type ReleaseItem struct {
	Issue   model.IssueID // 0 for a report
	Report  model.Slug
	Title   string
	Kind    string // new, changed, withdrawn, gone
	Word    string
	Changes []ChangeText
}

// Key is a public key with its period, and where its file is in the site.
type Key struct {
	Name, Fingerprint, Note string
	From, Until             model.Date
	Path                    string // as minisign takes it
}

// Keys are those with which releases are signed.
type Keys struct {
	List     []Key
	Signers  string // path of the keys as ssh-keygen takes them
	Minisign string // path of the key in force
}

// changedAtHome is how many changed issues the first page names.
const changedAtHome = 10

func releasePath(id string) string { return "releases/" + id + ".html" }

// releasePaths names the pages of a release. Those behind the first lie in a
// folder, since 2025-2 may be a release of its own.
func releasePaths(id string) func(n int) string {
	return func(n int) string {
		if n == 1 {
			return releasePath(id)
		}
		return "releases/" + id + "/" + number(n) + ".html"
	}
}

// Releases are those that the site tells of, oldest first.
func (b *Book) Releases() []Release { return b.told }

// indexReleases finds the releases of every issue.
func (b *Book) indexReleases() {
	b.releasesOf = map[model.IssueID][]told{}
	b.public = map[model.IssueID]*model.Issue{}
	for _, report := range b.portal.Reports {
		for _, issue := range report.Issues {
			b.public[issue.ID] = issue
		}
	}
	for i := len(b.told) - 1; i >= 0; i-- {
		for j := range b.told[i].Changes.Issues {
			item := &b.told[i].Changes.Issues[j]
			b.releasesOf[item.Issue] = append(b.releasesOf[item.Issue], told{&b.told[i], item})
		}
	}
}

// told is what one release says of one issue.
type told struct {
	release *Release
	item    *ReleaseItem
}

// ReleaseTitle is what pages call a release.
func (b *Book) ReleaseTitle(id string) string {
	return fmt.Sprintf(b.words.release, id)
}

// releasesPages makes releases/index.html, releases/index-2.html …: all
// releases, newest first. The first page says how to check one, and is there
// before any release was made.
func (b *Book) releasesPages() iter.Seq[Page] {
	newest := slices.Clone(b.told)
	slices.Reverse(newest)
	return func(yield func(Page) bool) {
		for n := 1; n <= pageCount(len(newest)); n++ {
			path := numbered(releasesStem, n)
			p := Releases{
				Frame: b.listFrame(LayoutReleases, releasesStem, b.words.releases, n),
				Pages: pagination(path, pagesOf(releasesStem), n, pageCount(len(newest))),
			}
			p.AsOf = string(b.portal.NewestDay())
			for _, r := range onPage(newest, n) {
				p.Items = append(p.Items, b.releaseCard(path, &r))
			}
			if n == 1 {
				b.trust(&p)
			}
			if !yield(Page{Path: path, Layout: LayoutReleases, Data: p}) {
				return
			}
		}
	}
}

// trust tells what it takes to check a release.
func (b *Book) trust(p *Releases) {
	for i := len(b.told) - 1; i >= 0 && p.Checkpoint == nil; i-- {
		if text := b.told[i].Checkpoint; text != "" {
			p.Checkpoint = strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		}
	}
	if b.keys.Signers != "" {
		p.Signers, p.Minisign = relative(releasesPath, b.keys.Signers), relative(releasesPath, b.keys.Minisign)
	}
	for _, k := range b.keys.List {
		p.Keys = append(p.Keys, ReleaseKey{k.Name, k.Fingerprint, string(k.From), string(k.Until), k.Note, relative(releasesPath, k.Path)})
	}
	if n := len(b.told); n > 0 {
		newest := &b.told[n-1]
		p.LogHref = relative(releasesPath, newest.Log)
		p.Verify = verifyHelp(newest, b.keys, b.base)
		gone := 0
		for _, r := range b.told {
			p.Verify.Snapshot = p.Verify.Snapshot || len(r.Snapshots) > 0
			gone += r.Gone
		}
		if gone > 0 {
			p.Redacted = number(gone)
		}
	}
}

// verifyHelp writes the commands as they are typed in the folder of the site.
func verifyHelp(r *Release, keys Keys, base string) *VerifyHelp {
	manifest := "releases/" + r.ID + "/manifest.json"
	sums := r.Sums
	if sums == "" {
		sums = "releases/" + r.ID + "/sha256sums.txt"
	}
	h := &VerifyHelp{Sums: "sha256sum -c --quiet " + sums, List: "sha256sum " + sums, Added: fmt.Sprintf(addedCommand, sums)}
	// A plain build has no list beside it, and a site without an address cannot
	// be fetched.
	if u, err := url.Parse(base); err == nil && base != "" && r.Sums != "" {
		get := "wget -q -x -nH"
		if n := strings.Count(strings.Trim(u.Path, "/"), "/") + 1; u.Path != "/" && u.Path != "" {
			get += fmt.Sprintf(" --cut-dirs=%d", n)
		}
		h.Fetch = get
		for _, beside := range append([]string{sums}, r.Beside...) {
			h.Fetch += " " + base + escape(beside)
		}
		h.FetchAll = "cut -c67- " + sums + " | sed 's|^|" + base + "|' | " + get + " --restrict-file-names=nocontrol -i -"
	}
	if r.Signer != "" && keys.Minisign != "" {
		h.Minisign = "minisign -Vm " + manifest + " -p " + keys.Minisign
		h.SSH = "ssh-keygen -Y verify -f " + keys.Signers + " -I release -n rectify-release -s " + manifest + ".sig < " + manifest
	}
	return h
}

// addedCommand prints the files of a folder that are neither in the list nor
// beside the site by rights: sha256sum looks at what is listed only.
const addedCommand = `find . -type f | cut -c3- | awk 'NR==FNR{listed[substr($0,67)]=1;next}` +
	` !listed[$0] && $0 !~ "^releases/([^/]+/(manifest[.]json([.](minisig|sig))?|sha256sums[.]txt|[^/]+[.](zip|wacz))|(log|redactions)/.*)$"' %s -`

func (b *Book) releaseCard(path string, r *Release) ReleaseCard {
	card := ReleaseCard{
		ID: r.ID, Href: relative(path, releasePath(r.ID)), Time: string(r.Time), Current: r.Current, Summary: r.Changes.Summary,
		Content: r.Content, Code: r.Code, Manifest: r.Manifest, Signer: r.Signer,
	}
	if r.Gone > 0 {
		card.Redacted = number(r.Gone)
	}
	if !r.Current {
		card.Files, card.Size = number(r.Files), fileSize(int(r.Bytes))
	}
	for _, beside := range r.Beside {
		card.Downloads = append(card.Downloads, Download{beside[strings.LastIndex(beside, "/")+1:], relative(path, beside), ""})
	}
	if r.Sums != "" {
		card.Downloads = append(card.Downloads, Download{r.Sums[strings.LastIndex(r.Sums, "/")+1:], relative(path, r.Sums), ""})
	}
	for _, s := range r.Snapshots {
		card.Downloads = append(card.Downloads, Download{s.Path[strings.LastIndex(s.Path, "/")+1:], relative(path, s.Path), fileSize(int(s.Size))})
	}
	return card
}

// releasePages makes the pages of each release.
func (b *Book) releasePages() iter.Seq[Page] {
	return func(yield func(Page) bool) {
		for i := range b.told {
			for n := 1; n <= pageCount(len(b.told[i].Changes.Issues)); n++ {
				if !yield(b.releasePage(i, n)) {
					return
				}
			}
		}
	}
}

// releasePage is page n of a release. Reports and the portal itself, of which
// little changes, stand on the first one.
func (b *Book) releasePage(i, n int) Page {
	r := &b.told[i]
	paths := releasePaths(r.ID)
	path, title := paths(n), b.numberedTitle(b.ReleaseTitle(r.ID), n)
	issues := r.Changes.Issues
	p := ReleasePage{
		Frame: b.frame(path, about{
			layout: LayoutRelease, title: title, description: title + " " + string(r.Time) + " " + r.Changes.Summary, meta: list,
			column: b.words.releases, crumbs: append(b.fromHome(), Link{b.words.releases, releasesPath}),
		}),
		Release: b.releaseCard(path, r), Pages: pagination(path, paths, n, pageCount(len(issues))),
	}
	if i > 0 {
		p.Previous = &Link{b.ReleaseTitle(b.told[i-1].ID), relative(path, releasePath(b.told[i-1].ID))}
	}
	if r.Machine != "" {
		p.Machine = relative(path, r.Machine)
	}
	if n == 1 {
		p.Totals, p.Portal = r.Changes.Totals, r.Changes.Portal
		for _, item := range r.Changes.Reports {
			p.Reports = append(p.Reports, b.changedReport(path, item))
		}
	}
	for _, item := range onPage(issues, n) {
		p.Issues = append(p.Issues, b.changedIssue(path, item))
	}
	return Page{Path: path, Layout: LayoutRelease, Data: p}
}

// changedIssue shows an issue as it was told in a release. One that was
// withdrawn later has no title in older releases either.
func (b *Book) changedIssue(path string, item ReleaseItem) ChangedThing {
	c := ChangedThing{Anchor: "i-" + item.Issue.String(), Kind: item.Kind, Word: item.Word, Changes: item.Changes}
	now := b.public[item.Issue]
	if now == nil || now.Withdrawn != nil {
		c.Link.Text = b.words.withdrawn + " " + item.Issue.String()
		if item.Kind != "withdrawn" {
			c.Changes = nil
		}
	} else {
		c.Link.Text = item.Title
	}
	if now != nil {
		c.Link.Href = relative(path, issuePath(item.Issue))
	}
	return c
}

func (b *Book) changedReport(path string, item ReleaseItem) ChangedThing {
	c := ChangedThing{Anchor: "r-" + string(item.Report), Kind: item.Kind, Word: item.Word, Link: Link{Text: item.Title}, Changes: item.Changes}
	for _, report := range b.portal.Reports {
		if report.ID == item.Report {
			c.Link.Href = relative(path, reportPath(report.ID))
		}
	}
	return c
}

// issueReleases tells what releases changed about an issue, newest first.
func (b *Book) issueReleases(path string, id model.IssueID) []IssueRelease {
	var out []IssueRelease
	for _, t := range b.releasesOf[id] {
		out = append(out, IssueRelease{
			Time: string(t.release.Time), Word: t.item.Word, Changes: t.item.Changes,
			Release: Link{b.ReleaseTitle(t.release.ID), relative(path, releasePath(t.release.ID))},
		})
	}
	return out
}

// newestRelease is what the first page says of the newest release, nil without
// one.
func (b *Book) newestRelease() *HomeRelease {
	if len(b.told) == 0 {
		return nil
	}
	r := &b.told[len(b.told)-1]
	h := &HomeRelease{
		Time: string(r.Time), Summary: r.Changes.Summary,
		Link: Link{b.ReleaseTitle(r.ID), relative(homePath, releasePath(r.ID))},
	}
	issues := r.Changes.Issues
	for _, item := range issues[:min(len(issues), changedAtHome)] {
		c := b.changedIssue(homePath, item)
		c.Changes = nil
		h.Items = append(h.Items, c)
	}
	return h
}
