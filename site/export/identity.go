package export

import (
	"crypto/sha1"
	"encoding/hex"
	"strings"

	"rectify/site/model"
)

// namespace is where the names below live (RFC 9562, version 5). It was drawn
// by lot once and must never change, or every subscriber gets every entry and
// every appointment again.
var namespace = [16]byte{0xe0, 0xf2, 0x36, 0x22, 0x03, 0x40, 0x40, 0x97, 0xa6, 0xd3, 0x78, 0x41, 0x86, 0x19, 0x6a, 0x75}

// identity is the UUID of the thing that the facts name. Facts are what stays
// when a portal moves to another address and when a mistake in a text is
// mended: units, ids, days, places in a list.
func identity(facts ...string) string {
	hash := sha1.New()
	hash.Write(namespace[:])
	hash.Write([]byte(strings.Join(facts, "\x00")))
	id := hash.Sum(nil)[:16]
	id[6] = id[6]&0x0f | 5<<4
	id[8] = id[8]&0x3f | 0x80
	text := hex.EncodeToString(id)
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}

// midnight is the beginning of a day where the portal is, which is where the
// data's days and times are meant (RFC 3339).
func midnight(day model.Date) string { return string(day) + "T00:00:00+08:00" }

// moment is a minute of the data; without a time of day it is midnight.
func moment(m model.Minute) string {
	day, clock, ok := strings.Cut(string(m), " ")
	if !ok {
		return midnight(model.Date(day))
	}
	return day + "T" + clock + ":00+08:00"
}
