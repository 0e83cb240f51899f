package importer

import (
	"strings"
	"testing"
)

func TestALineOfRoleWordsIsToldFromASentence(t *testing.T) {
	for text, want := range map[string]bool{
		"责任领导副局长张某，责任科室防汛办":         true,
		"责任领导：王某":                   false, // a key with its colon
		"责任单位落实主体责任，责任人签订承诺书。":      false,
		"责任领导未带头整改，责任科室工作滞后":        false,
		"责任科室财务科":                   false,
		"牵头单位县水利局；配合单位县财政局、各乡镇人民政府": true,
	} {
		if got := isOwnersLine(text); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
}

func TestMarksBehindNamesSayTheirRoles(t *testing.T) {
	short := map[keyKind]string{keyLead: "+", keyCo: "-", keySupervisor: "!"}
	for text, want := range map[string]string{
		"甲局（牵头）；乙局、丙局（配合）": "+甲局 -乙局 -丙局",
		"甲局（牵头）、乙局":        "+甲局 +乙局",
		"甲局、乙局（配合）":        "+甲局 -乙局",
		"甲局，乙局、丙局（协办）":     "+甲局 -乙局 -丙局",
		"甲局牵头，乙局配合":        "+甲局 -乙局",
		"甲局（主责），乙局（督导）":    "+甲局 !乙局",
		"各县（市、区）政府、甲局":     "+各县（市、区）政府 +甲局",
	} {
		var got []string
		for _, r := range roles(text, keyLead) {
			got = append(got, short[r.kind]+text[r.name.from:r.name.to])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", text, got, want)
		}
	}
}
