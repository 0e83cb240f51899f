package check

import (
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"rectify/site/internal/device"
	"rectify/site/model"
	"rectify/site/problem"
)

// fileNames looks at the names of attachments, which become addresses: each has
// to be a name on every system, and no two may be one name on Windows or Mac.
// The forms of all other ids are load's business; they have small letters only,
// so they cannot collide.
func fileNames(s *subject) problem.List {
	var found problem.List
	for _, report := range s.public.Reports {
		first := map[string]*model.Evidence{} // by folded name
		for _, issue := range report.Issues {
			for i := range issue.Evidence {
				e := &issue.Evidence[i]
				if why := badFileName(e.File); why != "" {
					found = append(found, problem.New(problem.BadFileName, e.At("file"), e.File, why))
					continue
				}
				key := folded(e.File)
				switch other := first[key]; {
				case other == nil:
					first[key] = e
				case other.File != e.File:
					found = append(found, problem.New(problem.SameOnWindows, e.At("file"), e.File, other.At("file").String()))
				}
			}
		}
	}
	return found
}

// folded gives what names have in common that are one name on Windows or Mac.
func folded(name string) string { return strings.ToLower(norm.NFC.String(name)) }

// badFileName says why a name below files/ cannot be used, "" if it can.
func badFileName(name string) string {
	if len(name) > 200 {
		return problem.Both("太长(一个汉字算三个,最多 200 个字符)", "it is too long (at most 200 bytes)")
	}
	if strings.Contains(name, `\`) {
		return problem.Both(`文件夹之间用 /,不用 \`, `folders are separated by /, not \`)
	}
	if path.IsAbs(name) || path.Clean(name) != name {
		return problem.Both("只写 files/ 以下的名字,不带 / 开头、.. 和多余的 /", "give the name below files/, without a leading /, .. or an extra /")
	}
	for part := range strings.SplitSeq(name, "/") {
		switch {
		case part == "..":
			return problem.Both("附件要放在本通报的 files/ 里", "attachments lie in the report's folder files/")
		case strings.ContainsAny(part, `<>:"|?*`) || strings.ContainsFunc(part, unicode.IsControl):
			return problem.Both(`含有 < > : " | ? * 之一`, `it holds one of < > : " | ? *`)
		case device.Is(part):
			return problem.Both("它在 Windows 上是设备名", "it names a device on Windows")
		case strings.HasPrefix(part, "."), strings.HasPrefix(part, "~$"):
			return problem.Both("以 . 或 ~$ 开头的是隐藏文件或临时文件", "names that start with . or ~$ are of hidden or temporary files")
		case strings.HasSuffix(part, "."), strings.HasSuffix(part, " "), strings.HasPrefix(part, " "):
			return problem.Both("开头是空格,或结尾是空格、句点", "it starts with a space, or ends with a space or a full stop")
		}
	}
	return ""
}
