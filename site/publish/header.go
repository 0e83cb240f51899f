package publish

import (
	"cmp"
	"path"
	"regexp"
	"strings"
)

// The two rules of caching. A hashed asset changes its name with its content;
// all else keeps its name, so a reader has to ask again soon.
const (
	cacheLong  = "public, max-age=31536000, immutable"
	cacheShort = "public, max-age=60"
)

// hashed is the name of a built asset: assets/<name>.<hash>.<ext>.
var hashed = regexp.MustCompile(`^assets/.+\.[0-9a-f]{8,64}\.[a-z0-9]+$`)

// mediaType gives what a header says of a file.
func (f File) mediaType() string { return cmp.Or(f.MediaType, "application/octet-stream") }

// cacheControl gives the rule of caching for a file.
func (f File) cacheControl() string {
	if hashed.MatchString(f.Path) {
		return cacheLong
	}
	return cacheShort
}

// isText tells the files that gzip makes much smaller. Below the size of a
// network packet nothing is won.
func (f File) isText() bool {
	switch strings.ToLower(path.Ext(f.Path)) {
	case ".html", ".css", ".js", ".json", ".txt", ".csv", ".xml", ".atom", ".ics", ".svg":
		return f.Size > 1024
	}
	return false
}

// rank is the order in which files change under readers' eyes where they
// cannot change all at once: what pages point to comes before the pages, and
// the front door last.
type rank int

const (
	rankAsset rank = iota // a hashed asset: nobody points to it yet
	rankData              // what pages load by a name that stays
	rankPage
	rankHome
	ranks
)

func rankOf(p string) rank {
	p = strings.TrimSuffix(p, ".gz")
	switch {
	case p == "index.html":
		return rankHome
	case path.Ext(p) == ".html":
		return rankPage
	case hashed.MatchString(p):
		return rankAsset
	}
	return rankData
}
