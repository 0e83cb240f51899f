// Package scaffold lays down a new portal: a folder that builds at once. It
// carries the files in the program and knows nothing of what they mean.
//
//   - Blank is the portal that a clerk starts from: commented files with one
//     report that is to be replaced, and a README for the first five minutes;
//   - Example is the invented portal of 示例区. It shows every page and every
//     component in every state, and tests of other rooms use it as their world.
//     Nothing in it is real: hosts are example.org, telephones are 0000-0000000,
//     there are no names of people, and the official marks of a government site
//     are left out, since even invented ones could be taken for somebody's.
//
// Both get data/schema/, which editors read (see room export). The files in
// schema/ are generated: go test ./site/scaffold -update.
//
// In the commented files a line that starts with ## explains, and a line that
// starts with # holds a key that can be filled: without its “# ” it is YAML. A
// test takes the marks away and loads the rest.
//
// # Internal items of the example
//
// Three items of the example are internal. Every text, file name and heading
// that belongs to them alone holds one of InternalMarks, and nothing else does:
// a file of the site that holds a mark is a leak.
//
// Write never leaves half a portal: it refuses a folder that holds anything,
// and takes away what it has written when it fails.
package scaffold
