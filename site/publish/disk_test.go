package publish

import (
	"errors"
	"io/fs"
	"testing"
)

// strict is a disk that replaces nothing by renaming, as SFTP without extensions.
type strict struct {
	Disk
	names  map[string]string
	refuse func(from, to string) error
}

func (d *strict) Can() Abilities { return Abilities{} }

func (d *strict) Lstat(name string) (Info, error) {
	if _, ok := d.names[name]; !ok {
		return Info{}, fs.ErrNotExist
	}
	return Info{Name: name}, nil
}

func (d *strict) Rename(from, to string) error {
	if err := d.refuse(from, to); err != nil {
		return err
	}
	if _, taken := d.names[to]; taken {
		return errors.New("failure")
	}
	d.names[to] = d.names[from]
	delete(d.names, from)
	return nil
}

func (d *strict) Remove(name string) error {
	delete(d.names, name)
	return nil
}

func TestAFileThatCannotBeReplacedStays(t *testing.T) {
	for what, test := range map[string]struct {
		refuse   func(from, to string) error
		replaced bool
	}{
		"nothing else is in the way": {func(string, string) error { return nil }, true},
		"the new one is refused": {func(from, _ string) error {
			if from == "new" {
				return errors.New("failure")
			}
			return nil
		}, false},
		"all is refused":    {func(string, string) error { return errors.New("failure") }, false},
		"it is not allowed": {func(string, string) error { return fs.ErrPermission }, false},
		"the link is cut":   {func(string, string) error { return ErrLost }, false},
	} {
		t.Run(what, func(t *testing.T) {
			d := &strict{names: map[string]string{"new": "new", "page.html": "old"}, refuse: test.refuse}
			err := newDisk(d).place("new", "page.html")
			if (err == nil) != test.replaced {
				t.Errorf("got %v", err)
			}
			if want := map[bool]string{true: "new", false: "old"}[test.replaced]; d.names["page.html"] != want {
				t.Errorf("visitors see %q, want %q (%v)", d.names["page.html"], want, d.names)
			}
			if test.replaced && len(d.names) != 1 {
				t.Errorf("left behind: %v", d.names)
			}
		})
	}
}
