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

var nginxTemplate = template.Must(template.New("nginx").Parse(nginxText))

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

var (
	nginxPath = regexp.MustCompile(`^(/[A-Za-z0-9._~-]+)*/$`)
	nginxName = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

	// A space, a quote or a variable would need quotes in the configuration.
	nginxRoot = regexp.MustCompile(`^/[^\s"'$;{}\\]*$`)

	nginxPolicy = regexp.MustCompile(`^[a-z0-9 ':;./-]+$`)
)

// NginxConfig writes a server block for a portal. It refuses values that would
// mean something else to nginx.
func NginxConfig(n Nginx) (string, error) {
	n.Root = strings.TrimRight(n.Root, "/")
	for _, value := range []struct {
		text string
		form *regexp.Regexp
	}{{n.Path, nginxPath}, {n.Name, nginxName}, {n.Root, nginxRoot}, {n.Policy, nginxPolicy}} {
		if !value.form.MatchString(value.text) {
			return "", fmt.Errorf("%q cannot stand in a configuration of nginx", value.text)
		}
	}
	var b strings.Builder
	err := nginxTemplate.Execute(&b, struct {
		Nginx
		Bare string
	}{n, strings.TrimRight(n.Path, "/")})
	return b.String(), err
}
