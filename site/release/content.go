package release

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"rectify/site/model"
)

// ContentDigest is the digest of everything that a public portal says, in the
// form that an approval names: "sha256:" and 64 hexadecimal digits. It depends
// on the data alone: not on comments and order of keys in files, not on the
// theme, the program or the day. evidence gives the SHA-256 of every evidence
// file, by report/file, and images that of every image, by name.
//
// It is the SHA-256 of the portal as canonical JSON (RFC 8785): keys are those
// of the data files, what is empty is left out, issues stand in the order of
// their report. Approvals are not part of it, since they name it.
func ContentDigest(portal *model.Portal, evidence, images map[string]string) string {
	sum := sha256.Sum256(canonical(portal, evidence, images))
	return "sha256:" + hex.EncodeToString(sum[:])
}

func canonical(portal *model.Portal, evidence, images map[string]string) []byte {
	root := object{"portal": of(reflect.ValueOf(*portal))}
	if portal.Trust != nil {
		root["trust"] = of(reflect.ValueOf(*portal.Trust))
	}
	var reports, prose []any
	for _, r := range portal.Reports {
		facts := of(reflect.ValueOf(*r)).(object)
		facts["id"] = string(r.ID)
		var issues []any
		for _, i := range r.Issues {
			issues = append(issues, of(reflect.ValueOf(*i)))
		}
		facts["issues"], facts["paragraphs"] = issues, list(r.Paragraphs)
		reports = append(reports, facts)
	}
	for _, p := range portal.Prose {
		prose = append(prose, object{"name": string(p.Name), "title": p.Title, "html": p.HTML})
	}
	root["reports"], root["prose"] = reports, prose
	root["evidence"] = files(evidence)
	if len(images) > 0 {
		root["images"] = files(images)
	}
	return encode(nil, root)
}

func files(digests map[string]string) object {
	out := object{}
	for name, digest := range digests {
		out[name] = digest
	}
	return out
}

// object is a JSON object; encode sorts it.
type object map[string]any

func list(texts []string) []any {
	out := make([]any, len(texts))
	for i, text := range texts {
		out[i] = text
	}
	return out
}

// of makes JSON of what the data files can say: the fields with a data tag.
func of(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		return of(v.Elem())
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return v.Bool()
	case reflect.Int:
		return v.Int()
	case reflect.Uint32:
		return int64(v.Uint())
	case reflect.Slice:
		out := make([]any, v.Len())
		for i := range out {
			out[i] = of(v.Index(i))
		}
		return out
	case reflect.Struct:
		out := object{}
		for i := range v.NumField() {
			tag, ok := v.Type().Field(i).Tag.Lookup("data")
			if !ok || isEmpty(v.Field(i)) {
				continue
			}
			key, _, _ := strings.Cut(tag, ",")
			out[key] = of(v.Field(i))
		}
		return out
	}
	panic("release: " + v.Type().String() + " has no place in a content digest")
}

// isEmpty tells what the data do not say.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice:
		return v.Len() == 0
	case reflect.Struct:
		return len(of(v).(object)) == 0
	}
	return v.IsZero()
}

// encode writes canonical JSON (RFC 8785): no white space, keys in the order of
// their UTF-16 units, texts with as few escapes as possible.
func encode(out []byte, value any) []byte {
	switch value := value.(type) {
	case string:
		return appendText(out, value)
	case bool:
		return strconv.AppendBool(out, value)
	case int64:
		return strconv.AppendInt(out, value, 10)
	case []any:
		out = append(out, '[')
		for i, one := range value {
			if i > 0 {
				out = append(out, ',')
			}
			out = encode(out, one)
		}
		return append(out, ']')
	case object:
		keys := make([]string, 0, len(value))
		for key := range value {
			keys = append(keys, key)
		}
		slices.SortFunc(keys, compareUTF16)
		out = append(out, '{')
		for i, key := range keys {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(appendText(out, key), ':')
			out = encode(out, value[key])
		}
		return append(out, '}')
	}
	panic(fmt.Sprintf("release: %T has no place in a content digest", value))
}

// compareUTF16 is the order of RFC 8785, which differs from that of bytes where
// a character beyond U+FFFF meets one of U+E000 to U+FFFF.
func compareUTF16(a, b string) int {
	x, y := []rune(a), []rune(b)
	for i := range min(len(x), len(y)) {
		if x[i] == y[i] {
			continue
		}
		high := func(r rune) rune {
			if r > 0xffff {
				return 0xd800 + (r-0x10000)>>10
			}
			return r
		}
		return cmp.Or(cmp.Compare(high(x[i]), high(y[i])), cmp.Compare(x[i], y[i]))
	}
	return cmp.Compare(len(x), len(y))
}

func appendText(out []byte, text string) []byte {
	out = append(out, '"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			out = append(out, '\\', byte(r))
		case r == '\b':
			out = append(out, `\b`...)
		case r == '\f':
			out = append(out, `\f`...)
		case r == '\n':
			out = append(out, `\n`...)
		case r == '\r':
			out = append(out, `\r`...)
		case r == '\t':
			out = append(out, `\t`...)
		case r < ' ':
			out = append(out, fmt.Sprintf(`\u%04x`, r)...)
		default:
			out = append(out, string(r)...)
		}
	}
	return append(out, '"')
}

// ShortCode is a content digest for people who compare by eye: twelve
// characters of 60 bits, in groups of four, without those that look alike.
func ShortCode(digest string) string {
	const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's
	data, err := hex.DecodeString(strings.TrimPrefix(digest, "sha256:"))
	if err != nil || len(data) < 8 {
		return ""
	}
	var bits uint64
	for _, b := range data[:8] {
		bits = bits<<8 | uint64(b)
	}
	var out strings.Builder
	for i := range 12 {
		if i > 0 && i%4 == 0 {
			out.WriteByte('-')
		}
		out.WriteByte(letters[bits>>59])
		bits <<= 5
	}
	return out.String()
}

// digestOf is the SHA-256 of data in hexadecimal.
func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
