package publish

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"text/template"
)

//go:embed nginx.conf.tmpl
var nginxText string

var nginxTemplate = template.Must(template.New("nginx").Funcs(template.FuncMap{"word": word}).Parse(nginxText))

// Nginx describes the server block that NginxConfig writes.
type Nginx struct {
	Root string // the folder that holds index.html: “current” where the layout is LayoutReleases
	Path string // the address below the host's name, "/" or "/zg/"
	Name string // the host's name, "_" for any
	Port int

	// Policy is the content security policy that the pages also name
	// themselves.
	Policy string
}

// NginxError says that a value would mean something else to nginx.
type NginxError struct {
	What  string // "root", "path" or "name"
	Value string
}

func (e *NginxError) Error() string {
	return fmt.Sprintf("the %s %q cannot stand in a configuration of nginx", e.What, e.Value)
}

var (
	nginxPath = regexp.MustCompile(`^(/[A-Za-z0-9._~-]+)*/$`)
	nginxName = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

	// A dollar begins a variable, also within quotes. Windows has its paths begin
	// with a drive.
	nginxRoot = regexp.MustCompile(`^([A-Za-z]:)?/[^"$\\\x00-\x1f\x7f]*$`)

	// nginxWord is what needs no quotes.
	nginxWord = regexp.MustCompile(`^[^\s"'{};#]*$`)

	nginxPolicy = regexp.MustCompile(`^[a-z0-9 ':;./-]+$`)
)

// NginxConfig writes a server block for a portal. It refuses values that would
// mean something else to nginx with a *NginxError.
func NginxConfig(n Nginx) (string, error) {
	n.Root = strings.TrimRight(n.Root, "/")
	for _, value := range []struct {
		what, text string
		form       *regexp.Regexp
	}{{"path", n.Path, nginxPath}, {"name", n.Name, nginxName}, {"root", n.Root, nginxRoot}, {"policy", n.Policy, nginxPolicy}} {
		if !value.form.MatchString(value.text) {
			return "", &NginxError{What: value.what, Value: value.text}
		}
	}
	var b strings.Builder
	err := nginxTemplate.Execute(&b, struct {
		Nginx
		Bare string
	}{n, strings.TrimRight(n.Path, "/")})
	return b.String(), err
}

// word is a value as nginx takes it, in quotes where it needs them.
func word(text string) string {
	if nginxWord.MatchString(text) {
		return text
	}
	return `"` + text + `"`
}
