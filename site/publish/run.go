package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"
)

// Target is a place to publish to.
type Target struct {
	Dial   Dial
	Layout Layout // "" takes LayoutReleases where the host can have it
	Keep   int    // releases on the host, the live one among them; at least 1
	Gzip   bool   // also store what compresses well compressed
}

// Options of one run.
type Options struct {
	Yes bool // delete more than a fifth of what visitors see; show a release that is redacted in part
	// Onward refuses to show, without Yes, a release that was live here before.
	Onward bool

	Adopt bool // write over files that rectify did not put there
	Force bool // take the lock of a publisher that may be alive

	// Planned is told the plan before anything changes; an error ends the run.
	Planned func(*Plan) error

	// TakenOver is told whose lock was taken over.
	TakenOver func(*LockedError)

	Progress func(Progress)

	// Wait is how long to wait before try n (from 1) after the link broke; a
	// negative time gives up. nil is a minute in all.
	Wait func(n int) time.Duration
}

// Result says what a run did.
type Result struct {
	Plan
	Sent      int     `json:"sent"` // files
	SentBytes int64   `json:"sent_bytes"`
	Tries     int     `json:"tries"`
	Seconds   float64 `json:"seconds"`

	// Unclean says why old files could not be removed; visitors do not see
	// them, and the next run tries again.
	Unclean string `json:"unclean,omitempty"`
}

// Plan says what Publish would do, and changes nothing.
func (t Target) Plan(ctx context.Context, tree *Tree, o Options) (*Plan, error) {
	if err := tree.Check(); err != nil {
		return nil, err
	}
	var plan *Plan
	err := t.repeatedly(ctx, &run{o: o, meter: newMeter(o.Progress)}, func(ctx context.Context, r *run) error {
		j, err := r.plan(ctx, tree)
		if err != nil {
			return err
		}
		j.close()
		plan = j.plan
		return nil
	})
	return plan, err
}

// Publish makes the tree what visitors of the target see. Where it fails, they
// see what they saw before, or, with LayoutPlain, some files of the new one,
// each of them whole; Publish again goes on from there. An error that stopped
// it after the plan is a *StoppedError.
func (t Target) Publish(ctx context.Context, tree *Tree, o Options) (*Result, error) {
	if err := tree.Check(); err != nil {
		return nil, err
	}
	return t.locked(ctx, o, func(ctx context.Context, r *run) error { return r.publish(ctx, tree) })
}

// run is one call of Publish or Rollback, over all its tries.
type run struct {
	o     Options
	e     engine
	meter *meter
	token string
	lock  *lock
	back  bool // it is a Rollback
	told  bool
	tries int
	res   Result
}

// locked does something under the lock of the target.
func (t Target) locked(ctx context.Context, o Options, do func(context.Context, *run) error) (*Result, error) {
	started := time.Now()
	r := &run{o: o, meter: newMeter(o.Progress), token: newToken()}
	err := t.repeatedly(ctx, r, func(ctx context.Context, r *run) (err error) {
		if err := r.e.begin(); err != nil {
			return err
		}
		ctx, end := context.WithCancelCause(ctx)
		defer end(nil)
		l, err := take(ctx, r.e.state(), r.token, o.Force, func() { end(ErrLockLost) })
		if err != nil {
			return err
		}
		if l.taken != nil && o.TakenOver != nil {
			o.TakenOver(l.taken)
		}
		defer func() {
			if unlock := l.release(); err == nil {
				err = unlock
			}
		}()
		r.lock = l
		if err := r.e.tidy(); err != nil {
			return err
		}
		return do(ctx, r)
	})
	if err != nil {
		return nil, err
	}
	p := r.meter.now()
	r.res.Sent, r.res.SentBytes, r.res.Tries = p.Files, p.Bytes, r.tries
	r.res.Seconds = time.Since(started).Seconds()
	return &r.res, nil
}

