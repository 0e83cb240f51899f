package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"rectify/site"
	"rectify/site/publish"
	"rectify/site/publish/pack"
	"rectify/site/publish/s3"
	"rectify/site/publish/sftp"
	"rectify/site/release/archive"
)

// targetError says to which target, or folder, something could not be done.
type targetError struct {
	target string
	err    error
}

func (e *targetError) Error() string { return e.err.Error() }
func (e *targetError) Unwrap() error { return e.err }

// targetWords puts into words what kept a publication from its end, and tells
// the exit code. Problems in the data and words that are off are said elsewhere.
func targetWords(ctx context.Context, err error) (text words, code int, ok bool) {
	var at *targetError
	if !errors.As(err, &at) {
		return words{}, 0, false
	}
	cause, code := causeWords(at)
	var stopped *publish.StoppedError
	switch {
	case errors.As(err, &stopped):
		code = exitTarget
		cause = stoppedWords(at.target, stopped, cause, ctx.Err() != nil)
	case ctx.Err() != nil:
		cause = words{"已中断;" + at.target + " 上公布的没有变", "interrupted; what " + at.target + " shows has not changed"}
	}
	if ctx.Err() != nil {
		code = exitInterrupted
	}
	return words{printable(cause[0]), printable(cause[1])}, code, true
}

// stoppedWords says what visitors see after a publication that did not end.
func stoppedWords(target string, e *publish.StoppedError, cause words, interrupted bool) words {
	if interrupted {
		cause = words{"已中断", "interrupted"}
	}
	see := words{"访问者看到的还是 " + e.Live, "visitors still see " + e.Live}
	switch {
	case e.Mixed && e.Live != "":
		see = words{
			"一部分文件已是新的一期,其余还是 " + e.Live + ",每个文件都是完整的",
			"some files are those of the new release already, the others still of " + e.Live + ", each of them whole",
		}
	case e.Mixed:
		see = words{"一部分文件已经公布,每个文件都是完整的", "some files are out already, each of them whole"}
	case e.Live == "":
		see = words{"访问者还看不到网站", "visitors see no site yet"}
	}
	phase := phaseWords[e.Phase]
	return words{
		fmt.Sprintf("%s 的发布停在“%s”:%s。%s;再运行同一条命令会接着做", target, phase[0], cause[0], see[0]),
		fmt.Sprintf("the publication to %s stopped while %s: %s. %s; the same command goes on from there", target, phase[1], cause[1], upper(see[1])),
	}
}

