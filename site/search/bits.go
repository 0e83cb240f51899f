package search

import (
	"encoding/base64"
	"math/bits"
)

// bitWriter writes numbers into bytes, the lowest bit of each first.
type bitWriter struct {
	out   []byte
	hold  uint64 // bits that do not fill a byte yet
	n     uint   // how many
	total int    // bits written in all
}

func (w *bitWriter) reset() { w.out, w.hold, w.n, w.total = w.out[:0], 0, 0, 0 }

// bits writes the lowest n bits of v; n is at most 32.
func (w *bitWriter) bits(v uint64, n uint) {
	w.hold |= (v & (1<<n - 1)) << w.n
	w.n += n
	w.total += int(n)
	for w.n >= 8 {
		w.out = append(w.out, byte(w.hold))
		w.hold >>= 8
		w.n -= 8
	}
}

// unary writes v zeros and a one.
func (w *bitWriter) unary(v uint64) {
	for ; v >= 32; v -= 32 {
		w.bits(0, 32)
	}
	w.bits(0, uint(v))
	w.bits(1, 1)
}

// gamma writes v, which is at least 1: its length less one in unary, then its
// bits below the highest one.
func (w *bitWriter) gamma(v uint64) {
	n := uint(bits.Len64(v) - 1)
	w.unary(uint64(n))
	w.bits(v, n)
}

// rice writes v with its k lowest bits as they are and the rest in unary: best
// for gaps, which fall off geometrically.
func (w *bitWriter) rice(v uint64, k uint) {
	w.unary(v >> k)
	w.bits(v, k)
}

// golomb is an exponential Golomb code: the rest in gamma, so that a single
// number that is far too large costs little.
func (w *bitWriter) golomb(v uint64, k uint) {
	w.gamma(v>>k + 1)
	w.bits(v, k)
}

// raw adds n bits that lie in bytes.
func (w *bitWriter) raw(data []byte, n int) {
	for _, b := range data {
		size := uint(min(8, n))
		w.bits(uint64(b), size)
		n -= int(size)
	}
}

// finish gives the bytes, the last one filled up with zeros. The writer can go
// on only after reset.
func (w *bitWriter) finish() []byte {
	if w.n > 0 {
		return append(w.out, byte(w.hold))
	}
	return w.out
}

func (w *bitWriter) base64() []byte {
	data := w.finish()
	return base64.StdEncoding.AppendEncode(make([]byte, 0, base64.StdEncoding.EncodedLen(len(data))), data)
}

// parameter is the k of Rice codes for n numbers that lie below a limit: the
// largest with 2^k of at most two thirds of their mean distance. Both sides
// compute it, so it is never stored.
func parameter(limit, n float64) uint {
	k := uint(0)
	for k < 31 && 3*n*float64(uint64(2)<<k) <= 2*limit {
		k++
	}
	return k
}
