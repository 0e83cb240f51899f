package publish

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// workers is how many files are on their way at once. A link is used well when
// nobody waits for the answer of the far end.
const workers = 16

// questions is how many short requests (a link, a folder, a removal) are on their
// way at once on a disk: they carry nothing, so it is the way to the host and back
// that they cost, and ten thousand links are a minute less at once than in turn.
const questions = 64

// ask is each for short requests.
func ask[T any](ctx context.Context, list []T, do func(T) error) error {
	return eachOf(ctx, list, questions, do)
}

// each does something for every one of a list, several at once, and gives the
// first error. It starts nothing after ctx is done or something failed.
func each[T any](ctx context.Context, list []T, do func(T) error) error {
	return eachOf(ctx, list, workers, do)
}

func eachOf[T any](ctx context.Context, list []T, at int, do func(T) error) error {
	group, going := errgroup.WithContext(ctx)
	group.SetLimit(at)
	for _, one := range list {
		if going.Err() != nil {
			break
		}
		group.Go(func() error {
			if going.Err() != nil {
				return nil
			}
			return do(one)
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return context.Cause(ctx)
}
