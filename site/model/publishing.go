package model

import (
	"regexp"
	"strings"

	"rectify/site/problem"
)

// Publishing says where a portal is published to: publish.yaml. It stays with
// the unit, is no part of the Portal, and holds no secret: passwords and secret
// keys come from the environment, from key files, or from an ssh agent.
type Publishing struct {
	Where   `doc:"发布：网站发到哪里。密码、密钥不写在这里"`
	Targets []Target `data:"targets,required" doc:"发布目标，可以有几个"`
}

// Target is one place to publish to. Which keys it takes depends on its type;
// Keys says which.
type Target struct {
	Where   `doc:"一个发布目标"`
	Name    Slug          `data:"name,required" doc:"目标的名称，用在命令里：rectify publish 名称"`
	Type    TargetType    `data:"type,required" doc:"类型：local 本机文件夹，sftp 主机上的账户，s3 对象存储，package 用 U 盘带走的包"`
	Staging bool          `data:"staging" doc:"true 表示这是试用的地方，可以用 --draft 发布未经批准的网站"`
	Archive []ArchivePart `data:"archive" doc:"档案里还有哪些一起发布：manifests 清单，signatures 签名，log 公布日志，snapshots 存档的快照；不填是全部，网页上有到它们的链接"`
	Gzip    bool          `data:"gzip" doc:"true 表示另存压缩好的文件：网页服务器开了 gzip_static，或 s3"`

	Path   string       `data:"path" doc:"文件夹：local 网站的文件夹，sftp 账户里的文件夹，package 放包的文件夹"`
	Layout TargetLayout `data:"layout" doc:"releases 每期一个文件夹，一次切换；plain 文件直接放在文件夹里；不填由程序选"`
	Keep   int          `data:"keep" doc:"主机上保留几期，含正在公布的；不填是 3"`

	Host       string  `data:"host" doc:"sftp：主机名或地址"`
	Port       int     `data:"port" doc:"sftp：端口，不填是 22"`
	User       string  `data:"user" doc:"sftp：账户"`
	HostKey    HostKey `data:"host_key" doc:"sftp：主机公钥或它的指纹（SHA256:…），向管理员核对；不填则查 known_hosts"`
	KnownHosts string  `data:"known_hosts" doc:"sftp：known_hosts 文件；不填是 ~/.ssh/known_hosts"`
	KeyFile    string  `data:"key_file" doc:"sftp：私钥文件；s3：两行，访问密钥和私有密钥。只有自己能读（0600）；不填则用 ssh agent 或环境变量"`

	Endpoint WebURL       `data:"endpoint" doc:"s3：服务地址，如 https://oss-cn-beijing.aliyuncs.com"`
	Region   string       `data:"region" doc:"s3：地域"`
	Bucket   string       `data:"bucket" doc:"s3：存储桶"`
	Prefix   string       `data:"prefix" doc:"s3：桶里的目录；不填是桶的根"`
	Lookup   BucketLookup `data:"lookup" doc:"s3：桶名写在哪里，dns 写在域名里，path 写在路径里；不填由程序选"`

	Form PackageForm `data:"form" doc:"package：zip 一个压缩文件，folder 一个文件夹；不填是 zip"`
}

// targetKeys lists the keys that only some types take.
var targetKeys = map[TargetType][]string{
	LocalTarget:   {"gzip", "path", "layout", "keep"},
	SFTPTarget:    {"gzip", "path", "layout", "keep", "host", "port", "user", "host_key", "known_hosts", "key_file"},
	S3Target:      {"gzip", "endpoint", "region", "bucket", "prefix", "lookup", "key_file"},
	PackageTarget: {"path", "form"},
}

// Keys lists the keys that a target of this type takes beside those that every
// target has.
func (t TargetType) Keys() []string { return targetKeys[t] }

// Required lists those of Keys that it cannot do without.
func (t TargetType) Required() []string {
	switch t {
	case SFTPTarget:
		return []string{"host", "user", "path"}
	case S3Target:
		return []string{"endpoint", "bucket"}
	}
	return []string{"path"}
}

// TargetType is a kind of place to publish to.
type TargetType string

