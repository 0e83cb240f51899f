package check

import (
	"context"
	"strings"
	"testing"

	"rectify/site/load"
	"rectify/site/problem"
)

// The numbers are invented; their check digits are right where it says so.
func TestNumbersAreToldFromOtherNumbers(t *testing.T) {
	tests := []struct {
		text string
		want problem.Code
	}{
		{"身份证11010519491231002X", problem.IDNumber},
		{"11010519491231002x。", problem.IDNumber},
		{"11010519491231002Xu", ""}, // a name goes on
		{"110105194912310021", ""},  // wrong check digit
		{"991010519491231002X", ""}, // no province
		{"110105 19491231 002X", problem.IDNumber},
		{"1101051949-1231-002X", problem.IDNumber},
		{"1101052949123100" + "24", ""}, // born in 2949
		{"91120116MA05XXXX0X", ""},      // of an enterprise
		{"2024-11-08 14:43", ""},
		{"20241108144300123", ""},
		{"13812345678", problem.MobileNumber},
		{"电话:13812345678,", problem.MobileNumber},
		{"(13812345678/13912345678)", problem.MobileNumber},
		{"+86-138-1234-5678", problem.MobileNumber},
		{"008613812345678", problem.MobileNumber},
		{"013812345678", problem.MobileNumber},
		{"１３８１２３４５６７８", problem.MobileNumber},
		{"138\u00a01234\u00a05678", problem.MobileNumber},
		{"138 1234 5678 2024-01-01", problem.MobileNumber},
		{"12812345678", ""},
		{"138123456789", ""},
		{"13812345678元", ""},
		{"¥13812345678", ""},
		{"13812345678.50", ""},
		{"0.13812345678", ""},
		{"第13812345678号", ""},
		{"id_13812345678", ""},
		{"sha13812345678ab", ""},
		{"https://example.org/t13812345678.html", ""},
		{"13,812,345,678", ""},
		{"1-3-8-1-2-3-4-5-6-7-8", ""},
		{"15 2024 12345", ""},
		{"022-65309718", ""},
		{"6222020200112233446", problem.BankCard},
		{"6222 0202 0011 2233 446", problem.BankCard},
		{"4000 0000 0000 0002", problem.BankCard},
		{"400000 0000000002", ""},
		{"6222020200112233445", ""},
		{"7222020200112233446", ""},
		{"110105491231003", problem.OldIDNumber},
		{"110105491331003", ""}, // no such month
		{"120116000123017", ""}, // a business licence
		{"zhang.san@example.com", problem.EmailAddress},
		{"ＺＨ＠example.com", ""},
		{"zh＠example.com", problem.EmailAddress},
		{"@example.com", ""},
		{"a@b", ""},
		{"参见@张三", ""},
	}
	for _, test := range tests {
		c := scanner{}
		c.scan(value{text: test.text}, true, false, false)
		var got problem.Code
		for _, h := range c.hits {
			if got = h.code; h.raw == "" || !strings.Contains(test.text, h.raw) {
				t.Errorf("%s: raw is %q", test.text, h.raw)
			}
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.text, got, test.want)
		}
	}
}

func TestNumbersOfTheContactMayStandAnywhere(t *testing.T) {
	known := map[string]bool{phoneKey("+86 138-1234-5678"): true, "jubao@example.org": true}
	c := scanner{known: known}
	c.scan(value{text: "拨打13812345678或写信给Jubao@example.org"}, true, false, false)
	if len(c.hits) > 0 {
		t.Errorf("got %+v", c.hits)
	}
}

// Neither a message nor the line that is shown with it may carry the number on.
func TestNoMessageShowsAWholeNumber(t *testing.T) {
	numbers := []string{"9491231002", "1234567", "1234 567", "1234-567", "234-5678", "0011223344", "0000 0000", "zhangsan", "０５１９４９", "１２３４５６"}
	for _, name := range []string{"D054-id-number", "D055-old-id-number", "D056-mobile-number", "D057-bank-card", "D058-email-address"} {
		w := openWorld(t, name)
		shown := strings.ReplaceAll(report(w.run(t)), "6222020200112233445", "") // which is no card
		for _, number := range numbers {
			if strings.Contains(shown, number) {
				t.Errorf("%s shows %s", name, number)
			}
		}
	}
}

func TestAnotherProblemInTheLineDoesNotShowTheNumber(t *testing.T) {
	w := openWorld(t, "D065-evidence-author")
	w.write(t, "data/reports/demo/issues/b.yaml", []byte("id: 200002\ntitle: 问题\nevidence: [{file: 张某13812345678.pdf, title: 表格(一}]\n"))
	list := w.run(t)
	if len(list) < 4 || strings.Contains(report(list), "1234") {
		t.Errorf("got\n%s", report(list))
	}
}

func TestWithoutFilesNoLineIsShownThatHoldsANumber(t *testing.T) {
	w := openWorld(t, "D056-mobile-number")
	portal, _ := load.Load(context.Background(), w.fs, "data")
	for _, p := range Run(portal, Options{}) {
		if p.Code == problem.MobileNumber && (p.Place.Line > 0 || p.Place.File == "") {
			t.Errorf("place %s", p.Place)
		}
	}
}
