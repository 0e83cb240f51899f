package importer

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Encoding names the way in which the characters of a text are stored.
type Encoding string

// The encodings that clerks' files have.
const (
	UTF8    Encoding = "UTF-8"
	UTF16   Encoding = "UTF-16"
	GB18030 Encoding = "GB18030" // GBK and GB2312 are parts of it
)

// damaged is how many wrong bytes in a thousand a UTF-8 text may have and still
// be a UTF-8 text with damage, and not a text of another encoding.
const damaged = 5

// decodeText finds the encoding of a text by its content. lost counts the
// characters that could not be read; ok is false where the bytes are no text.
func decodeText(data []byte) (text string, encoding Encoding, lost int, ok bool) {
	switch {
	case bytes.HasPrefix(data, []byte{0xef, 0xbb, 0xbf}):
		data = data[3:]
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return decodeUTF16(data[2:], binary.LittleEndian), UTF16, 0, true
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return decodeUTF16(data[2:], binary.BigEndian), UTF16, 0, true
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", "", 0, false
	}
	if utf8.Valid(data) {
		return string(data), UTF8, 0, true
	}
	wrong, many := 0, 0
	for rest := data; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if r == utf8.RuneError && size == 1 {
			wrong++
		} else if size > 1 {
			many += size
		}
		rest = rest[size:]
	}
	if wrong*1000 <= many*damaged {
		return string(bytes.ToValidUTF8(data, []byte("\ufffd"))), UTF8, wrong, true
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", 0, false
	}
	lost = bytes.Count(decoded, []byte("\ufffd"))
	if lost*50 > utf8.RuneCount(decoded) {
		return "", "", 0, false
	}
	return string(decoded), GB18030, lost, true
}

func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}

// lineEnds are the characters that end a line somewhere, and that load refuses
// in a text because nobody agrees on them.
var lineEnds = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n",
	"\u0085", "\n", "\u2028", "\n", "\u2029", "\n",
)

// clean gives a text that load takes: one sort of line end, no control
// characters. Dropped counts the control characters that were taken out.
func clean(text string) (out string, dropped int) {
	text = lineEnds.Replace(text)
	out = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return r
		case r == 0xfeff: // a byte order mark inside shows nothing
			return -1
		case r < ' ', r >= 0x7f && r <= 0x9f, r == 0xfffe, r == 0xffff:
			dropped++
			return -1
		}
		return r
	}, text)
	return out, dropped
}

// decodeGB reads GBK or GB18030, if it is that.
func decodeGB(data []byte) (string, bool) {
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return "", false
	}
	return string(decoded), bytes.Count(decoded, []byte("\ufffd"))*100 <= utf8.RuneCount(decoded)
}
