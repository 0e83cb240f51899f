package snapshot

import (
	"context"
	"fmt"
	"iter"
	"strings"
)

// Bag gives put the files of a bag (BagIt 1.0, RFC 8493) for hand-over: the
// site as it was and its data. “sha256sum -c manifest-sha256.txt” checks it;
// note that this does not see a file that was added.
func Bag(ctx context.Context, put Sink, r Release) error {
	var payload, tags sums
	files, size := 0, int64(0)
	add := func(prefix string, files iterator) error {
		for f, err := range files {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return fmt.Errorf("make the bag: %w", err)
			}
			if err := payload.put(put, "data/"+prefix+f.Path, f.Data); err != nil {
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
	readme := func(yield func(File, error) bool) { yield(File{Path: ReadmeName, Data: r.readme()}, nil) }
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
		{"bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"},
		{"bag-info.txt", info},
		{"manifest-sha256.txt", payload.String()},
	} {
		if err := tags.put(put, tag.name, []byte(tag.text)); err != nil {
			return err
		}
	}
	return put("tagmanifest-sha256.txt", tags.Bytes())
}

type iterator = iter.Seq2[File, error]

// put writes a file and its line of the list. BagIt escapes the line ends of
// names as addresses do.
func (s *sums) put(to Sink, name string, data []byte) error {
	if err := to(name, data); err != nil {
		return err
	}
	name = strings.NewReplacer("%", "%25", "\n", "%0A", "\r", "%0D").Replace(name)
	fmt.Fprintf(s, "%s  %s\n", hexDigest(data), name)
	return nil
}

// line keeps a text of the portal on its line of bag-info.txt.
func line(text string) string { return strings.Join(strings.Fields(text), " ") }
