//go:build slow

package search

import "testing"

func TestEveryTrueSubstringOfTenThousandIsFound(t *testing.T) {
	newWorld(t, synthetic(t, 10000)).check(t, 700)
}
