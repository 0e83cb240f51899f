package audit

import (
	"bytes"

	"golang.org/x/net/html"
)

type attr struct{ key, val []byte }

// readTag gives the name and the attributes of the current tag. The
// tokenizer's own accessors copy every name and value, which made more than
// half of all allocations of a page. So plain tags are read here from the raw
// bytes by the same rules (a fuzz target compares the two), and the tokenizer
// is asked only where there is something to decode.
func readTag(z *html.Tokenizer, attrs []attr) (name []byte, _ []attr) {
	raw := z.Raw()
	if len(raw) < 3 || contains(raw, '&') || contains(raw, 0) || contains(raw, '\r') {
		return slowTag(z, attrs)
	}
	i := 1
	if raw[1] == '/' {
		i = 2
	}
	from := i
	for i < len(raw) && !space(raw[i]) && raw[i] != '/' && raw[i] != '>' {
		i++
	}
	name = lower(raw[from:i])
	if from == 2 {
		return name, attrs
	}
	for {
		i = skip(raw, i)
		if i >= len(raw) || raw[i] == '>' {
			return name, attrs
		}
		var a attr
		a.key, i = readKey(raw, i)
		a.val, i = readValue(raw, i)
		if len(a.key) > 0 && !has(attrs, a.key) { // of two, browsers take the first
			attrs = append(attrs, a)
		}
	}
}

func slowTag(z *html.Tokenizer, attrs []attr) (name []byte, _ []attr) {
	name, more := z.TagName()
	for more {
		var a attr
		a.key, a.val, more = z.TagAttr()
		if len(a.key) > 0 {
			attrs = append(attrs, a)
		}
	}
	return name, attrs
}

func readKey(raw []byte, i int) (key []byte, next int) {
	from := i
	for ; i < len(raw); i++ {
		c := raw[i]
		if c == '=' && i == from {
			continue // belongs to the name, by the HTML standard
		}
		if c == '=' || c == '/' || c == '>' || space(c) {
			break
		}
	}
	return lower(raw[from:i]), i
}

func readValue(raw []byte, i int) (val []byte, next int) {
	i = skip(raw, i)
	switch {
	case i >= len(raw):
		return nil, i
	case raw[i] == '/':
		return nil, i + 1
	case raw[i] != '=':
		return nil, i
	}
	i = skip(raw, i+1)
	if i >= len(raw) || raw[i] == '>' {
		return nil, i
	}
	if q := raw[i]; q == '"' || q == '\'' {
		end := bytes.IndexByte(raw[i+1:], q)
		if end < 0 {
			return raw[i+1:], len(raw)
		}
		return raw[i+1 : i+1+end], i + end + 2
	}
	from := i
	for i++; i < len(raw) && raw[i] != '>' && !space(raw[i]); i++ {
	}
	return raw[from:i], i
}

func contains(raw []byte, c byte) bool { return bytes.IndexByte(raw, c) >= 0 }

func has(attrs []attr, key []byte) bool {
	for _, a := range attrs {
		if bytes.Equal(a.key, key) {
			return true
		}
	}
	return false
}

func skip(raw []byte, i int) int {
	for i < len(raw) && space(raw[i]) {
		i++
	}
	return i
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' }

// lower changes ASCII capitals in place; the bytes are the tokenizer's copy.
func lower(b []byte) []byte {
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return b
}
