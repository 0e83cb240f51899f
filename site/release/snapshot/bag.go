package snapshot

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"rectify/site/release/sums"
)

// Bag gives put the files of a bag (BagIt 1.0, RFC 8493) for hand-over: the
// site as it was and its data. “sha256sum -c manifest-sha256.txt” checks it;
// note that this does not see a file that was added.
func Bag(ctx context.Context, put Sink, r Release) error {
	var payload, tags []byte
	files, size := 0, int64(0)
	write := func(list *[]byte, name string, data []byte) error {
		*list = sums.BagIt.Append(*list, sums.Sum{SHA256: hexDigest(data), Name: name})
		return put(name, data)
	}
	add := func(prefix string, files iterator) error {
		for f, err := range files {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return fmt.Errorf("make the bag: %w", err)
			}
			if err := write(&payload, payloadDir+prefix+f.Path, f.Data); err != nil {
				return err
			}
		}
		return nil
	}
	counted := func(in iterator) iterator {
		return func(yield func(File, error) bool) {
			for f, err := range in {
				files++
				size += int64(len(f.Data))
				if !yield(f, err) {
					return
				}
			}
		}
	}
	readme := func(yield func(File, error) bool) { yield(File{Path: ReadmeName, Data: r.Explanation()}, nil) }
	for _, part := range []struct {
		prefix string
		files  iterator
	}{{"", readme}, {"data/", r.Data}, {"site/", r.Files}} {
		if err := add(part.prefix, counted(part.files)); err != nil {
			return err
		}
	}
	info := fmt.Sprintf("Source-Organization: %s\nExternal-Identifier: %s\nExternal-Description: %s\nInternal-Sender-Description: %s\nBagging-Date: %s\nPayload-Oxum: %d.%d\nBag-Software-Agent: rectify %s\n",
		line(r.Unit), r.ID, line(r.Name), "content "+r.Content, r.Time.Format("2006-01-02"), size, files, r.Version)
	for _, tag := range []struct{ name, text string }{
		{bagName, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"},
		{"bag-info.txt", info},
		{payloadSums, string(payload)},
	} {
		if err := write(&tags, tag.name, []byte(tag.text)); err != nil {
			return err
		}
	}
	return put(tagSums, tags)
}

type iterator = iter.Seq2[File, error]

// line keeps a text of the portal on its line of bag-info.txt.
func line(text string) string { return strings.Join(strings.Fields(text), " ") }
