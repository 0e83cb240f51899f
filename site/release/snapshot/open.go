package snapshot

import (
	"archive/zip"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"rectify/site/release/sums"
)

// Kind is what a release that lies outside an archive is.
type Kind string

// The kinds.
const (
	KindSite Kind = "site" // a published folder, which is no snapshot
	KindZip  Kind = "zip"
	KindWACZ Kind = "wacz"
	KindBag  Kind = "bag"
)

// Contents is a release that is being read: its files by their paths in the
// site.
type Contents struct {
	Kind  Kind
	Names []string
	Read  func(name string) ([]byte, error) // fails with fs.ErrNotExist

	// Readme is the explanation that came with a snapshot.
	Readme []byte

	// Faults are where it is not what its own lists say.
	Faults []Fault
}

// Marked tells whether the kind has Mark in the place of one file.
func (k Kind) Marked() bool { return k == KindZip || k == KindWACZ }

// Fault is a file that a list of a snapshot does not bear out. Name is its path
// in the snapshot.
type Fault struct {
	Name string
	What Wrong
}

// Wrong says what is wrong with a file.
type Wrong string

// What can be wrong.
const (
	Missing    Wrong = "missing"
	Changed    Wrong = "changed"
	Unexpected Wrong = "unexpected" // it stands in no list
)

// Open reads a snapshot that is one file; name tells its kind by its ending. An
// error says that it cannot be read, or is none that this program makes.
func Open(in io.ReaderAt, size int64, name string) (Contents, error) {
	z, err := zip.NewReader(in, size)
	if err != nil {
		return Contents{}, err
	}
	if strings.EqualFold(path.Ext(name), ".wacz") {
		return openWACZ(z)
	}
	c, err := unzip(z)
	if err != nil {
		return Contents{}, err
	}
	if slices.Contains(c.Names, bagName) {
		return openBag(c), nil
	}
	return openZip(c), nil
}

// OpenFolder reads a folder: a bag, or a site.
func OpenFolder(names []string, read func(name string) ([]byte, error)) Contents {
	c := Contents{Kind: KindSite, Names: names, Read: read}
	if slices.Contains(names, bagName) {
		return openBag(c)
	}
	return c
}

// unzip lists the files of a zip. Reading one checks its checksum.
func unzip(z *zip.Reader) (Contents, error) {
	files := map[string]*zip.File{}
	c := Contents{Kind: KindZip}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		if _, twice := files[f.Name]; twice {
			return Contents{}, fmt.Errorf("the zip holds %q twice, which no zip of this program does", f.Name)
		}
		if !fs.ValidPath(f.Name) {
			return Contents{}, fmt.Errorf("the zip holds %q, which no zip of this program does", f.Name)
		}
		files[f.Name] = f
		c.Names = append(c.Names, f.Name)
	}
	c.Read = func(name string) ([]byte, error) {
		f, ok := files[name]
		if !ok {
			return nil, fs.ErrNotExist
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return io.ReadAll(r)
	}
	return c, nil
}

// openZip holds a zip against its list and gives the site in it.
func openZip(z Contents) Contents {
	c := z
	listed := c.hold(z, SumsName, sums.Coreutils)
	c.Names = nil
	for _, name := range z.Names {
		switch {
		case name == SumsName:
			continue
		case !listed[name]:
			c.Faults = append(c.Faults, Fault{name, Unexpected})
		}
		if name != ReadmeName {
			c.Names = append(c.Names, name)
		}
	}
	c.Readme, _ = z.Read(ReadmeName)
	return c
}

// Files of a bag (RFC 8493).
const (
	bagName     = "bagit.txt"
	payloadSums = "manifest-sha256.txt"
	tagSums     = "tagmanifest-sha256.txt"
	payloadDir  = "data/"
	bagSite     = payloadDir + "site/"
)

// openBag holds a bag against its manifests and gives the site in it.
func openBag(bag Contents) Contents {
	c := Contents{Kind: KindBag, Read: func(name string) ([]byte, error) { return bag.Read(bagSite + name) }}
	listed := c.hold(bag, payloadSums, sums.BagIt)
	tags := c.hold(bag, tagSums, sums.BagIt)
	for _, name := range bag.Names {
		if !listed[name] && !tags[name] && name != tagSums {
			c.Faults = append(c.Faults, Fault{name, Unexpected})
		}
		if rest, ok := strings.CutPrefix(name, bagSite); ok {
			c.Names = append(c.Names, rest)
		}
	}
	c.Readme, _ = bag.Read(payloadDir + ReadmeName)
	return c
}

// hold holds files against a list of digests and gives the names in it.
func (c *Contents) hold(in Contents, list string, form sums.Escapes) map[string]bool {
	listed := map[string]bool{}
	text, err := in.Read(list)
	if err != nil {
		c.Faults = append(c.Faults, Fault{list, Missing})
		return listed
	}
	lines, odd := form.Parse(text)
	if len(odd) > 0 {
		c.Faults = append(c.Faults, Fault{list, Changed})
	}
	for _, s := range lines {
		listed[s.Name] = true
		data, err := in.Read(s.Name)
		switch {
		case err != nil:
			c.Faults = append(c.Faults, Fault{s.Name, Missing})
		case hexDigest(data) != s.SHA256:
			c.Faults = append(c.Faults, Fault{s.Name, Changed})
		}
	}
	return listed
}
