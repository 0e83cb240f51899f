package site

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/model"
)

func TestNewKeyFollowsTheOldOneAndAllElseStays(t *testing.T) {
	first, second := key(t, 1).Public().SSH(), key(t, 2).Public().SSH()
	k := model.TrustedKey{Name: "新", Public: model.PublicKey(second), From: "2026-02-01"}
	added := "  - name: \"新\"\n    public: " + second + "\n    from: 2026-02-01\n"
	for _, test := range []struct {
		what, text, want string
		replace          bool
	}{
		{"none yet", "", trustHead + added, false},
		{
			"one in force", "# 示例\nkeys:\n  # 示例\n  - name: 旧\n    public: " + first + "\n    from: 2026-01-01\n    note: 示例\n",
			"# 示例\nkeys:\n  # 示例\n  - name: 旧\n    public: " + first + "\n    until: 2026-02-01\n    from: 2026-01-01\n    note: 示例\n" + added, true,
		},
		{
			"the key first", "keys:\n  - public: " + first + "\n    name: 旧\n    from: 2026-01-01",
			"keys:\n  - public: " + first + "\n    until: 2026-02-01\n    name: 旧\n    from: 2026-01-01\n" + added, true,
		},
		{
			"beside another", "keys:\n  - name: 旧\n    public: " + first + "\n    from: 2026-01-01\n",
			"keys:\n  - name: 旧\n    public: " + first + "\n    from: 2026-01-01\n" + added, false,
		},
		{
			"one that has ended", "keys:\n  - name: 旧\n    public: " + first + "\n    from: 2026-01-01\n    until: 2026-01-31\n",
			"keys:\n  - name: 旧\n    public: " + first + "\n    from: 2026-01-01\n    until: 2026-01-31\n" + added, true,
		},
		{"in another form", "keys: [{name: 旧, public: " + first + ", from: 2026-01-01}]\n", "", true},
		{
			"indented otherwise", "keys:\n- name: 旧\n  public: " + first + "\n  from: 2026-01-01\n",
			"keys:\n- name: 旧\n  public: " + first + "\n  until: 2026-02-01\n  from: 2026-01-01\n- name: \"新\"\n  public: " + second + "\n  from: 2026-02-01\n", true,
		},
	} {
		t.Run(test.what, func(t *testing.T) {
			dir := t.TempDir()
			name := filepath.Join(dir, "data/trust.yaml")
			if err := os.Mkdir(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if test.text != "" {
				if err := os.WriteFile(name, []byte(test.text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			err := EnterKey(dir, k, test.replace)
			if test.want == "" && !errors.Is(err, ErrByHand) || test.want != "" && err != nil {
				t.Errorf("got %v", err)
			}
			got, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want := test.want
			if want == "" {
				want = test.text
			}
			if diff := cmp.Diff(want, string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