func upper(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// causeWords says what is in the way. A target that was not reached, or broke
// off, has an exit code of its own, because trying again later may help.
func causeWords(at *targetError) (text words, code int) {
	for _, wordsOf := range []func(*targetError) (words, int, bool){reachWords, portalWords, planWords, packageWords, hostWords} {
		if text, code, ok := wordsOf(at); ok {
			return text, code
		}
	}
	for _, wordsOf := range []func(error) (words, bool){folderWords, releaseWords} {
		if text, ok := wordsOf(at.err); ok {
			return text, exitFailed
		}
	}
	return words{"没有做成:" + reason(at.err), at.err.Error()}, exitFailed
}

// reachWords is about targets that do not let us in.
func reachWords(at *targetError) (words, int, bool) {
	var (
		hostKey *sftp.HostKeyError
		login   *sftp.AuthError
		access  *s3.AuthError
		bucket  *s3.BucketError
		key     *publish.KeyFileError
		gone    *publish.UnreachableError
	)
	name := strings.ToUpper(strings.ReplaceAll(at.target, "-", "_"))
	switch {
	case errors.As(at.err, &hostKey):
		return hostKeyWords(hostKey), exitTarget, true
	case errors.As(at.err, &login) && len(login.Tried) == 0:
		return words{
			"登录 " + login.Address + " 没有可用的方式:在 publish.yaml 里写 key_file,或启动 ssh agent,或设环境变量 RECTIFY_" + name + "_PASSWORD",
			"there is no way to log in to " + login.Address + ": name a key_file in publish.yaml, start an ssh agent, or set RECTIFY_" + name + "_PASSWORD",
		}, exitTarget, true
	case errors.As(at.err, &login):
		return words{
			fmt.Sprintf("%s 不接受账户 %s 的登录(试过:%s);请管理员核对账户,或把公钥加到这个账户", login.Address, login.User, strings.Join(login.Tried, "、")),
			login.Error() + "; ask the administrator to check the account, or to add the public key to it",
		}, exitTarget, true
	case errors.As(at.err, &access) && access.Code == "":
		return words{
			"没有访问密钥:设环境变量 RECTIFY_" + name + "_ACCESS_KEY 和 RECTIFY_" + name + "_SECRET_KEY,或在 publish.yaml 里写 key_file",
			"no access key is given: set RECTIFY_" + name + "_ACCESS_KEY and RECTIFY_" + name + "_SECRET_KEY, or name a key_file in publish.yaml",
		}, exitTarget, true
	case errors.As(at.err, &access):
		return words{access.Endpoint + " 不接受访问密钥(" + access.Code + ");请核对密钥,以及它对这个存储桶的权限", access.Error()}, exitTarget, true
	case errors.As(at.err, &bucket):
		return words{bucket.Endpoint + " 没有存储桶 " + bucket.Bucket + ";本程序不建桶,请先在控制台建好", bucket.Error() + "; rectify makes none, create it first"}, exitTarget, true
	case errors.As(at.err, &key) && key.Open:
		return words{"密钥文件 " + key.Path + " 别人也能读;先运行 chmod 600 " + key.Path, key.Error()}, exitFailed, true
	case errors.As(at.err, &key) && key.Locked:
		return words{"私钥 " + key.Path + " 有口令:把口令放进环境变量 RECTIFY_" + name + "_PASSPHRASE;口令也可能不对", key.Error() + "; give it in RECTIFY_" + name + "_PASSPHRASE"}, exitFailed, true
	case errors.As(at.err, &key):
		return words{"密钥文件 " + key.Path + " 不能用:" + keyReason(key.Err), key.Error()}, exitFailed, true
	case errors.As(at.err, &gone) && filepath.IsAbs(gone.Address):
		return words{
			"用不了文件夹 " + gone.Address + ":" + reason(gone.Err) + ";请核对路径,它的上一级文件夹要先有",
			"cannot use the folder " + gone.Address + ": " + gone.Err.Error() + "; check the path: the folder above it has to be there",
		}, exitTarget, true
	case errors.As(at.err, &gone):
		return words{"连不上 " + gone.Address + ":" + reason(gone.Err), "cannot reach " + gone.Address + ": " + gone.Err.Error()}, exitTarget, true
	case errors.Is(at.err, publish.ErrLost):
		return words{"连接断了" + breakWords(at.err)[0], at.err.Error()}, exitTarget, true
	}
	return words{}, 0, false
}

// keyReason says in Chinese what is wrong with a key file.
func keyReason(err error) string {
	if word := reasonWord(err); word != "" {
		return word
	}
	return "它不是私钥,或格式不对(" + err.Error() + ")"
}

func hostKeyWords(e *sftp.HostKeyError) words {
	kind := "ed25519"
	switch {
	case strings.HasPrefix(e.Type, "ecdsa"):
		kind = "ecdsa"
	case e.Type == "ssh-rsa":
		kind = "rsa"
	}
	ask := "ssh-keygen -lf /etc/ssh/ssh_host_" + kind + "_key.pub"
	where := words{"publish.yaml 里", "in publish.yaml"}
	if e.File != "" {
		where = words{e.File + " 里", "in " + e.File}
	}
	switch {
	case e.Revoked:
		return words{
			fmt.Sprintf("%s 的主机公钥 %s 已作废(%s标为 @revoked),没有连接;向管理员要新的公钥", e.Address, e.Shown, where[0]),
			fmt.Sprintf("the key of %s, %s, is revoked (%s); nothing was sent. Ask the administrator for the new one", e.Address, e.Shown, where[1]),
		}
	case e.Changed:
		return words{
			fmt.Sprintf("%s 的主机公钥不对:它出示的是 %s,%s写的是 %s。可能有人冒充这台主机,没有连接。请管理员在主机上运行 %s 核对(换过主机、重装过都会变);与出示的相同,再改%s的",
				e.Address, e.Shown, where[0], strings.Join(e.Known, "、"), ask, where[0]),
			fmt.Sprintf("the key of %s is not the one that is known: it shows %s, and %s stands %s. Somebody may pose as that host; nothing was sent. Let the administrator run %s on the host (a new or reinstalled host has another key); if it prints what is shown, change it %s",
				e.Address, e.Shown, where[1], strings.Join(e.Known, ", "), ask, where[1]),
		}
	}
	return words{
		fmt.Sprintf("还不认识主机 %s:它的公钥指纹是 %s。请管理员在主机上运行 %s 核对,相同就在 publish.yaml 里写 host_key: %s", e.Address, e.Shown, ask, e.Shown),
		fmt.Sprintf("the host %s is not known yet: the fingerprint of its key is %s. Let the administrator run %s on the host; if it prints the same, write host_key: %s in publish.yaml", e.Address, e.Shown, ask, e.Shown),
	}
}

// portalWords is about what is to be published.
func portalWords(at *targetError) (words, int, bool) {
	var (
		target     *site.TargetError
		staging    *site.NotStagingError
		place      *site.PlaceError
		unfinished *site.UnbuiltError
		source     *publish.SourceError
		unknown    *archive.UnknownError
	)
	switch {
	case errors.As(at.err, &target):
		return namesWords(target, at.target), exitUsage, true
	case errors.Is(at.err, site.ErrFolder):
		return words{
			at.target + " 是文件夹的写法;publish 后面写目标的名称。先在 data/publish.yaml 里加一个目标(name: 名称、type: local、path: " + at.target + "),再运行 rectify publish 名称;写法见 rectify help publish",
			at.err.Error() + "; add a target to it (name: NAME, type: local, path: " + at.target + ") and run rectify publish NAME; rectify help publish shows how",
		}, exitUsage, true
	case errors.As(at.err, &staging):
		return words{"目标 " + staging.Target + " 没有标 staging: true,不接受未经批准的网站(--draft)", staging.Error()}, exitFailed, true
	case errors.As(at.err, &place) && place.In == "":
		return words{
			"目标的 " + place.What + "(" + place.Path + ")就是门户的文件夹,或在它上面,网站会和数据混在一起;请换成另一个文件夹,如 /srv/zg",
			place.Error() + ", where the site would lie among the data; name another folder, such as /srv/zg",
		}, exitFailed, true
	case errors.As(at.err, &place):
		return words{"目标的 " + place.What + "(" + place.Path + ")在门户的 " + place.In + "/ 里,不能放在那里", place.Error() + "; put it elsewhere"}, exitFailed, true
	case errors.As(at.err, &unfinished):
		return words{unfinished.Dir + " 里没有构建好的网站;先运行 rectify build", unfinished.Error() + "; run rectify build first"}, exitFailed, true
	case errors.As(at.err, &source):
		return words{source.Path + " 在构建以后被改过;再运行一次 rectify build", source.Error() + "; run rectify build again"}, exitFailed, true
	case errors.Is(at.err, site.ErrNotAPackage):
		return words{"--since 只用于包:别的目标本来就只传改动", site.ErrNotAPackage.Error()}, exitUsage, true
	case errors.Is(at.err, site.ErrCarried):
		return words{"这是要人带走的包,主机上公布的是什么,只能在主机上看、在主机上改(rectify status 文件夹)", site.ErrCarried.Error() + " (rectify status FOLDER)"}, exitFailed, true
	case errors.Is(at.err, site.ErrNoArchive):
		return words{"档案里还没有一期:先公布一期(rectify release);试用的目标可以用 --draft", "the archive has no release yet: make one (rectify release); a staging target takes --draft"}, exitFailed, true
	case errors.As(at.err, &unknown):
		return words{"档案里没有第 " + unknown.ID + " 期", unknown.Error()}, exitFailed, true
	}
	return words{}, 0, false
}

// namesWords says which targets there are. A word without a slash is the name of a
// target, also where a folder has that name.
func namesWords(e *site.TargetError, asked string) words {
	folder := words{}
	if info, err := os.Stat(asked); err == nil && info.IsDir() && !site.IsFolder(asked) {
		folder = words{
			";这里的文件夹 " + asked + " 要写成 ./" + asked + "(status、rollback)",
			"; the folder " + asked + " here is written ./" + asked + " (status, rollback)",
		}
	}
	text := words{"没有目标“" + e.Name + "”;有:" + strings.Join(e.Have, "、"), e.Error()}
	switch {
	case len(e.Have) == 0:
		text = words{
			"没有 data/publish.yaml:先写明发布到哪里;写法见 rectify help publish",
			e.Error() + "; rectify help publish shows how",
		}
	case e.Name == "":
		text = words{"要写明目标;有:" + strings.Join(e.Have, "、"), "name a target; there are: " + strings.Join(e.Have, ", ")}
	}
	return words{text[0] + folder[0], text[1] + folder[1]}
}

// planWords is about what is on the target already.
func planWords(at *targetError) (words, int, bool) {
	var (
		locked    *publish.LockedError
		foreign   *publish.ForeignError
		link      *publish.LinkError
		taken     *publish.TakenError
		layout    *publish.LayoutError
		deletions *publish.DeletionsError
		redacted  *publish.RedactedError
		back      *publish.ReturnError
		unknown   *publish.UnknownReleaseError
	)
	switch {
	case errors.As(at.err, &locked):
		who, patience := owner(locked), words{"十分钟", "ten minutes"}
		if locked.Torn {
			patience = words{"一分钟", "a minute"}
		}
		return words{
			"目标上有锁:" + who[0] + "。等它结束;确实不在运行,可以用 --force 接过来," + patience[0] + "没有动静也会自动失效",
			"the target is locked: " + who[1] + ". Wait for it to end; if it does not run for certain, take it over with --force; after " + patience[1] + " of silence it is stale by itself",
		}, exitFailed, true
	case errors.As(at.err, &foreign) && foreign.Adopt:
		return words{"目标上的 " + foreign.Path + " 不是本程序放的,没有动它;移走它,或用 --adopt 覆盖同名的文件", foreign.Error() + "; take it away, or write over files of the same name with --adopt"}, exitFailed, true
	case errors.As(at.err, &foreign):
		return words{"目标上的 " + foreign.Path + " 不是本程序放的,没有动它;请移走或换一个文件夹", foreign.Error() + "; take it away, or use another folder"}, exitFailed, true
	case errors.As(at.err, &link):
		return words{"目标上的 " + link.Path + " 是链接或特殊文件,可能通到别处,没有跟进去;请在主机上查清后删去", link.Error() + ", which may lead elsewhere and was not followed; find out why, and remove it on the host"}, exitFailed, true
	case errors.As(at.err, &taken):
		return words{"目标上已有一期 " + taken.Release + ",内容与这里的不同;一期只能有一个内容,请换期号", taken.Error() + "; a release has one content, so give this one another id"}, exitFailed, true
	case errors.As(at.err, &layout):
		return words{"目标不能用 layout: " + string(layout.Want) + layoutReason(layout) + ";在 publish.yaml 里写 layout: " + string(layout.Have), layout.Error() + "; write layout: " + string(layout.Have)}, exitFailed, true
	case errors.As(at.err, &back):
		return words{
			back.Release + " 在这里公布过,后来换成了 " + back.Live + ";可能是旧的包,没有动。要退回就用 rectify rollback " + at.target + " " + back.Release + ",或加 --yes",
			back.Error() + ". It may be an old package; nothing was changed. To go back use rectify rollback " + at.target + " " + back.Release + ", or add --yes",
		}, exitFailed, true
	case errors.As(at.err, &redacted):
		return words{
			fmt.Sprintf("%s 里有 %d 个文件的内容已依规抹去,不会公布,指到它们的链接会打不开;没有动。最好公布新的一期;确实要公布这一期就加 --yes(-v 列出是哪些)", redacted.Release, len(redacted.Paths)),
			fmt.Sprintf("of the release %s the contents of %d files were redacted and would not be published, and links to them would lead nowhere; nothing was changed. A new release is better; if this one is meant, add --yes (-v lists them)", redacted.Release, len(redacted.Paths)),
		}, exitFailed, true
	case errors.As(at.err, &deletions):
		return words{
			fmt.Sprintf("要删去 %d 个文件(现有 %d 个),超过五分之一,没有动;确实要删就加 --yes(-v 列出是哪些)", deletions.Delete, deletions.Of),
			fmt.Sprintf("%s, which is more than a fifth; nothing was changed. If it is meant, add --yes (-v lists them)", deletions.Error()),
		}, exitFailed, true
	case errors.As(at.err, &unknown) && unknown.Release == "":
		return words{"目标上没有以前的一期可以退回;写明期号(rectify rollback " + at.target + " 期号)", unknown.Error() + "; name one (rectify rollback " + at.target + " ID)"}, exitFailed, true
	case errors.As(at.err, &unknown):
		return words{"没有 " + unknown.Release + " 这一期:档案里没有,目标上有的是 " + strings.Join(unknown.Have, "、"), unknown.Error() + "; the archive does not have it either"}, exitFailed, true
	case errors.Is(at.err, publish.ErrNewer):
		return words{"目标是较新版本的 rectify 写的;请换用新版本", publish.ErrNewer.Error() + "; use that version"}, exitFailed, true
	case errors.Is(at.err, publish.ErrLockLost):
		return words{"另一次发布接过了目标上的锁", publish.ErrLockLost.Error()}, exitFailed, true
	}
	return words{}, 0, false
}

// layoutReason says in Chinese, in brackets, why a target cannot have a layout.
func layoutReason(e *publish.LayoutError) string {
	if e.Why == "" {
		return "(它已经是 " + string(e.Have) + ",网页服务器按那样设的)"
	}
	return "(主机不能建链接,或不能一步换掉链接)"
}

// packageWords is about what somebody carried here.
func packageWords(at *targetError) (words, int, bool) {
	var (
		bad    *pack.BadError
		forged *site.SignatureError
		unfit  *publish.UnfitError
	)
	switch {
	case errors.As(at.err, &bad):
		return words{"包 " + bad.Package + " 不能用,网站没有动:" + badWords[bad.Why] + colon(bad.Path), bad.Error() + "; the site was left as it is"}, exitFailed, true
	case errors.As(at.err, &forged):
		return words{"包 " + forged.Package + " 的签名不对,网站没有动:" + forgedWords[forged.Why] + colon(forged.Path), forged.Error() + "; the site was left as it is"}, exitFailed, true
	case errors.As(at.err, &unfit) && unfit.Path != "":
		return words{
			"包里只有相对 " + unfit.Base + " 的改动,而网站上的 " + unfit.Path + " 与那一期不同(被改过或缺少);网站没有动,请用整个网站的包(不加 --since)",
			unfit.Error() + "; the site was left as it is; use a package of the whole site (without --since)",
		}, exitFailed, true
	case errors.As(at.err, &unfit):
		live := words{"现在公布的是 " + unfit.Live, "the site shows " + unfit.Live}
		if unfit.Live == "" {
			live = words{"这里还没有网站", "there is no site yet"}
		}
		return words{
			"包里只有相对 " + unfit.Base + " 的改动," + live[0] + ",对不上;网站没有动,请先应用 " + unfit.Base + ",或用整个网站的包",
			"the package holds what changed since " + unfit.Base + ", but " + live[1] + "; nothing was changed; apply " + unfit.Base + " first, or a package of the whole site",
		}, exitFailed, true
	}
	return words{}, 0, false
}

func colon(path string) string {
	if path == "" {
		return ""
	}
	return ":" + path
}

var badWords = map[pack.Why]string{
	pack.NotAPackage: "不是发布包,或清单读不了",
	pack.NewerFormat: "是较新版本的 rectify 写的",
	pack.MissingFile: "缺少清单里的文件",
	pack.ExtraFile:   "有清单里没有的文件",
	pack.WrongFile:   "文件与清单不符",
	pack.NotPlain:    "有链接、特殊文件或重复的名字",
}

var forgedWords = map[site.Forgery]string{
	site.ForgeryUnsigned: "没有签名",
	site.ForgeryKey:      "不是这把公钥签的,或签后被改过",
	site.ForgeryFiles:    "文件与这一期的清单不符",
	site.ForgeryBeside:   "有签名没有涉及的内容(制作包时用私钥签名即可)",
	site.ForgeryRedacted: "要从网站上去掉内容,而签名没有说(制作包时用私钥签名即可)",
	site.ForgeryExtra:    "签名的文件夹里有别的东西",
}

// hostWords is about what the host's disk refuses.
func hostWords(at *targetError) (words, int, bool) {
	switch {
	case errors.Is(at.err, publish.ErrSpool):
		return words{
			"本机放临时文件的文件夹满了(" + os.TempDir() + "),不是目标满了;请腾出空间,或用环境变量 TMPDIR 指到别的磁盘",
			"the folder for temporary files of this computer is full (" + os.TempDir() + "), not the target; make room, or name one on another disk in TMPDIR",
		}, exitFailed, true
	case errors.Is(at.err, publish.ErrFull):
		return words{"目标的磁盘满了,或配额用完了;请腾出空间", at.err.Error() + "; make room"}, exitFailed, true
	case errors.Is(at.err, sftp.ErrNoReason):
		return words{"主机拒绝了,没有说原因;常常是磁盘满了、配额用完或文件夹只读,请管理员查看", at.err.Error() + "; ask the administrator"}, exitFailed, true
	case errors.Is(at.err, syscall.EROFS):
		return words{"目标是只读的" + colon(onPath(at.err)) + ";请换一个位置,或让管理员改为可写", at.err.Error() + "; use another place, or let the administrator make it writable"}, exitFailed, true
	case errors.Is(at.err, fs.ErrPermission):
		return words{"在目标上没有权限" + colon(onPath(at.err)) + ";请管理员把文件夹给这个账户", at.err.Error() + "; ask the administrator to give the account that folder"}, exitFailed, true
	case errors.Is(at.err, fs.ErrNotExist) && onPath(at.err) != "":
		return words{"没有 " + onPath(at.err) + " 这个文件或文件夹;请核对名称和路径", at.err.Error() + "; check its name and path"}, exitFailed, true
	}
	return words{}, 0, false
}
