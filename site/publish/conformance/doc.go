// Package conformance holds one suite of tests that every target has to pass,
// each against the real thing: a folder, OpenSSH, an S3 server, a package that
// is carried over. It has tests only.
//
// A place (place_test.go) is a target with a way to look at it as a visitor
// does, and as somebody with access to the host. The cases (*_test.go) are
// written for any place. Servers (server_*_test.go) listen on 127.0.0.1, on
// ports that the system picks, and end with the tests: the whole run has a mount
// namespace of its own, for the jail of the SFTP account and for a disk of 4 MB
// that runs full, and all that it started dies with it.
//
// What is needed and cannot be had is said in one sentence, and the test fails:
// a suite that skips proves nothing.
//
// RECTIFY_TEST_ALL=1 runs the long versions: more points of interruption, more
// switches, more rounds.
package conformance
