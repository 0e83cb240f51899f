package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"rectify/site"
	"rectify/site/release/sign"
)

// defaultKey is where the secret key lies unless somebody says otherwise.
func defaultKey() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", &usageError{words{"找不到个人配置文件夹,请用 --key 或 --out 指出私钥文件", "there is no configuration folder; name the secret key with --key or --out"}}
	}
	return filepath.Join(dir, "rectify", "release.key"), nil
}

// secretKey reads the key that signs: the file that is named, or the one in
// its usual place; nil where neither is there.
// folders are those that are published or archived beside the usual ones.
func (s *session) secretKey(file string, folders ...string) (*sign.Secret, error) {
	named := file != ""
	file = s.at(file)
	if !named {
		var err error
		if file, err = defaultKey(); err != nil {
			return nil, nil //nolint:nilerr // a system without such a folder has no key in it
		}
	}
	info, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the secret key: %w", err)
	}
	if err := s.refuseKeyPlace(file, folders...); err != nil {
		return nil, err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, &usageError{words{"私钥 " + file + " 别人也能读;先运行 chmod 600 " + file, "others can read the secret key " + file + "; run chmod 600 " + file}}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the secret key: %w", err)
	}
	secret, err := sign.ParseSecret(text, []byte(s.getenv(passphraseVariable)))
	if err != nil {
		return nil, err
	}
	return &secret, nil
}

// refuseKeyPlace keeps secret keys out of what is published and archived.
func (s *session) refuseKeyPlace(file string, folders ...string) error {
	at, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	if real, err := filepath.EvalSymlinks(filepath.Dir(at)); err == nil {
		at = filepath.Join(real, filepath.Base(at))
	}
	for _, name := range append(folders, site.DataDir, "public", site.ArchiveDir) {
		if name == "" {
			continue
		}
		dir, err := filepath.Abs(s.at(name))
		if err != nil {
			return err
		}
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			dir = real
		}
		if rel, err := filepath.Rel(dir, at); err == nil && filepath.IsLocal(rel) {
			return &usageError{words{
				"私钥不能放在 " + name + "/ 里,那里的东西会公开或存档;请放到别处(--out、--key)",
				"a secret key must not lie in " + name + "/, which is published or archived; put it elsewhere (--out, --key)",
			}}
		}
	}
	return nil
}
