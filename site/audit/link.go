package audit

import (
	"bytes"
	"cmp"
	"net/url"
	"slices"
	"strings"

	"rectify/site/problem"
)

// use is what a browser does with an address.
type use uint8

const (
	navigate  use = iota // on a reader's wish; may lead anywhere
	submit               // sends what a reader typed
	load                 // fetched unasked
	loadImage            // fetched unasked; data: is allowed
)

// attrLink judges the address in an attribute of the current tag and tells
// whether there is one.
func (s *scan) attrLink(key string, u use) bool {
	v, ok := s.attr(key)
	if ok {
		s.link(v, s.page.at, u)
	}
	return ok
}

// srcset holds addresses, each with an optional size behind white space.
func (s *scan) srcset() {
	v, ok := s.attr("srcset")
	if !ok {
		return
	}
	for candidate := range bytes.SplitSeq(v, []byte(", ")) {
		if f := bytes.Fields(candidate); len(f) > 0 {
			s.link(bytes.TrimSuffix(f[0], []byte(",")), s.page.at, loadImage)
		}
	}
}

// link judges an address as far as the file alone tells, and keeps its target
// for the rest. It follows the URL standard in what browsers forgive.
func (s *scan) link(written []byte, at int, u use) {
	address := tidy(written)
	scheme, rest := cutScheme(address)
	switch scheme {
	case "":
	case "http", "https":
		s.absolute(written, address, rest, at, u)
		return
	case "javascript", "vbscript":
		s.report(problem.InlineCode, at, scheme+":")
		return
	case "data":
		if u != loadImage {
			s.report(problem.InlineCode, at, "data:")
		}
		return
	case "mailto", "tel", "sms", "ftp", "geo":
		if u == navigate {
			return
		}
		fallthrough
	default: // file:, a host without its scheme, a slip of the pen
		s.broken(written, at)
		return
	}

	file, fragment := cutFragment(address)
	file, _, _ = bytes.Cut(file, []byte("?"))
	notFound := s.file == "404.html"
	switch {
	case len(address) == 0:
		s.broken(written, at)
	case len(file) == 0: // "#…" or "?…"
		s.target(written, []byte(s.file), fragment, at, false)
	case isSlash(file[0]) && len(file) > 1 && isSlash(file[1]):
		if u == navigate {
			s.broken(written, at) // a host under https:, a folder under file:
		} else {
			s.report(problem.OtherHost, at, short(string(written)))
		}
	case isSlash(file[0]):
		// Served at any depth, the page for what is not found is the one page
		// that has to use the path of base_url.
		inside, ok := bytes.CutPrefix(file, []byte(s.a.base.path))
		if !notFound || s.a.base.host == "" || !ok {
			s.broken(written, at)
			return
		}
		s.resolve(written, "", inside, fragment, at, false)
	case notFound:
		s.broken(written, at)
	default:
		dir := s.file[:strings.LastIndexByte(s.file, '/')+1]
		s.resolve(written, dir, file, fragment, at, false)
	}
}

func (s *scan) broken(written []byte, at int) {
	s.report(problem.BrokenLink, at, short(string(written)), "1")
}

