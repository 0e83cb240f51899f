package sftp

import (
	"cmp"
	"context"
	"errors"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"

	"rectify/site/publish"
)

// Config says how to reach an account.
type Config struct {
	Host string // name or address
	Port int    // 0 is 22
	User string
	Path string // of the target's folder; relative to where the account begins unless it starts with /

	// HostKey is the host's key as in known_hosts ("ssh-ed25519 AAAA…") or its
	// fingerprint ("SHA256:…"). Where it is empty, KnownHosts names the files
	// in which the host has to stand.
	HostKey    string
	KnownHosts []string

	// Ways to be let in; those that are empty are not tried.
	KeyFile    string // private key, readable by nobody else
	Passphrase string // of KeyFile
	Agent      string // socket of the ssh agent
	Password   string

	// Patience is how long a link may be silent before it counts as broken; 0
	// is a minute.
	Patience time.Duration
}

// handshake is how long a host may take to answer and to let us in.
const handshake = 20 * time.Second

func (c Config) address() string {
	port := c.Port
	if port == 0 {
		port = 22
	}
	return net.JoinHostPort(c.Host, strconv.Itoa(port))
}

// Dial connects to the account. It fails with a *HostKeyError, an
// *AuthError, a *publish.KeyFileError or a *publish.UnreachableError.
func Dial(c Config) publish.Dial {
	return func(ctx context.Context) (publish.Host, error) {
		client, err := c.connect(ctx)
		if err != nil {
			return nil, err
		}
		session, err := sftp.NewClient(client, sftp.UseConcurrentReads(true), sftp.MaxConcurrentRequestsPerFile(64))
		if err != nil {
			_ = client.Close()
			return nil, &publish.UnreachableError{Address: c.address(), Err: err}
		}
		d := newDisk(c.Path, client, session)
		context.AfterFunc(ctx, func() { _ = client.Close() })
		return d, nil
	}
}

// connect tries the kinds of key that the host may have one after the other
// where only a fingerprint is known: which kind it belongs to it does not say.
func (c Config) connect(ctx context.Context) (*ssh.Client, error) {
	auth, err := c.auth(ctx)
	if err != nil {
		return nil, err
	}
	defer auth.close()
	checks, err := c.hostKey()
	if err != nil {
		return nil, err
	}
	var first *HostKeyError // the host may have several keys; this is the one that it prefers
	for {
		check := checks[0]
		checks = checks[1:]
		client, err := c.dial(ctx, auth, check)
		var wrong *HostKeyError
		none := err != nil && strings.Contains(err.Error(), "no common algorithm for host key")
		if !errors.As(err, &wrong) && !none {
			return client, err
		}
		if first == nil {
			first = wrong
		}
		switch {
		case len(checks) > 0:
		case first != nil:
			return nil, first
		default:
			return c.dial(ctx, auth, c.stranger(check))
		}
	}
}

func (c Config) dial(ctx context.Context, auth *auth, check hostKey) (*ssh.Client, error) {
	unreachable := func(err error) error { return &publish.UnreachableError{Address: c.address(), Err: err} }
	conn, err := (&net.Dialer{Timeout: handshake}).DialContext(ctx, "tcp", c.address())
	if err != nil {
		return nil, unreachable(err)
	}
	_ = conn.SetDeadline(time.Now().Add(handshake))
	client, channels, requests, err := ssh.NewClientConn(conn, c.address(), &ssh.ClientConfig{
		User: c.User, Auth: auth.methods,
		HostKeyCallback: check.callback, HostKeyAlgorithms: check.algorithms,
	})
	if err != nil {
		_ = conn.Close()
		var wrong *HostKeyError
		switch {
		case errors.As(err, &wrong):
			return nil, wrong
		case strings.Contains(err.Error(), "unable to authenticate"), strings.Contains(err.Error(), "no supported methods remain"):
			return nil, &AuthError{Address: c.address(), User: c.User, Tried: auth.names}
		case strings.Contains(err.Error(), "no common algorithm"):
			return nil, unreachable(err)
		}
		// The host answered, and then the link broke.
		return nil, unreachable(errors.Join(publish.ErrLost, err))
	}
	_ = conn.SetDeadline(time.Time{})
	linked := ssh.NewClient(client, channels, requests)
	go listen(linked, conn, cmp.Or(c.Patience, time.Minute))
	return linked, nil
}

// listen asks for a sign of life from time to time, and hangs up on a host that
// gives none: a link that was cut silently would otherwise be waited on for
// ever.
func listen(client *ssh.Client, conn net.Conn, patience time.Duration) {
	ended := make(chan struct{})
	go func() {
		_ = client.Wait()
		close(ended)
	}()
	for {
		select {
		case <-ended:
			return
		case <-time.After(patience / 4):
		}
		hangUp := time.AfterFunc(patience, func() { _ = conn.Close() })
		_, _, err := client.SendRequest("keepalive@openssh.com", true, nil)
		hangUp.Stop()
		if err != nil {
			return
		}
	}
}
