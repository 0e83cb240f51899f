package export

import (
	"reflect"

	"rectify/site/internal/device"
	"rectify/site/model"
)

// scalar describes a checked type of model. form says in words how a value is
// written.
type scalar struct {
	schema schema
	form   string
}

// scalars lists the checked types. Patterns hold for texts and bounds for
// numbers only, so a type that may be written as both gives both.
var scalars = map[reflect.Type]scalar{
	reflect.TypeFor[model.Date](): {
		schema{Type: "string", Pattern: `^` + datePattern + `$`, Format: "date"},
		"写成 2024-02-20",
	},
	reflect.TypeFor[model.Period](): {
		schema{
			Type: textOrNumber, Pattern: `^[0-9]{4}(-` + monthPattern + `(-` + dayPattern + `)?)?$`,
			Minimum: bound(1000), Maximum: bound(9999),
		},
		"写成 2025-02-01、2025-02 或 2025",
	},
	reflect.TypeFor[model.Minute](): {
		schema{Type: "string", Pattern: `^` + datePattern + `( ([01][0-9]|2[0-3]):[0-5][0-9])?$`},
		"写成 2024-11-08 14:43",
	},
	reflect.TypeFor[model.IssueID](): {
		schema{Type: numberOrText, Pattern: `^[1-9][0-9]{5}$`, Minimum: bound(100000), Maximum: bound(999999)},
		"六位数字，不以 0 开头",
	},
	reflect.TypeFor[model.Slug](): {
		schema{
			Type: textOrNumber, Pattern: `^[a-z0-9][a-z0-9-]{0,63}$`, Minimum: bound(0),
			Not: &schema{Type: "string", Pattern: `^(index|` + device.Names + `)$`},
		},
		"只用小写字母、数字、连字符",
	},
	reflect.TypeFor[model.WebURL](): {
		schema{Type: "string", Pattern: `^https?://[^/?#\s]+([/?#]\S*)?$`},
		"写成以 https:// 开头的完整网址",
	},
	reflect.TypeFor[model.BaseURL](): {
		schema{Type: "string", Pattern: `^https?://[^/?#@\s]+(/[^/?#\s]+)*/?$`},
		"写成以 https:// 开头的完整网址，不带 ? 和 #",
	},
	reflect.TypeFor[model.Colour](): {
		schema{Type: textOrNumber, Pattern: `^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`, Minimum: bound(0), Maximum: bound(999999)},
		"写成六位十六进制数，如 8c1a1e，前面不用写 #",
	},
	reflect.TypeFor[model.Days](): {
		schema{Type: numberOrText, Pattern: `^[0-9]{1,5}$`, Minimum: bound(0), Maximum: bound(36500)},
		"写成整数",
	},
	reflect.TypeFor[model.StatusCode]():   {codes(model.StatusCodes(), statusWord), ""},
	reflect.TypeFor[model.DeadlineKind](): {codes(model.DeadlineKinds(), nil), ""},
	reflect.TypeFor[model.Visibility]():   {codes(model.Visibilities(), nil), ""},
	reflect.TypeFor[model.Language]():     {codes(model.Languages(), nil), ""},
	reflect.TypeFor[model.Counted]():      {codes(model.Countable(), nil), ""},
}

const (
	monthPattern = `(0[1-9]|1[0-2])`
	dayPattern   = `(0[1-9]|[12][0-9]|3[01])`
	datePattern  = `[0-9]{4}-` + monthPattern + `-` + dayPattern
)

// The first type of a list is the one that editors offer.
var (
	textOrNumber = []string{"string", "integer"}
	numberOrText = []string{"integer", "string"}
	anyText      = []string{"string", "number", "boolean"}
)

// ranges are the bounds of whole numbers, by field; all others count from 1.
var ranges = map[string][2]*int{
	"Portal.Format": {bound(1), bound(model.Format)},
	"Declared.N":    {bound(0), nil},
}

func bound(n int) *int { return &n }

// codes describes a list of codes; word names each where the words are known.
func codes[T ~string](known []T, word func(T) string) schema {
	var s schema
	for _, code := range known {
		s.Enum = append(s.Enum, string(code))
		if word != nil {
			s.EnumDescriptions = append(s.EnumDescriptions, word(code))
		}
	}
	return s
}

func statusWord(code model.StatusCode) string { return code.Word(model.SimplifiedChinese) }