// repeatedly connects and does something, again if the link breaks. Every step
// of a publication can be repeated, so all of it is.
func (t Target) repeatedly(ctx context.Context, r *run, do func(context.Context, *run) error) error {
	wait := r.o.Wait
	if wait == nil {
		wait = patience
	}
	for n, came := 1, 0; ; n++ {
		r.tries++
		err := t.once(ctx, r, do)
		// No link at all is not worth waiting for, unless there was one.
		var gone *UnreachableError
		again := errors.Is(err, ErrLost) || r.tries > 1 && errors.As(err, &gone)
		if !again || ctx.Err() != nil {
			return err
		}
		if now := r.meter.now().Files; now > came {
			n, came = 1, now // it gets on, if slowly
		}
		pause := wait(n)
		if pause < 0 {
			return err
		}
		r.meter.change(func(p *Progress) { p.Phase, p.Retry, p.RetryCause = PhaseConnect, n, err })
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}

// patience waits 1, 2, 4 … seconds and gives up after a minute in all.
func patience(n int) time.Duration {
	if n > 6 {
		return -1
	}
	return time.Second << (n - 1)
}

// farewell is how long a run that is interrupted may take to end in order: to
// finish the files that are under way and to unlock the target.
const farewell = 10 * time.Second

func (t Target) once(ctx context.Context, r *run, do func(context.Context, *run) error) (err error) {
	link, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(farewell, cut) })
	defer stop()
	r.meter.phase(PhaseConnect)
	host, err := t.Dial(link)
	if err != nil {
		return err
	}
	defer host.Close()
	if r.e, err = t.engine(link, host, r.o); err != nil {
		return err
	}
	r.meter.phase(PhasePlan)
	return do(ctx, r)
}

// engine picks the layout of a target: the one it has, the one asked for, or
// the best that the host can have.
func (t Target) engine(ctx context.Context, host Host, o Options) (engine, error) {
	keep := max(1, t.Keep)
	if s, ok := host.(Store); ok {
		if t.Layout == LayoutReleases {
			return nil, &LayoutError{Want: LayoutReleases, Have: LayoutPlain, Why: "an object store has no links"}
		}
		e := &ordered{store: s, adopt: o.Adopt, heads: true, now: time.Now}
		if t.Gzip {
			e.pack = packEncoded
		}
		return e, nil
	}
	d, ok := host.(Disk)
	if !ok {
		return nil, fmt.Errorf("publish: a %T is neither a Disk nor a Store", host)
	}
	x := newDisk(d)
	layout, err := t.settle(x)
	if err != nil {
		return nil, err
	}
	pack := packNot
	if t.Gzip {
		pack = packTwins
	}
	if layout == LayoutPlain {
		store := newPlainStore(ctx, x)
		return &ordered{
			store: store, list: store.list, sweep: x.shelf.sweep, pack: pack, adopt: o.Adopt, gap: !x.Can().Replace,
			now: time.Now, clock: func() (time.Time, error) { return clock(x.shelf) },
		}, nil
	}
	return &releases{x: x, keep: keep, pack: pack, now: time.Now}, nil
}

// settle finds out the layout of a disk. A target keeps the one it has: the
// server has been told where to look.
func (t Target) settle(x *disk) (Layout, error) {
	if _, err := x.isFolder(StateDir); err != nil {
		return "", err
	}
	var have Layout
	for _, sign := range []struct {
		name   string
		layout Layout
	}{{onShelf(recordFile), LayoutPlain}, {onShelf(pendingFile), LayoutPlain}, {onShelf(recordsDir), LayoutReleases}} {
		switch _, err := x.Lstat(sign.name); {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return "", fmt.Errorf("look at %s: %w", sign.name, err)
		}
		have = sign.layout
		break
	}
	can := x.Can()
	able := can.Replace && can.Link && can.Switch
	switch {
	case have != "" && t.Layout != "" && have != t.Layout:
		return "", &LayoutError{Want: t.Layout, Have: have}
	case have != "":
		return have, nil
	case t.Layout == LayoutReleases && !able:
		return "", &LayoutError{Want: LayoutReleases, Have: LayoutPlain, Why: "the host cannot replace a link in one step"}
	case t.Layout != "":
		return t.Layout, nil
	case able:
		return LayoutReleases, nil
	}
	return LayoutPlain, nil
}

