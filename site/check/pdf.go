package check

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A PDF names its author in the dictionary /Info or in a packet of XMP. Both
// may lie in compressed streams, so these are opened as well. The structure of
// the file is not followed: an author that an older version of the document had
// is still in the file.
var (
	pdfAuthor = regexp.MustCompile(`/Author\s*[(<]`)
	pdfStream = regexp.MustCompile(`stream\r?\n`)
)

// pdfStreams is how many compressed streams are opened at most, and how much
// of each.
const (
	pdfStreams    = 2000
	pdfStreamSize = 4 << 20
)

func pdfAuthors(data []byte) []tell {
	if bytes.Contains(data, []byte("/Encrypt")) {
		// The texts of an encrypted file cannot be read; its XMP often can.
		return xmpAuthors(data)
	}
	tells := append(infoAuthors(data), xmpAuthors(data)...)
	for n, at := range pdfStream.FindAllIndex(data, pdfStreams) {
		if n == pdfStreams {
			break
		}
		if bytes.HasSuffix(data[:at[0]], []byte("end")) {
			continue
		}
		// The dictionary of a stream stands right before it.
		dictionary := data[max(0, at[0]-400):at[0]]
		if i := bytes.LastIndex(dictionary, []byte(" obj")); i >= 0 {
			dictionary = dictionary[i:]
		}
		isObjects := bytes.Contains(dictionary, []byte("/ObjStm"))
		if !bytes.Contains(dictionary, []byte("/FlateDecode")) || !isObjects && !bytes.Contains(dictionary, []byte("/Metadata")) {
			continue
		}
		reader, err := zlib.NewReader(bytes.NewReader(data[at[1]:]))
		if err != nil {
			continue
		}
		inner, _ := io.ReadAll(io.LimitReader(reader, pdfStreamSize))
		if isObjects {
			tells = append(tells, infoAuthors(inner)...)
		} else {
			tells = append(tells, xmpAuthors(inner)...)
		}
	}
	return tells
}

func infoAuthors(data []byte) (tells []tell) {
	for _, at := range pdfAuthor.FindAllIndex(data, 100) {
		if name := pdfText(data[at[1]-1:]); name != "" {
			tells = append(tells, author.by(name))
		}
	}
	return tells
}

// pdfText reads a string of PDF that data start with: (text) or <hexadecimal>,
// in UTF-16 behind a mark or in an encoding of single bytes.
func pdfText(data []byte) string {
	var raw []byte
	if data[0] == '<' {
		end := bytes.IndexByte(data, '>')
		if end < 0 || end > 4096 {
			return ""
		}
		digits := strings.Join(strings.Fields(string(data[1:end])), "")
		if len(digits)%2 == 1 {
			digits += "0"
		}
		var err error
		if raw, err = hex.DecodeString(digits); err != nil {
			return ""
		}
	} else {
		raw = pdfLiteral(data[1:min(len(data), 4096)])
	}
	switch {
	case bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		units := make([]uint16, 0, len(raw)/2)
		for i := 2; i+1 < len(raw); i += 2 {
			units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
		}
		return string(utf16.Decode(units))
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		return string(raw[3:])
	case utf8.Valid(raw):
		return string(raw)
	}
	return fromGBK(raw)
}

// pdfLiteral reads the bytes of a string up to the bracket that ends it.
func pdfLiteral(data []byte) (raw []byte) {
	depth := 1
	for i := 0; i < len(data); i++ {
		switch c := data[i]; c {
		case '\\':
			if i++; i == len(data) {
				return raw
			}
			switch c := data[i]; {
			case c >= '0' && c <= '7':
				n := 0
				for j := 0; j < 3 && i < len(data) && data[i] >= '0' && data[i] <= '7'; j++ {
					n = n*8 + int(data[i]-'0')
					i++
				}
				i--
				raw = append(raw, byte(n))
			case strings.IndexByte("nrtbf", c) >= 0:
				raw = append(raw, ' ')
			case c != '\n' && c != '\r':
				raw = append(raw, c)
			}
		case ')':
			if depth--; depth == 0 {
				return raw
			}
			raw = append(raw, c)
		case '(':
			depth++
			raw = append(raw, c)
		default:
			raw = append(raw, c)
		}
	}
	return nil
}
