// Command rectify turns data files about rectification items into a searchable
// static site. Run “rectify help” for its commands.
//
// main.go starts it, command.go holds the table of commands, the flags that
// all share and the one place where errors become words and exit codes; each
// command is a file cmd_<verb>.go with an options struct, its flags and a
// function that tests call. Results go to standard output, everything said on
// the way to standard error.
package main
