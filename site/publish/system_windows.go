package publish

import (
	"errors"

	"golang.org/x/sys/windows"
)

// alive tells whether a process of this machine is running. One that may not
// be asked is.
func alive(process int) bool {
	h, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(process))
	if err != nil {
		return !errors.Is(err, windows.ERROR_INVALID_PARAMETER)
	}
	defer func() { _ = windows.CloseHandle(h) }()
	var code uint32
	const running = 259 // STILL_ACTIVE
	return windows.GetExitCodeProcess(h, &code) != nil || code == running
}
