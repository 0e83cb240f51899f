// Package search makes the index that the search in the browser reads.
package search
