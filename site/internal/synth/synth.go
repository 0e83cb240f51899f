// Package synth makes portals of any size for tests and benchmarks. Everything
// in them is invented and says so: the unit is 示例局 of 示例区, and each title
// carries its serial number. The same seed gives the same portal.
package synth

import (
	"fmt"
	"math"
	"math/rand/v2"
	"path"
	"strings"

	"github.com/spf13/afero"
)

// Dir is the folder of the data that Write makes.
const Dir = "data"

// shape is how the issues of a portal are spread.
type shape struct {
	perReport int // issues of a report
	perUnit   int // reports of a unit; 0 for a single unit
}

var (
	office   = shape{perReport: 500}
	province = shape{perReport: 50, perUnit: 2}
)

// perSection is how many of them stand under one heading.
const perSection = 10

// names are invented, of two characters each.
var names = func() []string {
	random := rand.New(rand.NewPCG(1, 1))
	letters := []rune(characters)
	out := make([]string, 3000)
	for i := range out {
		out[i] = string([]rune{letters[random.IntN(len(letters))], letters[random.IntN(len(letters))]})
	}
	return out
}()

var ordinal = []string{"一是", "二是", "三是", "四是"}

// Write makes the portal of one unit, of n issues, under the folder Dir of fs.
func Write(fs afero.Fs, n int, seed uint64) error { return write(fs, n, seed, office) }

// WriteProvince makes the portal of many units, each with the reports of a few
// rounds of inspection: as many issues as Write, with what grows beside them.
func WriteProvince(fs afero.Fs, n int, seed uint64) error { return write(fs, n, seed, province) }

func write(fs afero.Fs, n int, seed uint64, shape shape) error {
	w := writer{fs: fs, random: rand.New(rand.NewPCG(seed, uint64(n))), shape: shape}
	w.file("portal.yaml", "format: 1\nname: 示例公开\nunit: 示例区示例局\ndescription: 虚构的示例门户\ncontact:\n  unit: 示例局办公室\n  phones: [0000-0000000]\n")
	w.file("pages/about.md", "# 关于示例\n\n本站内容全部虚构。\n")
	for first := 0; first < n; first += shape.perReport {
		w.report(first/shape.perReport+1, first, min(first+shape.perReport, n))
	}
	return w.err
}

type writer struct {
	fs     afero.Fs
	random *rand.Rand
	shape  shape
	err    error
}

func (w *writer) file(name, text string) {
	name = path.Join(Dir, name)
	if w.err == nil {
		w.err = w.fs.MkdirAll(path.Dir(name), 0o755)
	}
	if w.err == nil {
		w.err = afero.WriteFile(w.fs, name, []byte(text), 0o644)
	}
}

// pick takes the first words most often.
func (w *writer) pick(words []string) string {
	u := w.random.Float64()
	return words[int(u*math.Sqrt(u)*float64(len(words)))]
}

// noun is now and then two characters that no other word joins: texts that
// people write are full of names and rare words too.
func (w *writer) noun() string {
	if w.random.IntN(8) < 3 {
		return w.pick(nouns)
	}
	return names[w.random.IntN(len(names))] + w.pick(kinds)
}

// clause is a few invented words.
func (w *writer) clause() string {
	switch w.random.IntN(16) {
	case 0:
		return w.pick(manners) + w.pick(verbs) + "《" + w.pick(works) + "》"
	case 1:
		return "共" + w.pick(verbs) + w.noun() + w.amount()
	case 2:
		return w.pick(verbs) + w.pick(rare) + w.noun()
	case 3:
		return w.noun() + w.pick(faults) + "的" + w.noun() + w.pick(verbs) + "完毕"
	case 4:
		return fmt.Sprintf("于%d年%d月%d日", 2021+w.random.IntN(5), 1+w.random.IntN(12), 1+w.random.IntN(28)) + w.pick(verbs) + w.noun()
	case 5, 6, 7:
		return w.pick(verbs) + w.noun() + "、" + w.noun()
	}
	return w.pick(manners) + w.pick(verbs) + w.noun() + w.noun()
}