func (r *run) publish(ctx context.Context, tree *Tree) error {
	j, err := r.plan(ctx, tree)
	if err != nil {
		return err
	}
	defer j.close()
	return r.carryOut(ctx, j)
}

// plan makes a plan that can be carried out with the files at hand.
func (r *run) plan(ctx context.Context, tree *Tree) (*job, error) {
	j, err := r.e.plan(ctx, tree)
	if err != nil || tree.Lacks == nil {
		return j, err
	}
	if j.plan.Live != tree.Base && j.plan.Live != tree.ID {
		err = &UnfitError{Base: tree.Base, Live: j.plan.Live}
	}
	for _, i := range j.items {
		if err == nil && j.needed(i) && !i.twin && tree.Lacks(i.Path) {
			err = &UnfitError{Base: tree.Base, Path: i.Path}
		}
	}
	if err != nil {
		j.close()
		return nil, err
	}
	return j, nil
}

// onward fails where a release would come back that nobody asked back.
func (r *run) onward(j *job) error {
	if !r.o.Onward || r.o.Yes || j.plan.Live == "" || j.plan.Live == j.tree.ID {
		return nil
	}
	h, err := r.e.history()
	if err != nil {
		return err
	}
	if slices.ContainsFunc(h.Visits, func(v visit) bool { return v.Release == j.tree.ID }) {
		return &ReturnError{Release: j.tree.ID, Live: j.plan.Live}
	}
	return nil
}

// carryOut does what a plan says.
func (r *run) carryOut(ctx context.Context, j *job) error {
	j.meter, j.barrier, j.held, j.back = r.meter, r.lock.mine, r.lock.held, r.back
	if !r.told {
		r.told = true
		r.res.Plan = *j.plan
		if r.o.Planned != nil {
			if err := r.o.Planned(j.plan); err != nil {
				return err
			}
		}
		if len(j.plan.Redacted) > 0 && j.plan.Live != j.tree.ID && !r.o.Yes {
			return &RedactedError{Release: j.tree.ID, Paths: j.plan.Redacted}
		}
		if err := r.onward(j); err != nil {
			return err
		}
		// Who goes back has a reason, and no time for questions.
		if j.plan.tooMany() && !r.o.Yes && !r.back {
			return &DeletionsError{Delete: j.plan.Delete, Of: j.plan.Change + j.plan.Delete + j.plan.Same}
		}
	}
	if j.nothing() {
		return nil
	}
	sent := r.meter.now()
	r.meter.change(func(p *Progress) {
		p.Phase, p.Of, p.BytesOf = PhaseSend, sent.Files+j.plan.Send, sent.Bytes+j.plan.Bytes
	})
	err := j.barrier() // somebody may have looked at the plan for long
	if err == nil {
		err = r.e.send(ctx, j)
	}
	if err == nil {
		r.meter.phase(PhaseSwitch)
		if err = context.Cause(ctx); err == nil {
			err = r.e.turn(ctx, j)
		}
	}
	if err != nil {
		return &StoppedError{
			Phase: r.meter.now().Phase, Live: j.plan.Live,
			Mixed: j.plan.Layout == LayoutPlain, Err: err,
		}
	}
	r.meter.phase(PhaseClean)
	if err = j.barrier(); err == nil {
		err = r.e.clean(ctx, j)
	}
	if err != nil {
		if errors.Is(err, ErrLost) {
			return err
		}
		r.res.Unclean = err.Error()
	}
	return nil
}
