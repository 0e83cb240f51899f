package sftp

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"rectify/site/publish"
)

// AuthError says that the host did not let us in.
type AuthError struct {
	Address, User string
	Tried         []string // "key PATH", "agent", "password"; empty if there was nothing to try
}

func (e *AuthError) Error() string {
	if len(e.Tried) == 0 {
		return fmt.Sprintf("log in to %s as %s: there is no key, agent or password to try", e.Address, e.User)
	}
	return fmt.Sprintf("log in to %s as %s: refused (tried: %s)", e.Address, e.User, strings.Join(e.Tried, ", "))
}

// auth is how we prove who we are.
type auth struct {
	methods []ssh.AuthMethod
	names   []string
	agent   net.Conn
}

func (a *auth) close() {
	if a.agent != nil {
		_ = a.agent.Close()
	}
}

func (c Config) auth(ctx context.Context) (*auth, error) {
	a := &auth{}
	// SSH takes each method once, so that the keys of file and agent go into
	// one.
	var sources []func() ([]ssh.Signer, error)
	if c.KeyFile != "" {
		signer, err := c.signer()
		if err != nil {
			return nil, err
		}
		sources = append(sources, func() ([]ssh.Signer, error) { return []ssh.Signer{signer}, nil })
		a.names = append(a.names, "key "+c.KeyFile)
	}
	if c.Agent != "" {
		// An agent that is gone is as good as none.
		if conn, err := (&net.Dialer{}).DialContext(ctx, "unix", c.Agent); err == nil {
			a.agent = conn
			sources = append(sources, agent.NewClient(conn).Signers)
			a.names = append(a.names, "agent")
		}
	}
	if len(sources) > 0 {
		a.methods = append(a.methods, ssh.PublicKeysCallback(func() (all []ssh.Signer, err error) {
			for _, source := range sources {
				signers, err := source()
				if err != nil {
					return nil, err
				}
				all = append(all, signers...)
			}
			return all, nil
		}))
	}
	if c.Password != "" {
		a.methods = append(a.methods, ssh.Password(c.Password), ssh.KeyboardInteractive(
			func(_, _ string, questions []string, _ []bool) ([]string, error) {
				answers := make([]string, len(questions))
				for i := range answers {
					answers[i] = c.Password
				}
				return answers, nil
			}))
		a.names = append(a.names, "password")
	}
	return a, nil
}

func (c Config) signer() (ssh.Signer, error) {
	text, err := publish.ReadKeyFile(c.KeyFile)
	if err != nil {
		return nil, err
	}
	signer, err := ssh.ParsePrivateKey(text)
	var locked *ssh.PassphraseMissingError
	if errors.As(err, &locked) {
		if signer, err = ssh.ParsePrivateKeyWithPassphrase(text, []byte(c.Passphrase)); err != nil {
			return nil, &publish.KeyFileError{Path: c.KeyFile, Locked: true, Err: err}
		}
	}
	if err != nil {
		return nil, &publish.KeyFileError{Path: c.KeyFile, Err: err}
	}
	return signer, nil
}