func (w *writer) amount() string {
	switch w.random.IntN(3) {
	case 0:
		return fmt.Sprintf("%d.%02d万元", w.random.IntN(200), w.random.IntN(100))
	case 1:
		return fmt.Sprintf("%d次", 1+w.random.IntN(40))
	}
	return fmt.Sprintf("%d项", 1+w.random.IntN(300))
}

// sentence is an invented sentence of a few clauses.
func (w *writer) sentence() string {
	var b strings.Builder
	for i := range 2 + w.random.IntN(6) {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString(w.clause())
	}
	return b.String() + "。"
}

func (w *writer) report(serial, from, to int) {
	dir := fmt.Sprintf("reports/demo-%03d", serial)
	unit, facts := "示例局", ""
	if w.shape.perUnit > 0 {
		unit = fmt.Sprintf("示例第%d局", (serial-1)/w.shape.perUnit+1)
		round := (serial-1)%w.shape.perUnit + 1
		facts = fmt.Sprintf("inspection: {round: 示例第%d轮, kind: 示例巡察, start: %d-03-01, end: %d-05-31}\n", round, 2020+round, 2020+round)
	}
	var outline, source strings.Builder
	title := fmt.Sprintf("示例局关于第%d次示例巡察整改情况的通报(虚构)", serial)
	source.WriteString(title + "\n")
	paragraph := 1
	for i := from; i < to; i++ {
		if (i-from)%perSection == 0 {
			number := (i-from)/perSection + 1
			fmt.Fprintf(&outline, "  - id: s%d\n    label: (%d)\n    title: 示例方面%d%s%s\n    issues:\n", number, number, number, w.noun(), w.pick(faults))
		}
		id := 100000 + i
		fmt.Fprintf(&outline, "      - %d\n", id)
		paragraph = w.issue(fmt.Sprintf("%s/issues/%d.yaml", dir, id), id, i+1, paragraph, &source)
	}
	w.file(dir+"/report.yaml", fmt.Sprintf(
		"title: %s\nunit: %s\n%spublished_at: 2025-03-%02d 09:00\nsigned_on: 2025-03-01\nas_of: 2025-03-01\noutline:\n%s",
		title, unit, facts, serial%28+1, outline.String(),
	))
	w.file(dir+"/source.txt", source.String())
}

// issue writes one issue and its paragraphs of the source; it returns the
// number of the last of them.
func (w *writer) issue(name string, id, serial, paragraph int, source *strings.Builder) int {
	var b strings.Builder
	title := fmt.Sprintf("示例%s%s%s(第%d项)", w.noun(), w.pick(verbs), w.pick(faults), serial)
	fmt.Fprintf(&b, "id: %d\nlabel: (%d)\nlead: 针对\ntitle: %s\nmeasures:\n", id, serial%perSection+1, title)
	fmt.Fprintf(source, "(%d)针对“%s”的问题。\n", serial%perSection+1, title)
	first := paragraph + 1
	paragraph = first
	promise := ""
	for m := range 1 + w.random.IntN(len(ordinal)) {
		lead := w.pick(manners) + w.pick(verbs) + w.noun() + "。"
		text := w.sentence() + w.sentence()
		fmt.Fprintf(&b, "  - label: %s\n    title: %s\n    text: |-\n      %s\n", ordinal[m], lead, text)
		fmt.Fprintf(source, "%s%s%s\n", ordinal[m], lead, text)
		paragraph++
		if m == 0 {
			promise = lead
		}
	}
	if w.random.IntN(4) > 0 {
		s := statuses[w.random.IntN(len(statuses))]
		fmt.Fprintf(&b, "status: {code: %s, printed: %s, basis: 示例依据%s}\n", s[0], s[1], s[1])
		fmt.Fprintf(&b, "owners: {lead_units: [%s]}\n", w.pick(units))
	}
	if w.random.IntN(10) == 0 {
		fmt.Fprintf(&b, "follow_ups:\n  - due: 2025-%02d-01\n    text: %s\n    measure: 1\n", 1+w.random.IntN(12), promise)
	}
	b.WriteString("source: {paragraphs: [")
	for n := first; n <= paragraph; n++ {
		if n > first {
			b.WriteString(", ")
		}
		fmt.Fprint(&b, n)
	}
	b.WriteString("]}\n")
	w.file(name, b.String())
	return paragraph
}