// absolute judges an address with http: or https:; rest begins behind the colon.
func (s *scan) absolute(written, address, rest []byte, at int, u use) {
	if !s.isOwn(address) {
		host := bytes.TrimLeft(rest, `/\`)
		switch {
		case u != navigate:
			s.report(problem.OtherHost, at, short(string(written)))
		case len(rest)-len(host) != 2, len(host) == 0, bytes.IndexByte([]byte("?#"), host[0]) >= 0:
			s.broken(written, at)
		}
		return
	}
	if u != navigate && s.file != "404.html" {
		// Right on the portal's own server, blocked by 'self' from a folder.
		s.report(problem.ForbiddenMarkup, at, short(string(written)))
	}
	file, fragment := cutFragment(rest[2+len(s.a.base.host):])
	file, _, _ = bytes.Cut(file, []byte("?"))
	file = file[min(len(file), len(s.a.base.path)):]
	if len(file) == 0 || file[len(file)-1] == '/' {
		file = append(slices.Clone(file), "index.html"...)
	}
	s.resolve(written, "", file, fragment, at, true)
}

// isOwn tells whether an address is absolute and below base_url, by http: or
// https:.
func (s *scan) isOwn(address []byte) bool {
	b := s.a.base
	scheme, rest := cutScheme(address)
	if b.host == "" || scheme != "http" && scheme != "https" || !bytes.HasPrefix(rest, []byte("//")) {
		return false
	}
	rest = rest[2:]
	if len(rest) < len(b.host) || !strings.EqualFold(string(rest[:len(b.host)]), b.host) {
		return false
	}
	rest = rest[len(b.host):]
	if i := bytes.IndexAny(rest, "?#"); i >= 0 {
		rest = rest[:i]
	}
	return bytes.HasPrefix(rest, []byte(b.path)) || string(rest) == b.path[:len(b.path)-1]
}

// resolve walks from a folder (with a slash at its end, or "") along a path
// and keeps the file it arrives at.
func (s *scan) resolve(written []byte, dir string, along, fragment []byte, at int, own bool) {
	if bytes.IndexByte(along, '%') >= 0 {
		decoded, err := url.PathUnescape(string(along))
		if err != nil {
			s.broken(written, at)
			return
		}
		along = []byte(decoded)
	}
	from := len(s.buf)
	s.buf = append(s.buf, dir...)
	for more := true; more; {
		var part []byte
		i := slices.IndexFunc(along, isSlash)
		if more = i >= 0; more {
			part, along = along[:i], along[i+1:]
		} else {
			part = along
		}
		switch string(part) {
		case "..":
			parent := bytes.TrimSuffix(s.buf[from:], []byte("/"))
			if len(parent) == 0 { // above the portal's root
				s.buf = s.buf[:from]
				s.broken(written, at)
				return
			}
			s.buf = s.buf[:from+bytes.LastIndexByte(parent, '/')+1]
		case ".":
		case "":
			if more { // "a//b": hosts differ in what they make of it
				s.buf = s.buf[:from]
				s.broken(written, at)
				return
			}
		default:
			s.buf = append(s.buf, part...)
			if more {
				s.buf = append(s.buf, '/')
			}
		}
	}
	target := s.buf[from:]
	s.buf = s.buf[:from]                                  // keeping the target writes the same bytes again
	if len(target) == 0 || target[len(target)-1] == '/' { // a folder
		s.broken(written, at)
		return
	}
	s.target(written, target, fragment, at, own)
}

// target keeps a file that a link leads to, and the anchor in it.
func (s *scan) target(written, file, fragment []byte, at int, own bool) {
	fragment = s.anchorOf(file, fragment)
	if string(file) == s.file {
		if len(fragment) > 0 {
			s.page.local = append(s.page.local, local{s.keep(fragment), s.keep(written), at})
		}
		return
	}
	l := link{at: at, own: own}
	l.path = s.keep(file)
	l.fragment = s.keep(fragment)
	s.links = append(s.links, l)
}

// anchorOf gives the id that a fragment asks for, or nothing where it asks for
// something else: the top of the page, a text to mark, a page of a PDF, or the
// state of the search.
func (s *scan) anchorOf(file, fragment []byte) []byte {
	if i := bytes.Index(fragment, []byte(":~:")); i >= 0 {
		fragment = fragment[:i]
	}
	switch {
	case len(fragment) == 0,
		strings.EqualFold(string(fragment), "top"),
		string(fragment) == "ZgotmplZ", // told by its own code
		!bytes.HasSuffix(file, []byte(".html")),
		string(file) == "search.html" && bytes.IndexByte(fragment, '=') >= 0:
		return nil
	}
	if bytes.IndexByte(fragment, '%') >= 0 {
		if decoded, err := url.PathUnescape(string(fragment)); err == nil {
			return []byte(decoded)
		}
	}
	return fragment
}

// hasID looks an anchor up among the ids, which are sorted by then.
func (s *scan) hasID(name []byte) bool {
	_, found := slices.BinarySearchFunc(s.ids, hash(name), func(d id, h uint64) int {
		return cmp.Compare(d.hash, h)
	})
	return found
}

// tidy takes off what the URL standard takes off before it reads an address.
func tidy(address []byte) []byte {
	address = bytes.TrimFunc(address, func(r rune) bool { return r <= ' ' })
	if !bytes.ContainsAny(address, "\t\r\n") {
		return address
	}
	return slices.DeleteFunc(slices.Clone(address), func(b byte) bool { return b == '\t' || b == '\r' || b == '\n' })
}

// cutScheme splits "scheme:rest"; the scheme is lower case, and "" for an
// address that is relative.
func cutScheme(address []byte) (scheme string, rest []byte) {
	for i, c := range address {
		switch {
		case c == ':' && i > 0:
			if string(address[:i]) == "https" {
				return "https", address[i+1:] // by far the most frequent; no allocation
			}
			return strings.ToLower(string(address[:i])), address[i+1:]
		case 'a' <= c|0x20 && c|0x20 <= 'z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return "", address
		}
	}
	return "", address
}

func cutFragment(address []byte) (file, fragment []byte) {
	file, fragment, _ = bytes.Cut(address, []byte("#"))
	return file, fragment
}

func isSlash(c byte) bool { return c == '/' || c == '\\' }
