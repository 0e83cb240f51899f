// Package sftp publishes over SFTP: to an account on the host, which needs
// nothing but OpenSSH's internal-sftp.
//
// It is the one room that knows github.com/pkg/sftp and golang.org/x/crypto/ssh,
// the libraries that restic and rclone use for the same; SSH is nothing to write
// oneself.
//
// # The host's key
//
// A host is believed to be itself by its key alone. The key is given in the
// configuration, or stands in a known_hosts file. One that is not known is
// refused with its fingerprint, to be compared with what the administrator says
// on another way; one that has changed is refused always. Nothing is ever
// learned silently.
//
// # What servers differ in
//
// SFTP version 3 cannot replace a file by renaming and knows no hard links.
// OpenSSH adds both as extensions, which an administrator may have turned off
// (sftp-server -P): then the target has the plain layout, and a page is nobody's
// for a moment while it is replaced.
//
// Version 3 also has one answer, “failure”, for a full disk, an exceeded quota
// and a name that is taken. So after a failure the room looks: is there
// something under that name, how much room does StatVFS report?
//
// It counts time in seconds, so a file that was just written could be written once
// more and look the same. What is sent therefore gets a date shortly before the
// publication; where a server refuses that, such files are read by the next one.
//
// Requests are written without waiting for the answers to earlier ones, so the
// time for a thousand files is not a thousand times the way to the host.
package sftp
