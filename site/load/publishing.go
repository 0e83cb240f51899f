package load

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/afero"

	"rectify/site/model"
	"rectify/site/problem"
)

// publishingName is the file that says where the portal is published to.
const publishingName = "publish.yaml"

// secretWords are parts of keys under which people write what does not belong
// in a file that is shared.
var secretWords = []string{"password", "passwd", "passphrase", "secret", "token", "access_key", "accesskey", "密码", "口令", "密钥"}

// Publishing reads publish.yaml of the data folder dir of fs. It is nil where
// there is no such file: not every portal is published by this program. The
// rest is as with Load.
func Publishing(ctx context.Context, fsys afero.Fs, dir string) (*model.Publishing, problem.List) {
	l := newLoader(fsys, dir, nothing{})
	name := path.Join(l.root, publishingName)
	if _, err := l.stat(name); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	p := &model.Publishing{}
	l.jobs = append(l.jobs, func() { l.fill(name, nil, p) })
	l.run(ctx)
	for i, found := range l.list {
		if found.Code == problem.UnknownKey && isSecret(found.Args[0]) {
			l.list[i] = problem.New(problem.SecretInData, found.Place, found.Args[0])
		}
	}
	seen := map[model.Slug]problem.Place{}
	for i := range p.Targets {
		t := &p.Targets[i]
		if first, twice := seen[t.Name]; twice && t.Name != "" {
			l.add(problem.New(problem.DuplicateID, t.At("name"), string(t.Name), first.String()))
		}
		seen[t.Name] = t.At("name")
		l.add(keysOf(t)...)
	}
	l.list.Sort()
	return p, l.list
}

func isSecret(key string) bool {
	key = strings.ToLower(key)
	return slices.ContainsFunc(secretWords, func(word string) bool { return strings.Contains(key, word) })
}

// keysOf holds the keys of a target against those that its type takes.
func keysOf(t *model.Target) (found problem.List) {
	if t.Type == "" {
		return nil // has been reported
	}
	s, v := shapeOf(reflect.TypeFor[model.Target]()), reflect.ValueOf(*t)
	taken := map[string]bool{}
	for _, kind := range model.TargetTypes() {
		for _, key := range kind.Keys() {
			taken[key] = true
		}
	}
	for _, f := range s.fields {
		written := t.At(f.key) != t.Self()
		switch {
		case slices.Contains(t.Type.Required(), f.key) && !written && v.Field(f.index).IsZero():
			found = append(found, problem.New(problem.MissingField, t.Self(), f.key))
		case written && taken[f.key] && !slices.Contains(t.Type.Keys(), f.key):
			found = append(found, problem.New(problem.KeyOfOtherType, t.At(f.key), f.key, string(t.Type), strings.Join(t.Type.Keys(), "、")))
		}
	}
	for _, number := range []struct {
		key       string
		n         int
		low, high int
	}{{"port", t.Port, 1, 65535}, {"keep", t.Keep, 1, 1000}} {
		if t.At(number.key) != t.Self() && (number.n < number.low || number.n > number.high) {
			found = append(found, problem.New(problem.BadValue, t.At(number.key), strconv.Itoa(number.n), strconv.Itoa(number.low)+"–"+strconv.Itoa(number.high)))
		}
	}
	return found
}
