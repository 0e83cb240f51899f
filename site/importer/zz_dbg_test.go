package importer

import (
	"fmt"
	"os"
	"testing"

	"golang.org/x/tools/txtar"
)

func TestZZ(t *testing.T) {
	name := os.Getenv("DBG")
	if name == "" {
		return
	}
	a, _ := txtar.ParseFile(name)
	if len(a.Files) == 0 {
		data, _ := os.ReadFile(name)
		a.Files = []txtar.File{{Name: name, Data: data}}
	}
	doc, l := Read(a.Files[0].Name, a.Files[0].Data)
	if doc == nil {
		t.Fatal(l)
	}
	fmt.Println(show(Import(doc, Options{ID: "x"})))
}
