// Package sums writes and reads lists of digests in the form of sha256sum, which
// people have everywhere: “sha256sum -c” checks them.
//
// What the room must not do: read a file, or judge what does not fit.
package sums
