// Package sign signs what was released and checks such signatures. There is
// one key, an Ed25519 key in the file format of OpenSSH, and it signs in three
// forms, so that people can check with the tool that they have:
//
//	.minisig   minisign, with the key of minisign's form (aead.dev/minisign)
//	.sig       ssh-keygen -Y verify, in the namespace rectify-release (github.com/hiddeco/sshsig)
//	note       the checkpoint of the release log (golang.org/x/mod/sumdb/note, C2SP signed-note)
//
// One key is one thing to guard, to lose, and to print on paper. That it is
// used three times is safe because no form can be mistaken for another: an ssh
// signature is over data that begins with SSHSIG, a minisign signature over a
// BLAKE2b digest of 64 bytes, or over 64 bytes of signature and a comment, and
// a note over text whose first line is the name of the log, which NewOrigin
// keeps from beginning with SSHSIG.
//
// All of it is deterministic: the same release signed twice is the same bytes.
//
// What the room must not do: read or write a file, know where keys lie, or
// decide whom to trust. Callers hand it the keys that they trust.
package sign
