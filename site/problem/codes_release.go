package problem

// Codes about releases. Those below R100 stand in the way of a new release;
// the others are what verify finds. The comments name the arguments.
const (
	NoApproval         Code = "R001" // release
	ContentDiffers     Code = "R002" // digest that was approved, digest of today
	ReleaseExists      Code = "R003" // release
	SiteUnfinished     Code = "R004" // folder
	IssueVanished      Code = "R005" // issue, release that still had it
	KeyNotTrusted      Code = "R006" // fingerprint
	KeyOutOfPeriod     Code = "R007" // fingerprint, day, period
	NotSigned          Code = "R008" // name of the key that should sign
	IssueComesBack     Code = "R009" // issue, release in which it was withdrawn
	ApprovalIncomplete Code = "R010" // key
	ApprovalOrder      Code = "R011" // earlier day, later day
	ApprovalLate       Code = "R012" // day of the approval, day of the release
	TimeBackwards      Code = "R013" // time given, what came before, its time
	RedactionNeedsKey  Code = "R014" // release
	ChangedMeanwhile   Code = "R015" // what
	ArchiveUnreadable  Code = "R101" // the reader's words
	ArchiveMissing     Code = "R102" // what
	ArchiveUnexpected  Code = "R103" // what
	ArchiveChanged     Code = "R104" // what
	ArchiveChain       Code = "R105" // release, the other release
	ArchiveOrphan      Code = "R106" // release, the release that it names
	ArchiveLost        Code = "R107" // number of files
	ArchiveLeftover    Code = "R108" //
	SignatureWrong     Code = "R109" // kind of signature
	SignatureMissing   Code = "R110" // kind of signature
	SignedByUnknown    Code = "R111" // fingerprint
	Unsigned           Code = "R112" // release
	LogChanged         Code = "R113" // what is wrong with it
	LogRewritten       Code = "R114" // size of the old checkpoint, size of the log
	LogLacks           Code = "R115" // release or redaction
	ContentWrong       Code = "R116" // digest of the manifest, digest found
	RebuildDiffers     Code = "R117" // release, path
	RebuildVersion     Code = "R118" // version then, version now
	WasRedacted        Code = "R119" // day, reason
	SnapshotDamaged    Code = "R120" // the reader's words
	CheckpointOld      Code = "R121" //
	KeysFromSite       Code = "R122" //
	RebuildTheme       Code = "R123" //
	RebuildRedacted    Code = "R125" // release
	SignedOutOfPeriod  Code = "R124" // fingerprint, day, period
	UnsignedDespiteKey Code = "R126" // release or redaction, fingerprint of a key that was in force
	NotAsInArchive     Code = "R127" // release
	NotInArchive       Code = "R128" // release
	GuideChanged       Code = "R129" // name
	NoReleases         Code = "R130" //
	RedactionDoubtful  Code = "R131" // what is wrong with it
	TimeOutOfOrder     Code = "R132" // time, what came before, its time
	StateUnread        Code = "R133" //
)

