package load
import ("testing";"fmt";"context";"time";"strings";"github.com/spf13/afero")
func TestZ(t *testing.T){
 N:=maxSize-100
 for name,s:=range map[string]string{
  "flow":"keywords: ["+strings.Repeat("a,",N/2)+"a]",
  "flowcn":"keywords: ["+strings.Repeat("一,",N/4)+"a]",
  "alias":"a: &a [x]\nb: ["+strings.Repeat("*a,",N/3-10)+"a]",
  "keys":strings.Repeat("a: b\n",N/5),
  "longkey":strings.Repeat("a",1000)+": b\n",
  "flowkeys":"contact: {"+strings.Repeat("a: b,",N/5-4)+"}",
  "badflow":"keywords: ["+strings.Repeat("a,\n",N/32),
  "brackets":"a: "+strings.Repeat("[",N/16),
  "quotes":strings.Repeat("a: \"x\n y\"\n",20000)+"  b",
  "comments":strings.Repeat("unit: a # b\n",N/12),
  "unicode": "name: "+strings.Repeat("\u2028",N/3),
 }{
  mem:=afero.NewMemMapFs(); write(t,mem,"data/portal.yaml",s)
  st:=time.Now(); _,l:=Load(context.Background(),mem,"data"); fmt.Println(name,time.Since(st),len(l))
 }
 for name,s:=range map[string]string{
  "b":"# a\n"+strings.Repeat("<b>",N/3), "quote":strings.Repeat(">",N/40),"br":strings.Repeat("[",N/40),"brp":strings.Repeat("[a](",N/160),"star":"# a\n"+strings.Repeat("*a **b ",N/70),"li":strings.Repeat("- ",N/80),"tick":strings.Repeat("`a``b",N/50),"cm":"# a\n"+strings.Repeat("<!-- a -->",N/10),"cmo":"# a\nx "+strings.Repeat("<!-- a",N/60),"tbl":"# a\n|"+strings.Repeat("a|",N/20)+"\n|"+strings.Repeat("-|",N/20)+"\n"+strings.Repeat("|a\n",1000), "heads": "# a\n"+strings.Repeat("## x\n",N/50),"lt":"# a\n"+strings.Repeat("a<",N/20),
 }{
  mem:=afero.NewMemMapFs(); write(t,mem,"data/portal.yaml","format: 1\nname: a\nunit: b\n"); write(t,mem,"data/pages/a.md",s)
  st:=time.Now(); _,l:=Load(context.Background(),mem,"data"); fmt.Println(name,len(s),time.Since(st),len(l))
 }
}
