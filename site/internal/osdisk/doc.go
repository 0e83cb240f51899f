// Package osdisk holds the few things that the rooms which write to a disk need
// of the operating system and that Go does not offer: a lock that ends with its
// process, the sync of a folder, and the names of errors.
package osdisk