var releaseCodes = map[Code]entry{
	NoApproval: {
		Error,
		[2]string{"第 {0} 期没有审批记录", "release {0} has no approval record"},
		[2]string{"运行 rectify approve --sheet 审签单.html {0},打印审签,把经手人填进 data/releases/{0}.yaml", "run rectify approve --sheet sheet.html {0}, have it signed, and fill in data/releases/{0}.yaml"},
	},
	ContentDiffers: {
		Error,
		[2]string{"审批的内容和现在的数据不同:批准的是 {0},现在是 {1}", "what was approved is not what the data are now: approved {0}, now {1}"},
		[2]string{"批准之后数据又改过:改回去,或重新运行 rectify approve --sheet 再审签一次", "the data were changed after the approval: undo that, or run rectify approve --sheet and have it approved again"},
	},
	ReleaseExists: {
		Error,
		[2]string{"档案里已经有第 {0} 期,不能再写", "the archive already has a release {0}, which is never written again"},
		[2]string{"换一个期号;要把那一期写回 public/,运行 rectify restore {0} public", "choose another id; to put that release into public/ run rectify restore {0} public"},
	},
	SiteUnfinished: {
		Error,
		[2]string{"输出文件夹 {0} 里有一次没有完成的构建", "a build into {0} did not end"},
		[2]string{"先运行一次 rectify build", "run rectify build first"},
	},
	IssueVanished: {
		Error,
		[2]string{"第 {1} 期公布过的问题 {0} 不见了", "issue {0}, which release {1} published, has vanished"},
		[2]string{"公布过的问题不能悄悄去掉:恢复它,并用 withdrawn 写明撤回的日期和原因", "what was published cannot go without a word: bring it back and say under withdrawn when and why it was taken back"},
	},
	KeyNotTrusted: {
		Error,
		[2]string{"签名用的密钥 {0} 没有写在 data/trust.yaml 里", "the key {0} that is to sign does not stand in data/trust.yaml"},
		[2]string{"把它的公钥写进 data/trust.yaml(rectify key new 会显示怎么写),或换用写在那里的密钥", "enter its public key in data/trust.yaml (rectify key new shows how), or sign with a key that stands there"},
	},
	KeyOutOfPeriod: {
		Error,
		[2]string{"密钥 {0} 在 {1} 不在有效期内({2})", "the key {0} is not in force on {1} ({2})"},
		[2]string{"换用有效的密钥,或改正 data/trust.yaml 里的期限", "sign with a key that is in force, or mend its period in data/trust.yaml"},
	},
	NotSigned: {
		Error,
		[2]string{"data/trust.yaml 里有密钥“{0}”,但没有用它签名", "data/trust.yaml has the key “{0}”, and nothing signs with it"},
		[2]string{"用 --key 指出私钥文件;确实不签名,加 --unsigned(网页会写明没有签名)", "name the file of the secret key with --key; to release without a signature say --unsigned (the pages will say so)"},
	},
	IssueComesBack: {
		Error,
		[2]string{"第 {1} 期撤回的问题 {0} 又出现了", "issue {0}, which was withdrawn in release {1}, is back"},
		[2]string{"撤回是公开说过的话:重新公布请用新的编号,并在变动记录里说明", "a withdrawal was said in public: publish it again under a new id and say so in its history"},
	},
	ApprovalIncomplete: {
		Error,
		[2]string{"审批记录缺少 {0}", "the approval lacks {0}"},
		[2]string{"审签之后填上;可以写职务代替姓名", "fill it in once it has been signed; a role may stand for a name"},
	},
	ApprovalOrder: {
		Error,
		[2]string{"拟稿、审查、签发的日期先后颠倒:{1} 早于 {0}", "the days of drafting, review and approval are out of order: {1} lies before {0}"},
		[2]string{"核对纸质审签单上的日期", "compare the days with the paper sheet"},
	},
	ApprovalLate: {
		Error,
		[2]string{"审批的日期 {0} 晚于公布的日期 {1}", "the approval is of {0}, after the day of the release, {1}"},
		[2]string{"先审批后公布:核对纸质审签单上的日期,或改正 --time", "what is released was approved before: compare the days with the paper sheet, or mend --time"},
	},
	TimeBackwards: {
		Error,
		[2]string{"给出的时间 {0} 早于日志里的上一条({1},{2})", "the time {0} lies before that of the last entry of the log ({1}, {2})"},
		[2]string{"各期和抹去记录的时间只能向后:核对 --time 和这台电脑的时钟", "times in the log only go forward: see --time and the clock of this computer"},
	},
	RedactionNeedsKey: {
		Error,
		[2]string{"第 {0} 期有签名,抹去它的内容也要签名", "release {0} is signed, and so must be what takes something out of it"},
		[2]string{"没有签名的抹去记录谁都做得出:用 --key 指出私钥;私钥丢失的,先 rectify key new 换一个", "anybody could make one without: name the secret key with --key; if it is lost make another with rectify key new"},
	},
	ChangedMeanwhile: {
		Error,
		[2]string{"公布的时候 {0} 被改动,已不是批准的内容;没有公布", "{0} was changed while the release was being made and is not what was approved; nothing was released"},
		[2]string{"等别人改完,或改回批准的内容,再运行一次", "wait until nobody writes there, or undo the change, and run it again"},
	},
	ArchiveUnreadable: {
		Error,
		[2]string{"档案文件读不出:{0}", "a file of the archive cannot be read: {0}"},
		[2]string{"从另一份拷贝恢复这个文件", "bring this file back from another copy of the archive"},
	},
	ArchiveMissing: {
		Error,
		[2]string{"缺少 {0}", "{0} is missing"},
		[2]string{"从另一份拷贝恢复", "bring it back from another copy"},
	},
	ArchiveUnexpected: {
		Error,
		[2]string{"多出 {0},哪一期的清单里都没有", "{0} is there and stands in no list"},
		[2]string{"查明是谁放的;与档案无关的文件移到别处", "find out who put it there; move what does not belong to the archive elsewhere"},
	},
	ArchiveChanged: {
		Error,
		[2]string{"{0} 的内容和清单里的摘要不符", "{0} is not what its digest says"},
		[2]string{"从另一份拷贝恢复", "bring it back from another copy"},
	},
	ArchiveChain: {
		Error,
		[2]string{"第 {0} 期和第 {1} 期都说自己接在同一期之后", "releases {0} and {1} both claim to follow the same one"},
		[2]string{"两份档案被合在一起了,或清单被换过:从另一份拷贝恢复", "two archives were put together, or a manifest was exchanged: bring it back from another copy"},
	},
	ArchiveOrphan: {
		Error,
		[2]string{"第 {0} 期之前的第 {1} 期不在了,或它的清单被改过", "release {1}, which {0} follows, is gone, or its manifest was changed"},
		[2]string{"从另一份拷贝恢复", "bring it back from another copy"},
	},
	ArchiveLost: {
		Error,
		[2]string{"因此读不出的文件有 {0} 个", "files that cannot be read because of this: {0}"},
		[2]string{"从另一份拷贝恢复", "bring it back from another copy"},
	},
	ArchiveLeftover: {
		Info,
		[2]string{"一次中断的公布留下的文件,不属于档案", "left by a release that was interrupted; it is no part of the archive"},
		[2]string{"没有妨碍,下一次公布时清除", "it does no harm and goes with the next release"},
	},
	SignatureWrong: {
		Error,
		[2]string{"{0} 签名和内容不符", "the {0} signature does not fit"},
		[2]string{"清单或签名被改过:从另一份拷贝恢复", "the manifest or the signature was changed: bring it back from another copy"},
	},
	SignatureMissing: {
		Error,
		[2]string{"清单说有 {0} 签名,签名不在", "the manifest says that it is signed; the {0} signature is missing"},
		[2]string{"从另一份拷贝恢复", "bring it back from another copy"},
	},
	SignedByUnknown: {
		Error,
		[2]string{"签名的密钥 {0} 不在可信的公钥之中", "the key {0} that signed is not among the trusted ones"},
		[2]string{"对照纸质审签单上的指纹;换过密钥的,旧公钥要留在 data/trust.yaml 里并写明期限", "compare the fingerprint on the paper sheet; after a change of keys the old one stays in data/trust.yaml with its period"},
	},
	Unsigned: {
		Warning,
		[2]string{"第 {0} 期没有签名", "release {0} is not signed"},
		[2]string{"只能证明内容没有损坏,不能证明是谁公布的", "that nothing is damaged can be shown, not who published it"},
	},
	LogChanged: {
		Error,
		[2]string{"公布日志有误:{0}", "the release log is wrong: {0}"},
		[2]string{"从另一份拷贝恢复 log/", "bring log/ back from another copy"},
	},
	LogRewritten: {
		Error,
		[2]string{"公布日志被改写:保存的检查点(前 {0} 条)不是现在日志({1} 条)的开头", "the release log was rewritten: the checkpoint that was kept (the first {0} entries) is no beginning of the log of today ({1})"},
		[2]string{"有人改动了历史:保留两个检查点作为证据,与纸质审签单核对", "somebody changed the past: keep both checkpoints as evidence and compare them with the paper sheets"},
	},
	LogLacks: {
		Error,
		[2]string{"公布日志里没有 {0},或记的是另一个摘要", "the release log does not have {0}, or has another digest of it"},
		[2]string{"清单被换过,或日志被改写:从另一份拷贝恢复", "the manifest was exchanged or the log rewritten: bring it back from another copy"},
	},
	ContentWrong: {
		Error,
		[2]string{"存档数据的内容摘要是 {1},清单里写的是 {0}", "the archived data give the content digest {1}, the manifest says {0}"},
		[2]string{"清单被改过,或这个版本的程序读法不同:看看清单里的程序版本", "the manifest was changed, or this version of the program reads the data differently: see the version in the manifest"},
	},
	RebuildDiffers: {
		Error,
		[2]string{"由第 {0} 期的存档数据重新生成,{1} 不同", "made again from the archived data of release {0}, {1} differs"},
		[2]string{"程序版本或主题不同时属正常;都相同还不同,请告诉维护者", "with another version or theme that is to be expected; if both are the same, tell the maintainers"},
	},
	RebuildVersion: {
		Warning,
		[2]string{"当时的程序版本是 {0},现在是 {1}:重新生成的网页可能不同", "the version was {0} and is now {1}: what is made again may differ"},
		[2]string{"要逐字节比对,请用当时的版本", "to compare byte by byte use the version of the time"},
	},
	WasRedacted: {
		Info,
		[2]string{"{0} 依规抹去,原因:{1}", "redacted on {0}, because: {1}"},
		[2]string{"摘要保留,抹去有签名和日志为证", "the digest was kept; the redaction is signed and logged"},
	},
	SnapshotDamaged: {
		Error,
		[2]string{"快照读不出:{0}", "the snapshot cannot be read: {0}"},
		[2]string{"由档案再做一份:rectify snapshot", "make it again from the archive: rectify snapshot"},
	},
	CheckpointOld: {
		Info,
		[2]string{"log/checkpoint 不是最新的:一次公布在最后一步中断,公布本身是完整的", "log/checkpoint is not the newest: a release was interrupted at its last step, the release itself is complete"},
		[2]string{"下一次公布时补上", "the next release puts it right"},
	},
	KeysFromSite: {
		Warning,
		[2]string{"公钥取自被检查的网站本身", "the public keys come from the very site that is being checked"},
		[2]string{"用 --trust 给出另外得到的公钥,或对照纸质审签单上的指纹", "give keys from elsewhere with --trust, or compare the fingerprint with the paper sheet"},
	},
	RebuildTheme: {
		Warning,
		[2]string{"主题和当时不同:重新生成的网页可能不同", "the theme is not the one of the time: what is made again may differ"},
		[2]string{"要逐字节比对,请用当时的主题", "to compare byte by byte use the theme of the time"},
	},
	RebuildRedacted: {
		Info,
		[2]string{"第 {0} 期的数据有依规抹去的内容,不能重新生成", "data of release {0} were redacted: it cannot be made again"},
		[2]string{"其余文件已按摘要核对", "all other files were held against their digests"},
	},
	UnsignedDespiteKey: {
		Error,
		[2]string{"{0} 没有签名,而当时可信的密钥 {1} 有效:谁都做得出这样一份,不能证明是谁公布的", "{0} is not signed although the trusted key {1} was in force: anybody can make one like it, nothing shows who published it"},
		[2]string{"不要采信;对照纸质审签单上的内容摘要。确是本单位没有签名就公布的,在 data/trust.yaml 里把密钥的 from 写在那一天之后", "do not rely on it; compare the content digest with the paper sheet. If the unit did publish it unsigned, let the key's from in data/trust.yaml lie after that day"},
	},
	NotAsInArchive: {
		Error,
		[2]string{"和本门户档案里的第 {0} 期不是同一份", "this is not the release {0} that the portal's own archive holds"},
		[2]string{"其中一份被换过:分别核对(rectify verify),与纸质审签单上的内容摘要对照", "one of the two was exchanged: verify the archive too (rectify verify) and compare the content digests with the paper sheet"},
	},
	NotInArchive: {
		Warning,
		[2]string{"本门户的档案里没有第 {0} 期", "the portal's own archive has no release {0}"},
		[2]string{"档案若是最新的,这一期就不是本门户公布的", "if that archive is up to date, the portal did not make this release"},
	},
	GuideChanged: {
		Error,
		[2]string{"{0} 不是本程序写的那一份,也不是以往版本写的", "{0} is not what this program wrote, nor what an earlier version did"},
		[2]string{"不要运行它;从另一份拷贝恢复。档案若由较新的版本写成,用那个版本核对", "do not run it; bring it back from another copy. If a newer version began this archive, verify with that one"},
	},
	NoReleases: {
		Error,
		[2]string{"一期也没有", "there is no release"},
		[2]string{"从另一份拷贝恢复", "bring the archive back from another copy"},
	},
	RedactionDoubtful: {
		Error,
		[2]string{"抹去的记录不可信:{0}", "the record of a redaction is not to be trusted: {0}"},
		[2]string{"有人可能借它去掉了公布过的内容:与档案的另一份拷贝对照", "somebody may have used it to take away what was published: compare with another copy of the archive"},
	},
	TimeOutOfOrder: {
		Error,
		[2]string{"时间 {0} 早于日志里在它之前的 {1}({2})", "its time {0} lies before that of {1}, which precedes it in the log ({2})"},
		[2]string{"可能是用过期的密钥倒填日期:不要采信,与纸质审签单对照", "it may have been signed with a key whose period was over: do not rely on it, compare with the paper sheets"},
	},
	StateUnread: {
		Info,
		[2]string{"这里是构建和发布工具自己的状态,不是网站的内容,没有核对", "the state of the tools that build and publish, which is no part of the site; it was not looked at"},
		[2]string{"服务器不应对外提供这个文件夹(rectify host nginx 的配置已排除)", "a server must not hand this folder out (the configuration of rectify host nginx does not)"},
	},
	SignedOutOfPeriod: {
		Error,
		[2]string{"密钥 {0} 在 {1} 签名,那天不在它的有效期内({2})", "the key {0} signed on {1}, outside its period ({2})"},
		[2]string{"核对 data/trust.yaml 里的期限;私钥丢失之后的签名不可信", "see the period in data/trust.yaml; a signature after a key was lost is not to be trusted"},
	},
}
