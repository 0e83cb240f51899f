// Package s3 publishes to storage that speaks S3: Alibaba's OSS, Huawei's OBS,
// MinIO, Amazon's S3 and their like.
//
// It is the one room that knows github.com/minio/minio-go/v7, the smallest kept
// client that all of them accept; signatures are nothing to write oneself.
//
// # What is asked of the storage
//
// As little as possible, because they differ: one PUT for a file, with
// Content-MD5 and the SHA-256 in the signature, so that the storage itself
// refuses what was damaged on the way. No multipart upload, whose ETag is no
// MD5; no aws-chunked encoding, which OSS refuses; no bucket is ever made here:
// its region and who may read it are the owner's decisions.
//
// The ETag tells what is there without reading it. Where it is no MD5 (with
// some kinds of encryption) a file is read back after it was sent, and known
// again by the ETag that it got.
//
// “Only if it is not there” (If-None-Match) keeps two publishers apart where the
// storage knows it; publish also looks who won.
//
// Keys are those of one account and of one prefix. What lies under the prefix
// in StateDir are records; they name files and digests of the public site and
// nothing else, since a bucket may be readable as a whole.
package s3
