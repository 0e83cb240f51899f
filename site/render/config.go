package render

import (
	"encoding/json"
	"fmt"
	"strings"

	"rectify/site/internal/quickjson"
	"rectify/site/page"
)

// address stands where Hugo wants an absolute address. No page may show it:
// names under .test are never given to anyone, so that audit sees a page which
// was built with .Permalink instead of a relative link.
const address = "https://portal.test/"

// object is a JSON object of Hugo's configuration.
type object = map[string]any

// config is the hugo.json of a batch, but for the paths that only a build in
// memory has (see build). Most settings answer a trap that Hugo says nothing
// about; traps_test.go looks at what they are for.
func config(site page.Site, assets map[string]string, mounts []object) ([]byte, error) {
	params, err := siteParams(site, assets)
	if err != nil {
		return nil, err
	}
	none := []string{"none"}
	return json.MarshalIndent(object{
		"baseURL": address,
		"title":   site.Name,
		"params":  params,
		"module":  object{"mounts": mounts},

		// Every file that we want is a page of ours. Hugo's own kinds would
		// write an index.html, an index.xml and a sitemap.xml over them.
		"disableKinds":   []string{"home", "section", "taxonomy", "term", "rss", "sitemap", "robotsTXT", "404"},
		"disableAliases": true,

		// No page is left out because of a date.
		"buildFuture":  true,
		"buildExpired": true,
		"buildDrafts":  true,
		"timeZone":     "UTC",

		// One language; its texts come from the theme's i18n/<lang>.yaml.
		"defaultContentLanguage": languageKey(site.Lang),
		"languages": object{
			languageKey(site.Lang): object{"locale": site.Lang, "weight": 1},
		},
		"enableMissingTranslationPlaceholders": true,
		"printI18nWarnings":                    true,
		"printPathWarnings":                    true,

		// The same bytes for the same pages: nothing from git, the network,
		// other programs or the environment, and nothing that Hugo adds.
		"enableGitInfo":              false,
		"disableHugoGeneratorInject": true,
		"disableLiveReload":          true,
		"security": object{
			"enableInlineShortcodes": false,
			"exec":                   object{"allow": none, "osEnv": none},
			"funcs":                  object{"getenv": none},
			"http":                   object{"urls": none, "methods": none},
		},
		"markup": object{"goldmark": object{"renderer": object{"unsafe": false}}},
		"minify": object{"minifyOutput": false}, // another room does it
		"build":  object{"noJSConfigInAssets": true, "useResourceCacheWhen": "never"},

		// A slow machine is no reason to give up on a page.
		"timeout": "10m",
	}, "", "  ")
}

// languageKey is how Hugo names a language in its tables.
func languageKey(lang string) string { return strings.ToLower(lang) }

// siteParams is what a template reads as site.Params: the fields of Site, and
// assets.
func siteParams(site page.Site, assets map[string]string) (object, error) {
	data, err := quickjson.Append(nil, site)
	if err != nil {
		return nil, fmt.Errorf("encode the portal's settings for the theme: %w", err)
	}
	var params object
	if err := json.Unmarshal(data, &params); err != nil {
		return nil, fmt.Errorf("encode the portal's settings for the theme: %w", err)
	}
	if assets == nil {
		assets = map[string]string{}
	}
	params["assets"] = assets
	return params, nil
}
