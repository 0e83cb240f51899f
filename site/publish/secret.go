package publish

import (
	"fmt"
	"os"
	"runtime"
)

// KeyFileError says why a file with a secret cannot be used.
type KeyFileError struct {
	Path   string
	Open   bool // others can read it
	Locked bool // it needs a passphrase, or another one
	Err    error
}

func (e *KeyFileError) Error() string {
	switch {
	case e.Open:
		return fmt.Sprintf("the key file %s can be read by others; allow it to its owner only (chmod 600)", e.Path)
	case e.Locked:
		return fmt.Sprintf("the key file %s is protected by a passphrase, which is not given or wrong", e.Path)
	}
	return fmt.Sprintf("use the key file %s: %v", e.Path, e.Err)
}

func (e *KeyFileError) Unwrap() error { return e.Err }

// ReadKeyFile reads a file with a secret, and refuses one that others than its
// owner can read. It fails with a *KeyFileError.
func ReadKeyFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, &KeyFileError{Path: name, Err: err}
	}
	// Windows keeps rights elsewhere, and shows none of them here.
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, &KeyFileError{Path: name, Open: true}
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, &KeyFileError{Path: name, Err: err}
	}
	return text, nil
}