// The types of targets.
const (
	LocalTarget   TargetType = "local"
	SFTPTarget    TargetType = "sftp"
	S3Target      TargetType = "s3"
	PackageTarget TargetType = "package"
)

// TargetTypes lists the types of targets.
func TargetTypes() []TargetType {
	return []TargetType{LocalTarget, SFTPTarget, S3Target, PackageTarget}
}

// UnmarshalText takes one of TargetTypes.
func (t *TargetType) UnmarshalText(text []byte) error {
	return oneOf(t, text, problem.Both("类型", "type"), TargetTypes())
}

// TargetLayout is how a target keeps a site.
type TargetLayout string

// The layouts of targets.
const (
	ReleasesLayout TargetLayout = "releases"
	PlainLayout    TargetLayout = "plain"
)

// TargetLayouts lists the layouts of targets.
func TargetLayouts() []TargetLayout { return []TargetLayout{ReleasesLayout, PlainLayout} }

// UnmarshalText takes one of TargetLayouts.
func (l *TargetLayout) UnmarshalText(text []byte) error {
	return oneOf(l, text, problem.Both("布局", "layout"), TargetLayouts())
}

// ArchivePart is what of the archive can be published beside a release.
type ArchivePart string

// The parts of the archive.
const (
	ArchiveManifests  ArchivePart = "manifests"
	ArchiveSignatures ArchivePart = "signatures"
	ArchiveLog        ArchivePart = "log"
	ArchiveSnapshots  ArchivePart = "snapshots"
)

// ArchiveParts lists the parts of the archive.
func ArchiveParts() []ArchivePart {
	return []ArchivePart{ArchiveManifests, ArchiveSignatures, ArchiveLog, ArchiveSnapshots}
}

// UnmarshalText takes one of ArchiveParts.
func (p *ArchivePart) UnmarshalText(text []byte) error {
	return oneOf(p, text, problem.Both("档案的部分", "part of the archive"), ArchiveParts())
}

// BucketLookup is where the name of a bucket stands in an address.
type BucketLookup string

// The places for the name of a bucket.
const (
	LookupDNS  BucketLookup = "dns"
	LookupPath BucketLookup = "path"
)

// BucketLookups lists the places for the name of a bucket.
func BucketLookups() []BucketLookup { return []BucketLookup{LookupDNS, LookupPath} }

// UnmarshalText takes one of BucketLookups.
func (l *BucketLookup) UnmarshalText(text []byte) error {
	return oneOf(l, text, problem.Both("桶名的位置", "bucket lookup"), BucketLookups())
}

// PackageForm is what a package is.
type PackageForm string

// The forms of a package.
const (
	ZipPackage    PackageForm = "zip"
	FolderPackage PackageForm = "folder"
)

// PackageForms lists the forms of a package.
func PackageForms() []PackageForm { return []PackageForm{ZipPackage, FolderPackage} }

// UnmarshalText takes one of PackageForms.
func (f *PackageForm) UnmarshalText(text []byte) error {
	return oneOf(f, text, problem.Both("包的形式", "form of a package"), PackageForms())
}

// HostKey is the public key of a host, or its fingerprint.
type HostKey string

var hostKeyForm = regexp.MustCompile(`^(SHA256:[A-Za-z0-9+/]{43}|(ssh-ed25519|ecdsa-sha2-nistp(256|384|521)|ssh-rsa) [A-Za-z0-9+/]+={0,2})$`)

// UnmarshalText takes "SHA256:…" or "ssh-ed25519 AAAA…"; a comment behind a key
// is dropped.
func (k *HostKey) UnmarshalText(text []byte) error {
	words := strings.Fields(string(text))
	key := strings.Join(words[:min(len(words), 2)], " ")
	if !hostKeyForm.MatchString(key) {
		return problem.New(problem.BadValue, problem.Place{}, string(text), problem.Both(
			"SHA256:… 这样的指纹,或 ssh-ed25519 AAAA… 这样的公钥,由管理员提供",
			"a fingerprint such as SHA256:…, or a key such as ssh-ed25519 AAAA…, as the administrator gives it"))
	}
	*k = HostKey(key)
	return nil
}
