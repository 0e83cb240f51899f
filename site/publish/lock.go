package publish

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"sync"
	"time"
)

const (
	lockName = "lock"

	// beat is how often a publisher shows that it is alive, and silence how
	// long it may not have done so before another one takes its place. A lock
	// is written in moments, so half of one is the sooner known for left behind.
	beat        = 30 * time.Second
	silence     = 10 * time.Minute
	tornSilence = time.Minute
)

// claim is what a lock says. It names nobody: on some targets the file can be
// read by the public.
type claim struct {
	Format  int    `json:"format"`
	Token   string `json:"token"`
	Since   string `json:"since"`   // RFC 3339, by the publisher's clock
	Process int    `json:"process"` // its number on its machine
	Machine string `json:"machine"` // a digest, to know one's own again
	Note    string `json:"note"`
}

const lockNote = "rectify is publishing here; see “rectify help publish” on a lock that was left behind"

// lock keeps other publishers from a target. It is a file, because that is all
// that every target has; so a publisher that dies leaves it behind.
type lock struct {
	shelf Shelf
	token string
	data  []byte
	stop  context.CancelFunc
	done  chan struct{}
	taken *LockedError // of whom this lock was taken over, nil if of nobody

	mu   sync.Mutex
	seen time.Time // when it was last found to be ours, by the wall clock
}

// take locks a target. token is the same for all tries of one run, so that a
// run whose link broke finds its own lock. force takes the lock of another that
// seems to be alive. lost is called once it turns out that somebody took over
// ours.
func take(ctx context.Context, s Shelf, token string, force bool, lost func()) (*lock, error) {
	l := &lock{shelf: s, token: token, done: make(chan struct{})}
	data, err := json.Marshal(claim{
		Format: format, Token: token, Since: time.Now().UTC().Format(time.RFC3339),
		Process: os.Getpid(), Machine: machine(), Note: lockNote,
	})
	if err != nil {
		return nil, err
	}
	l.data = append(data, '\n')
	if err := l.enter(force); err != nil {
		return nil, err
	}
	// A host that ignores “only if it is not there” lets two in at once; the
	// one that reads the other's token goes.
	if err := l.mine(); err != nil {
		return nil, err
	}
	ctx, l.stop = context.WithCancel(ctx)
	go l.beat(ctx, lost)
	return l, nil
}

func (l *lock) enter(force bool) error {
	// A lock that vanishes while it is looked at is worth another look.
	for range 5 {
		err := l.shelf.Create(lockName, l.data)
		if err == nil || !errors.Is(err, fs.ErrExist) {
			return wrap(err, "lock the target")
		}
		old, held, err := holder(l.shelf, func() (time.Time, error) { return clock(l.shelf) })
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return wrap(err, "read the lock of the target")
		case held.token == l.token:
			l.data = old
			return nil
		case !held.Stale && !force:
			return held
		}
		switch err := l.shelf.Swap(lockName, old, l.data); {
		case err == nil:
			l.taken = held
			return nil
		case !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist):
			return wrap(err, "take over the lock of the target")
		}
	}
	return &LockedError{}
}

// mine fails if the lock is no longer ours: somebody took it over, because we
// were silent for too long.
func (l *lock) mine() error {
	data, err := l.shelf.Get(lockName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ErrLockLost
	case err != nil:
		return wrap(err, "read the lock of the target")
	case !bytes.Equal(data, l.data):
		return ErrLockLost
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	// Without the monotonic clock, which stands still while a computer sleeps.
	l.seen = time.Now().Round(0)
	return nil
}

// held is mine where that was not asked for a while: because this computer slept,
// or the host did not answer. It costs nothing otherwise, so it can be asked
// before every file.
func (l *lock) held() error {
	l.mu.Lock()
	silent := time.Now().Round(0).Sub(l.seen)
	l.mu.Unlock()
	if silent < 2*beat && silent >= 0 {
		return nil
	}
	return l.mine()
}

// beat shows from time to time that we live. That it fails is no error here,
// unless the lock is somebody else's: the work itself will meet the broken link.
func (l *lock) beat(ctx context.Context, lost func()) {
	defer close(l.done)
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			switch err := l.mine(); {
			case errors.Is(err, ErrLockLost):
				lost()
				return
			case err == nil:
				_ = l.shelf.Touch(lockName, l.data)
			}
		}
	}
}

// release lets the next publisher in.
func (l *lock) release() error {
	l.stop()
	<-l.done
	if l.mine() != nil {
		return nil // somebody else's by now, or out of reach
	}
	return wrap(l.shelf.Drop(lockName), "unlock the target")
}

// holder says who has the lock.
func holder(s Shelf, clock func() (time.Time, error)) (data []byte, held *LockedError, err error) {
	data, err = s.Get(lockName)
	if err != nil {
		return nil, nil, err
	}
	last, err := s.Time(lockName)
	if err != nil {
		return nil, nil, err
	}
	now, err := clock()
	if err != nil {
		return nil, nil, err
	}
	var c claim
	held = &LockedError{Silent: max(0, now.Sub(last)).Round(time.Second)}
	if held.Torn = json.Unmarshal(data, &c) != nil; !held.Torn {
		held.token, held.Process, held.Here = c.Token, c.Process, c.Machine == machine()
		held.Since, _ = time.Parse(time.RFC3339, c.Since)
	}
	held.Dead = held.Here && !alive(c.Process)
	held.Stale = held.Dead || held.Silent > silence || held.Torn && held.Silent > tornSilence
	return data, held, nil
}

// clock asks the host for the time, because two clocks seldom agree.
func clock(s Shelf) (time.Time, error) {
	name := "now-" + newToken()
	if err := s.Set(name, []byte("\n")); err != nil {
		return time.Time{}, err
	}
	defer func() { _ = s.Drop(name) }()
	return s.Time(name)
}

func newToken() string {
	b := make([]byte, 12)
	_, _ = rand.Read(b) // never fails, says crypto/rand
	return hex.EncodeToString(b)
}

// machine is a name for this account on this machine that tells nobody
// anything.
func machine() string {
	host, _ := os.Hostname()
	who := ""
	if u, err := user.Current(); err == nil {
		who = u.Uid
	}
	sum := sha256.Sum256([]byte(host + "\x00" + who))
	return hex.EncodeToString(sum[:8])
}

// wrap says what was attempted; nil stays nil.
func wrap(err error, what string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
