package check

import (
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// statuses asks every status for its grounds: the sentence that says so and the
// day that it holds for, which may be the report's. A status is a statement
// about somebody; the program never infers one.
func statuses(s *subject) problem.List {
	var found problem.List
	for _, report := range s.public.Reports {
		for _, issue := range report.Issues {
			status := &issue.Status
			if issue.Status.Code != model.NotStated {
				var missing []string
				if status.Basis == "" {
					missing = append(missing, "basis")
				}
				if status.AsOf == "" && report.AsOf == "" {
					missing = append(missing, "as_of")
				}
				if len(missing) > 0 {
					found = append(found, problem.New(problem.StatusNeedsBasis, status.At("code"), named(status.Code), strings.Join(missing, "、")))
				}
			}
			if means := printedStatus(status.Printed); status.Printed != "" && means != status.Code &&
				(means != "" || status.Code == model.NotStated) {
				found = append(found, problem.New(problem.StatusDiffers, status.At("printed"), short(status.Printed), named(status.Code)))
			}
		}
	}
	return found
}

// named gives a code with its word, in both languages.
func named(code model.StatusCode) string {
	return problem.Both(
		string(code)+" "+code.Word(model.SimplifiedChinese),
		string(code)+" ("+code.Word(model.EnglishInterface)+")",
	)
}

// printedStatus gives the code that printed words plainly stand for, "" for
// words that mean different things in different places.
func printedStatus(words string) model.StatusCode {
	switch strings.Trim(words, " \u3000。.“”()\uff08\uff09") {
	case "已完成", "完成", "已完成整改", "整改完成", "已整改", "已整改到位", "已办结", "已销号":
		return model.Done
	case "基本完成", "基本完成整改":
		return model.BasicallyDone
	case "正在整改", "整改中", "正在推进":
		return model.InProgress
	case "长期坚持":
		return model.LongTerm
	case "未完成", "未整改", "尚未完成", "未完成整改":
		return model.NotDone
	case "未按期完成", "逾期", "逾期未完成":
		return model.Overdue
	case "未注明":
		return model.NotStated
	}
	return ""
}
