//go:build linux

package conformance

import "errors"

// as is errors.As that gives what it found.
func as[E error](err error) (found E, ok bool) {
	ok = errors.As(err, &found)
	return found, ok
}
