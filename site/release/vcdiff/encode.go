package vcdiff

// Parts of the format (RFC 3284, sections 4 to 5.6).
const (
	magic     = "\xd6\xc3\xc4\x00" // “VCD” with high bits, version 0
	vcdSource = 0x01               // the window copies from the old file
	opAdd     = 1                  // ADD, size follows
	opCopy    = 19                 // COPY in mode VCD_SELF, size follows
)

// windowSize is how much of the new file one window makes. xdelta3 takes
// windows of up to 16 MiB.
const windowSize = 4 << 20

// block is how many bytes have to be equal for a copy to be looked for. What
// is equal over 2·block−1 bytes is always found.
const block = 16

// Encode gives the difference that turns the old version into the new one.
func Encode(old, new []byte) []byte {
	out := append([]byte(magic), 0)
	index := newIndex(old)
	for start := 0; start == 0 || start < len(new); start += windowSize {
		w := window{old: old, index: index}
		w.match(new[start:min(start+windowSize, len(new))], start)
		out = w.appendTo(out)
	}
	return out
}

// window collects the instructions for one stretch of the new file.
type window struct {
	old              []byte
	index            *index
	size             int
	data, ops, addrs []byte
}

// match describes the target as copies of the old file and what lies between.
// The diagonal, the distance of equal stretches in the two files, is tried
// before the index: pages repeat themselves, and the next equal stretch lies
// most probably where the last one goes on.
func (w *window) match(target []byte, start int) {
	w.size = len(target)
	added, diagonal := 0, start
	var h rolling
	for i := 0; i+block <= len(target); {
		at := i + diagonal
		if !equalBlock(w.old, at, target[i:]) {
			at = w.index.find(h.at(target, i))
			if !equalBlock(w.old, at, target[i:]) {
				i++
				continue
			}
		}
		from := i
		for from > added && at > 0 && w.old[at-1] == target[from-1] {
			from, at = from-1, at-1
		}
		n := i - from + block
		for from+n < len(target) && at+n < len(w.old) && w.old[at+n] == target[from+n] {
			n++
		}
		w.add(target[added:from])
		w.copy(at, n)
		i = from + n
		added, diagonal = i, at+n-i
	}
	w.add(target[added:])
}

func equalBlock(old []byte, at int, target []byte) bool {
	return at >= 0 && at+block <= len(old) && string(old[at:at+block]) == string(target[:block])
}

func (w *window) add(data []byte) {
	if len(data) > 0 {
		w.ops = appendInt(append(w.ops, opAdd), len(data))
		w.data = append(w.data, data...)
	}
}

func (w *window) copy(at, n int) {
	w.ops = appendInt(append(w.ops, opCopy), n)
	w.addrs = appendInt(w.addrs, at)
}

func (w *window) appendTo(out []byte) []byte {
	if len(w.old) > 0 {
		out = append(out, vcdSource)
		out = appendInt(out, len(w.old))
		out = appendInt(out, 0) // from its beginning
	} else {
		out = append(out, 0)
	}
	var head []byte
	head = appendInt(head, w.size)
	head = append(head, 0) // no section is compressed
	head = appendInt(head, len(w.data))
	head = appendInt(head, len(w.ops))
	head = appendInt(head, len(w.addrs))
	out = appendInt(out, len(head)+len(w.data)+len(w.ops)+len(w.addrs))
	out = append(out, head...)
	out = append(out, w.data...)
	out = append(out, w.ops...)
	return append(out, w.addrs...)
}

// appendInt writes an integer in base 128, most significant digit first; all
// digits but the last have the high bit (RFC 3284, section 2).
func appendInt(out []byte, n int) []byte {
	var digits [10]byte
	i := len(digits) - 1
	digits[i] = byte(n & 0x7f)
	for n >>= 7; n > 0; n >>= 7 {
		i--
		digits[i] = byte(n&0x7f) | 0x80
	}
	return append(out, digits[i:]...)
}

// index knows where the blocks of the old file begin.
type index struct {
	shift uint
	slots []int32 // 1 + number of a block, by hash
}

func newIndex(old []byte) *index {
	bits := uint(8)
	for 1<<bits < 2*len(old)/block {
		bits++
	}
	x := &index{shift: 64 - bits, slots: make([]int32, 1<<bits)}
	// Backwards, so that the first of equal blocks stays.
	for n := len(old)/block - 1; n >= 0; n-- {
		x.slots[hashOf(old[n*block:])>>x.shift] = int32(n + 1)
	}
	return x
}

// find gives where a block with this hash may begin, or a place before 0.
func (x *index) find(h uint64) int { return (int(x.slots[h>>x.shift]) - 1) * block }

// rolling is the hash of the block at one place, from which that of the next
// place follows.
type rolling struct {
	sum   uint64
	next  int // the place behind the one it stands for
	valid bool
}

const factor = 0x9e3779b97f4a7c15

// leaving is the weight of the byte that leaves the block.
var leaving = func() uint64 {
	p := uint64(1)
	for range block {
		p *= factor
	}
	return p
}()

func (r *rolling) at(data []byte, i int) uint64 {
	if r.valid && r.next == i {
		r.sum = r.sum*factor + uint64(data[i+block-1]) + 1 - (uint64(data[i-1])+1)*leaving
	} else {
		r.sum = sumOf(data[i:])
		r.valid = true
	}
	r.next = i + 1
	return mix(r.sum)
}

func sumOf(data []byte) uint64 {
	var sum uint64
	for _, b := range data[:block] {
		sum = sum*factor + uint64(b) + 1
	}
	return sum
}

func hashOf(data []byte) uint64 { return mix(sumOf(data)) }

// mix lets the high bits depend on all.
func mix(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 32
	return h * 0xd6e8feb86659fd93
}
