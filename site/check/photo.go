package check

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// The tags of EXIF that give something away.
const (
	tagArtist   = 0x013b
	tagXPAuthor = 0x9c9d // as Windows writes it, in UTF-16
	tagGPS      = 0x8825
)

// photoAuthors reads the EXIF and XMP of a JPEG file, which stand before the
// picture.
func photoAuthors(data []byte) (tells []tell) {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker := data[at+1]
		if marker == 0xff { // padding
			at++
			continue
		}
		if marker == 0xda || marker == 0xd9 { // the picture, the end
			break
		}
		end := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if end > len(data) || end < at+4 {
			break
		}
		segment := data[at+4 : end]
		if marker == 0xe1 {
			if tiff, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); ok {
				tells = append(tells, exifAuthors(tiff)...)
			} else if bytes.HasPrefix(segment, []byte("http://ns.adobe.com/xap/")) {
				tells = append(tells, xmpAuthors(segment)...)
			}
		}
		at = end
	}
	return tells
}

func exifAuthors(tiff []byte) (tells []tell) {
	if len(tiff) < 8 {
		return nil
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	for _, e := range exifEntries(tiff, order, order.Uint32(tiff[4:])) {
		switch e.tag {
		case tagArtist:
			text, _, _ := bytes.Cut(e.data, []byte{0})
			tells = append(tells, author.by(fromGBK(text)))
		case tagXPAuthor:
			units := make([]uint16, 0, len(e.data)/2)
			for i := 0; i+1 < len(e.data); i += 2 {
				units = append(units, binary.LittleEndian.Uint16(e.data[i:]))
			}
			tells = append(tells, author.by(string(utf16.Decode(units))))
		case tagGPS:
			if len(e.data) < 4 {
				break
			}
			for _, g := range exifEntries(tiff, order, order.Uint32(e.data)) {
				if g.tag == 2 || g.tag == 4 { // latitude, longitude
					tells = append(tells, position)
				}
			}
		}
	}
	return tells
}

// exifEntry is a tag with the bytes of its value.
type exifEntry struct {
	tag  uint16
	data []byte
}

// exifEntries reads one directory. Offsets that lead out of the block end it.
func exifEntries(tiff []byte, order binary.ByteOrder, at uint32) (entries []exifEntry) {
	if uint64(at)+2 > uint64(len(tiff)) {
		return nil
	}
	count := int(order.Uint16(tiff[at:]))
	for i := range count {
		from := int(at) + 2 + 12*i
		if from+12 > len(tiff) {
			return entries
		}
		e := tiff[from : from+12]
		sizes := [...]uint64{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8}
		kind := order.Uint16(e[2:])
		if int(kind) >= len(sizes) {
			continue
		}
		size := sizes[kind] * uint64(order.Uint32(e[4:]))
		data := e[8:]
		if size > 4 {
			offset := uint64(order.Uint32(e[8:]))
			if offset+size > uint64(len(tiff)) {
				continue
			}
			data = tiff[offset : offset+size]
		}
		entries = append(entries, exifEntry{order.Uint16(e), data})
	}
	return entries
}

// fromGBK reads a text that is UTF-8 or, as older Windows programs write it,
// GBK.
func fromGBK(raw []byte) string {
	if bytes.ContainsFunc(raw, func(r rune) bool { return r == '\ufffd' }) {
		if text, err := simplifiedchinese.GBK.NewDecoder().Bytes(raw); err == nil {
			return string(text)
		}
	}
	return string(raw)
}
