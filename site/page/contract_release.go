package page

// Releases is releases/index.html, releases/index-2.html …: every release, and on
// the first page how anybody checks one.
type Releases struct {
	Frame
	Items      []ReleaseCard `json:"items"`      // newest first
	Keys       []ReleaseKey  `json:"keys"`       // with which releases are signed
	Signers    string        `json:"signers"`    // href of the keys as ssh-keygen takes them, "" without keys
	Minisign   string        `json:"minisign"`   // href of the key in force as minisign takes it, "" without keys
	Checkpoint []string      `json:"checkpoint"` // lines of the newest checkpoint of the log that is known
	LogHref    string        `json:"log_href"`   // the file of the checkpoint
	Verify     *VerifyHelp   `json:"verify,omitempty"`
	Redacted   string        `json:"redacted"` // number of files of all releases that were taken out for good, "" for none
	Pages      Pagination    `json:"pages"`
}

// VerifyHelp are the commands with which anybody checks the newest release.
type VerifyHelp struct {
	Fetch    string `json:"fetch"`     // the lists and signatures; "" where the site cannot be fetched
	FetchAll string `json:"fetch_all"` // all that is listed
	Snapshot bool   `json:"snapshot"`  // some release has one for download
	Sums     string `json:"sums"`
	Added    string `json:"added"` // prints what is in the folder and in no list
	List     string `json:"list"`
	Minisign string `json:"minisign"` // "" for an unsigned release
	SSH      string `json:"ssh"`
}

// ReleaseCard is a release in a few words. Of the one whose site this is, the
// digest of its manifest is not known yet: it lies in the file beside the site.
type ReleaseCard struct {
	ID        string     `json:"id"`
	Href      string     `json:"href"` // its page
	Time      string     `json:"time"` // "2025-04-02 10:00"
	Current   bool       `json:"current"`
	Summary   string     `json:"summary"` // how much changed
	Content   string     `json:"content"` // digest of its content
	Code      string     `json:"code"`    // the same, short
	Manifest  string     `json:"manifest"`
	Files     string     `json:"files"`    // how many; "" of the current one
	Size      string     `json:"size"`     // in words; "" of the current one
	Signer    string     `json:"signer"`   // fingerprint of the key, "" for an unsigned release
	Redacted  string     `json:"redacted"` // number of files that were taken out for good, "" for none
	Downloads []Download `json:"downloads"`
}

// Download is a file that lies beside the site.
type Download struct {
	Name string `json:"name"`
	Href string `json:"href"`
	Size string `json:"size"` // in words, "" where it is not known
}

// ReleaseKey is a public key with its period.
type ReleaseKey struct {
	Name        string `json:"name"`
	Fingerprint string `json:"fingerprint"`
	From        string `json:"from"`
	Until       string `json:"until"` // "" while it is in force
	Note        string `json:"note"`
	Href        string `json:"href"` // as minisign takes it
}

// ReleasePage is releases/<id>.html, releases/<id>/2.html …: what changed in one
// release.
type ReleasePage struct {
	Frame
	Release  ReleaseCard    `json:"release"`
	Previous *Link          `json:"previous,omitempty"` // nil for the first release
	Machine  string         `json:"machine"`            // href of the changes as JSON, "" where they were redacted
	Totals   []ReleaseTotal `json:"totals"`             // that differ; of a first release all
	Portal   []ChangeText   `json:"portal"`
	Reports  []ChangedThing `json:"reports"`
	Issues   []ChangedThing `json:"issues"`
	Pages    Pagination     `json:"pages"` // of the issues
}

// ReleaseTotal is a published total before and after; Before is "" in a first
// release.
type ReleaseTotal struct {
	Label  string `json:"label"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// ChangedThing is an issue or a report with its changes.
type ChangedThing struct {
	Anchor  string       `json:"anchor"`
	Kind    string       `json:"kind"` // new, changed, withdrawn, gone
	Word    string       `json:"word"` // the same in words
	Link    Link         `json:"link"`
	Changes []ChangeText `json:"changes"`
}

// ChangeText is one change, ready to be read.
type ChangeText struct {
	Label string    `json:"label"` // what it is about
	Runs  []TextRun `json:"runs"`  // what it was and is
	Note  string    `json:"note"`  // on what ground
}

// TextRun is a stretch of text: same, removed, added, or skip, which stands for
// N characters that stayed.
type TextRun struct {
	Op   string `json:"op"`
	Text string `json:"text"`
	N    string `json:"n"`
}

// IssueRelease tells on an issue's page what one release changed about it.
type IssueRelease struct {
	Time    string       `json:"time"`
	Release Link         `json:"release"`
	Word    string       `json:"word"`
	Changes []ChangeText `json:"changes"`
}

// HomeRelease is the newest release on the first page.
type HomeRelease struct {
	Time    string         `json:"time"`
	Link    Link           `json:"link"`
	Summary string         `json:"summary"`
	Items   []ChangedThing `json:"items"` // the first few, without their changes
}
