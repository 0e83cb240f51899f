package export
import ("testing";"runtime";"fmt";"io";"time";"github.com/spf13/afero";"rectify/site/internal/synth";"sync/atomic")
func TestZZ(t *testing.T){
 fs:=afero.NewMemMapFs(); synth.Write(fs,100000,1); p:=loaded(t,fs); fs=nil
 e:=exporter(p,base)
 runtime.GC(); var m runtime.MemStats; runtime.ReadMemStats(&m); b0:=m.HeapAlloc
 fmt.Println("base MB",b0>>20)
 var peak atomic.Uint64; stop:=make(chan int)
 go func(){ for{ select{case <-stop:return; default:}; var m runtime.MemStats; runtime.ReadMemStats(&m); if m.HeapAlloc>peak.Load(){peak.Store(m.HeapAlloc)}; time.Sleep(30*time.Millisecond)}}()
 all:=time.Now()
 for f:=range e.Files(){ s:=time.Now(); peak.Store(0); runtime.GC(); n,err:=f.WriteTo(io.Discard); if err!=nil{t.Fatal(err)}; if d:=time.Since(s); d>300*time.Millisecond||n>1e7{fmt.Println(f.Path,n>>20,"MB",d,"peak+",(int64(peak.Load())-int64(b0))>>20)} }
 fmt.Println("all",time.Since(all)); close(stop)
}
