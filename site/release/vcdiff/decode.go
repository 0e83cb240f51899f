package vcdiff

import "errors"

// ErrFormat says that the bytes are not a difference that Encode has written,
// or not one against this old version.
var ErrFormat = errors.New("the difference is damaged, or belongs to another version of the file")

// maxFile bounds what a damaged length can ask for.
const maxFile = 1 << 31

// Decode makes the new version of a file of its old one and the difference.
func Decode(old, diff []byte) ([]byte, error) {
	r := reader{rest: diff}
	if string(r.take(len(magic))) != magic || r.byte() != 0 {
		return nil, ErrFormat
	}
	var out []byte
	for len(r.rest) > 0 && !r.bad {
		out = r.window(old, out)
	}
	if r.bad {
		return nil, ErrFormat
	}
	return out, nil
}

// reader takes values from the front; bad says that one was not there.
type reader struct {
	rest []byte
	bad  bool
}

// window appends what one window makes.
func (r *reader) window(old, out []byte) []byte {
	switch r.byte() {
	case 0:
		old = nil
	case vcdSource:
		if n, at := r.int(), r.int(); n != len(old) || at != 0 {
			r.bad = true
		}
	default:
		r.bad = true
	}
	body := reader{rest: r.take(r.int())}
	size := body.int()
	if body.byte() != 0 {
		r.bad = true
	}
	nData, nOps, nAddrs := body.int(), body.int(), body.int()
	data, ops, addrs := body.sub(nData), body.sub(nOps), body.sub(nAddrs)
	if r.bad || body.bad || len(body.rest) > 0 || size > maxFile-len(out) {
		r.bad = true
		return nil
	}
	end := len(out) + size
	for len(ops.rest) > 0 && !r.bad {
		op, n := ops.byte(), ops.int()
		switch {
		case ops.bad || n > end-len(out):
			r.bad = true
		case op == opAdd:
			out = append(out, data.take(n)...)
		case op == opCopy:
			at := addrs.int()
			if at > len(old) || n > len(old)-at {
				r.bad = true
				break
			}
			out = append(out, old[at:at+n]...)
		default:
			r.bad = true
		}
	}
	r.bad = r.bad || data.bad || addrs.bad || len(data.rest)+len(addrs.rest) > 0 || len(out) != end
	return out
}

func (r *reader) sub(n int) reader { return reader{rest: r.take(n), bad: r.bad} }

func (r *reader) take(n int) []byte {
	if n > len(r.rest) {
		r.bad, r.rest = true, nil
		return nil
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}

func (r *reader) byte() byte {
	if b := r.take(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (r *reader) int() int {
	n := 0
	for {
		b := r.byte()
		n = n<<7 | int(b&0x7f)
		if n > maxFile {
			r.bad = true
		}
		if r.bad || b&0x80 == 0 {
			break
		}
	}
	if r.bad {
		return 0
	}
	return n
}
