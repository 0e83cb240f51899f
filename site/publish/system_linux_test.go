package publish

import (
	"os"
	"os/exec"
	"testing"

	"golang.org/x/sys/unix"
)

func TestAPublisherThatWasKilledIsDeadBeforeItsParentAsks(t *testing.T) {
	child := exec.Command("sleep", "60")
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	process := child.Process.Pid
	if !alive(process) || !alive(os.Getpid()) {
		t.Error("what runs is not alive")
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	// Until it has ended, but without taking it away: what is left is a zombie.
	if err := unix.Waitid(unix.P_PID, process, nil, unix.WEXITED|unix.WNOWAIT, nil); err != nil {
		t.Fatal(err)
	}
	if alive(process) {
		t.Error("what was killed is alive")
	}
	_ = child.Wait() // it was killed
	if alive(process) {
		t.Error("what is gone is alive")
	}
}
