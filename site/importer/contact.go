package importer

import (
	"reflect"
	"regexp"
	"slices"
	"strings"

	"rectify/site/model"
)

var (
	phoneForm   = regexp.MustCompile(`(?:[(（]?0\d{2,3}[)）]?\s*[-—–－]?\s*)?\d{7,8}(?:[-—转]\d{1,5})?|\d{3,4}-\d{7,8}|(?:0\d{2,3}-)?12\d{3}(?:-\d)?|1\d{10}`)
	phoneKey    = regexp.MustCompile(`(?:(?:联系|监督|举报|咨询|投诉|服务|值班)?(?:电话|热线)(?:号码)?|联系方式|联系人)\s*(?:为|是)?\s*[:：]?\s*`)
	mailForm    = regexp.MustCompile(`[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]{2,}`)
	addressForm = regexp.MustCompile(`(?:邮政信箱|通[信讯]地址|邮寄地址|来信地址|来访地址|信函地址|联系地址|地\s*址|邮\s*寄)\s*(?:为|是)?\s*[:：]\s*([^；;。\n]{4,80})`)
	nextContact = regexp.MustCompile(`[，,；;\s]*(?:邮编|邮政编码|电子邮箱|电子邮件|电子信箱|邮箱|联系电话|监督电话|电话|传真|联系人|收件人|受理时间)[^一-龥]`)
	hoursForm   = regexp.MustCompile(`(?:受理时间|接听时间|接待时间|办公时间|工作时间)\s*(?:为|是)?\s*[:：]\s*([^；;。\n]{4,50})|[（(](工作日[^；;。）)\n]{3,60})[）)]|(工作日[^；;。，,）)\n]{3,40})`)
	inBrackets  = regexp.MustCompile(`[（(](?:请|信封|来信|注明|邮编|邮政编码|收件人)`)
	takerForm   = regexp.MustCompile(`(?:及时)?(?:向|反馈至|反映至|联系)([^，,。；;：:]{2,24}?)(?:反映|反馈|提出|联系)|(?:反馈至|反馈给|反映至|报送至|送至)([一-龥]{2,24})|(?:受理单位|受理部门|联系单位|联系部门)\s*[:：]\s*([^；;。，,\n]{2,30})`)
	contactWord = regexp.MustCompile(`电话|邮箱|信箱|地址|热线|@`)
)

// contact reads where the public writes and calls, from the end of the report.
// It stays in the text as well.
func (p *parser) contact() {
	c := &model.Contact{}
	for _, part := range p.allParts() {
		if !contactWord.MatchString(part.Text) {
			continue
		}
		contactFrom(part.Text, c)
	}
	if reflect.DeepEqual(c, &model.Contact{}) || len(c.Phones)+len(c.Emails) == 0 && c.Address == "" {
		return
	}
	if p.o.Contact != nil && sameContact(c, p.o.Contact) {
		return
	}
	p.report.Contact = c
}

// halfWidth turns the digits and marks of telephone numbers and addresses of
// mail into those that can be dialled and typed.
var halfWidth = func() *strings.Replacer {
	pairs := []string{"－", "-", "＠", "@"}
	for i := range 10 {
		pairs = append(pairs, string('０'+rune(i)), string('0'+rune(i)))
	}
	return strings.NewReplacer(pairs...)
}()

func contactFrom(text string, c *model.Contact) {
	text = halfWidth.Replace(text)
	keys := phoneKey.FindAllStringIndex(text, -1)
	for k, at := range keys {
		rest := text[at[1]:]
		if k+1 < len(keys) {
			rest = text[at[1]:keys[k+1][0]] // the next key reads on
		}
		if end := strings.IndexAny(rest, "；;。\n"); end >= 0 {
			rest = rest[:end]
		}
		for _, m := range phoneForm.FindAllStringIndex(rest, -1) {
			if m[0] > 30 && len(c.Phones) == 0 {
				break
			}
			addOnce(&c.Phones, rest[m[0]:m[1]])
		}
	}
	for _, m := range mailForm.FindAllString(text, -1) {
		addOnce(&c.Emails, m)
	}
	if m := addressForm.FindStringSubmatch(text); m != nil && c.Address == "" {
		c.Address = strings.TrimRight(strings.TrimSpace(m[1]), "，,")
	}
	if at := inBrackets.FindStringIndex(c.Address); at != nil {
		c.Address = c.Address[:at[0]]
	}
	if at := nextContact.FindStringIndex(c.Address + " "); at != nil && at[0] > 0 {
		c.Address = c.Address[:at[0]]
	}
	if m := hoursForm.FindStringSubmatch(text); m != nil && c.Hours == "" {
		c.Hours = strings.TrimSpace(m[1] + m[2] + m[3])
	}
	if m := takerForm.FindStringSubmatch(text); m != nil && c.Unit == "" && !strings.HasSuffix(m[1], "我们") {
		c.Unit = m[1] + m[2] + m[3]
	}
}

// maxContacts is how many numbers or addresses can be those of a contact; more
// are a directory, which stays in the text.
const maxContacts = 100

func addOnce(list *[]string, text string) {
	if len(*list) < maxContacts && !slices.Contains(*list, text) {
		*list = append(*list, text)
	}
}

// sameContact compares what is said, not where it stands in a file.
func sameContact(a, b *model.Contact) bool {
	return a.Unit == b.Unit && a.Address == b.Address && a.Hours == b.Hours &&
		reflect.DeepEqual(a.Phones, b.Phones) && reflect.DeepEqual(a.Emails, b.Emails)
}
