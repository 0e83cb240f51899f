package importer

import (
	"regexp"
	"strings"
)

// Why a paragraph is no content. The words stand in the proof for the clerk.
const (
	asideStamp   = "发布日期和来源"
	asideSize    = "字号"
	asideQR      = "扫一扫"
	asidePrint   = "打印和关闭"
	asideShare   = "分享和收藏"
	asideCount   = "阅读次数"
	asidePath    = "当前位置"
	asideNav     = "导航"
	asideLinks   = "链接列表"
	asideStaff   = "编辑和审核"
	asideFooter  = "页尾"
	asideTag     = "公开信息标签"
	asideBefore  = "标题之前的文字"
	asideBlank   = "没有可见的字"
	asideNumber  = "页码"
	asideBack    = "上一篇和下一篇"
	asideHeader  = "页眉"
	asidePageEnd = "页脚"
	asideComment = "批注"
	asideTitle   = "重复的标题"
	asideHead    = "表头"
	asideLetter  = "文件头和文号"
	asideCopies  = "抄送和印发"
	asideTOC     = "目录"
)

// furnitureForms tell a whole line that belongs to a page and not to the text.
// Each holds for short lines only.
var furnitureForms = []struct {
	reason string
	form   *regexp.Regexp
	where  int // 0 anywhere, 1 before the text, 2 behind it, 3 before or behind
}{
	{asideStamp, regexp.MustCompile(`^[【\[(（]?(发布|公开|生成|更新|公布|发文|上网)?(日期|时间)[:：].*\d{4}`), 3},
	{asideStamp, regexp.MustCompile(`^(信息来源|来源|文章来源|稿件来源|供稿|供稿单位|发布单位|发布机构|信息提供|作者|发布者|发布人)[:：]`), 3},
	{asideStamp, regexp.MustCompile(`^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}[:：]\d{2}(:\d{2})?(\s|$)`), 3},
	{asideStamp, regexp.MustCompile(`^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(\s.*(来源|浏览|作者|字号).*)?$`), 1},
	{asideSize, regexp.MustCompile(`^[【\[(（]?\s*(字号|字体|文字大小|字体大小)\s*[:：]?\s*[\[【(（]?\s*((大|中|小|默认|特大|A[+-]?|\+|-|[+－＋])[\s|/、】\]【\[)）]*)*$`), 0},
	{asideSize, regexp.MustCompile(`^[【\[]?\s*大\s*[】\]|/]?\s*[【\[]?\s*中\s*[】\]|/]?\s*[【\[]?\s*小\s*[】\]]?$`), 0},
	{asideQR, regexp.MustCompile(`^[•·*\-\s]*(微信)?扫(一扫|码|描二维码).{0,20}$|^.{0,6}二维码$`), 0},
	{asidePrint, regexp.MustCompile(`^[【\[(（•·\s]*(打印|关闭|我要打印|打印本页|关闭窗口|关闭本页|打印此页)(本页|窗口|页面|此页|文章)?[】\])）|\s]*([【\[(（\s]*(打印|关闭|收藏|返回|分享|下载|保存|顶部)(本页|窗口|页面|此页|顶部)?[】\])）|\s]*)*$`), 0},
	{asideShare, regexp.MustCompile(`^[【\[(（•·\s]*(分享到?|收藏|转发|加入收藏|设为首页|推荐给朋友|点赞|分享至|我要分享|微信|微博|QQ空间|QQ好友|新浪微博|朋友圈)([】\])）|:：\s]|$)`), 3},
	{asideCount, regexp.MustCompile(`^[【\[(（]?(浏览|阅读|点击|访问|查看)(次数|量|数)?[】\])）]?[:：]?\s*\d*\s*次?$`), 0},
	{asidePath, regexp.MustCompile(`^[•·\s]*(您?(?:现在|当前|目前|所在|所处|的)*位置(?:是)?|首页)\s*([:：>»›/＞]|$)`), 3},
	{asideNav, regexp.MustCompile(`^(网站)?(首页|登录|注册|无障碍(浏览|阅读|服务)?|长者(模式|版|助手)|适老版?|关怀版|繁体(版|中文)?|简体(版|中文)?|English|移动版|手机版|智能问答|站内搜索|搜索|导航|政务公开|政务服务|互动交流|走进.{1,8}|新闻(中心|动态)|专题专栏|机构(设置|概况)|信息公开(目录|指南|年报)?|公示公告|通知公告|政民互动|办事服务|数据开放|领导之窗)([|\s>·].*)?$`), 3},
	{asideLinks, regexp.MustCompile(`^[•·\s]*(友情|相关|重点|网站|快速|常用|政府网站)?(链接|网站链接|网站导航|相关链接|相关阅读|相关新闻|相关文档|相关稿件|相关信息|延伸阅读|推荐阅读|热门(文章|推荐)|政府网站|部门网站|区县网站|媒体网站)[:：]?$|^.{2,24}(政府|部门|系统|单位|县区|区县|委办局|省市|各区|各县|街镇|国家部委)网站(群|链接|导航)?$`), 3},
	{asideStaff, regexp.MustCompile(`^[【\[(（]?\s*(责任编辑|责编|编辑|编审|审核|校对|初审|复审|终审|值班编辑|审签|审校|一审|二审|三审|录入|摄影|监制|签发)(人|员)?\s*[:：]`), 0},
	{asideBack, regexp.MustCompile(`^(上一[篇条页]|下一[篇条页]|返回(顶部|列表|首页|上一页)?|回到顶部|TOP)\s*([:：].*)?$`), 0},
	{asideFooter, regexp.MustCompile(`(ICP备|公网安备|网站标识码|版权所有|Copyright|COPYRIGHT|©|技术支持|网站地图|联系我们|关于我们|法律声明|隐私(政策|声明)|我为政府网站找错|党政机关)`), 3},
	{asideFooter, regexp.MustCompile(`^(主办(单位)?|承办(单位)?|网站主办|网站承办|运维单位|维护单位|协办)\s*[:：]`), 2},
	{asideTag, regexp.MustCompile(`^(索\s*引\s*号|主题(分类|词)|发文(机构|机关|字号|日期)|发布机构|信息(分类|类别|名称|索引)|文\s*号|公开(方式|形式|范围|类别|责任部门)|有效性|成文日期|体裁(分类)?|服务对象|组配分类|关键词|内容概述|生成日期|公文种类|效力状态|废止日期|名\s*称|标\s*题)\s*[:：]`), 1},
	{asideLetter, regexp.MustCompile(`^[一-龥]{1,12}\s*[〔\[（(【]\s*20\d{2}\s*[〕\]）)】]\s*(第?\s*\d{1,4}\s*号|\d{1,4})\s*(签发人[:：].*)?$|^(密级|紧急程度|签发人|份号)\s*[:：]`), 1},
	{asideLetter, regexp.MustCompile(`^[^，,。]{3,30}文\s*件$`), 1},
	{asideCopies, regexp.MustCompile(`^(抄送|抄报|主送|分送|印发范围)\s*[:：]|^.{3,30}\d{4}年\d{1,2}月\d{1,2}日\s*印发$|^[（(](此件|本件)(主动|依申请|不予)?公开(发布)?[)）]$`), 2},
	{asideTOC, regexp.MustCompile(`^目\s*[录次]$|[…·.．]{5,}\s*\d{1,3}$|^.{2,60}\t+\d{1,3}$`), 0},
	{asideNumber, regexp.MustCompile(`^[-—–\s]*第?\s*\d{1,3}\s*页?[-—–\s]*(/|共)?\s*\d{0,3}\s*页?$`), 0},
}

// widgets are what pages put around a text, several of them on one line:
// 发布日期：… 来源：… 【字体：小 中 大】 打印本页. A line of nothing else is
// furniture, whatever their order.
var widgets = []struct {
	reason string
	form   *regexp.Regexp
}{
	{asideStamp, regexp.MustCompile(`^(发布|公开|生成|更新|公布|发文|上网|成文)?(日期|时间)[:：]\s*\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?(\s+\d{1,2}[:：]\d{2}([:：]\d{2})?)?`)},
	{asideStamp, regexp.MustCompile(`^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(\s+\d{1,2}[:：]\d{2}([:：]\d{2})?)?`)},
	{asideStamp, regexp.MustCompile(`^(信息来源|文章来源|稿件来源|来源|供稿单位|供稿|发布单位|发布机构|信息提供|作者|发布者|发布人|信息员|撰稿|编辑|责任编辑|审核|审核人|浏览量)[:：]\s*[^\s:：【\[（(|｜]{0,24}`)},
	{asideCount, regexp.MustCompile(`^(浏览|阅读|点击|访问|查看|点击数|阅读量|浏览量|人气)(次数|量|数)?[:：]?\s*\d*\s*次?`)},
	{asideSize, regexp.MustCompile(`^(字号|字体|文字大小|字体大小|字体显示|视力保护色)\s*[:：]?(\s*(大|中|小|默认|特大|超大|A[+-]?|\+|-|[+－＋]))*`)},
	{asidePrint, regexp.MustCompile(`^(我要)?(打印|关闭|收藏|返回|下载|保存|纠错)(本页|窗口|页面|此页|文章|本文|顶部|列表)?`)},
	{asideShare, regexp.MustCompile(`^(分享到?|分享至|转发|加入收藏|微信|微博|新浪微博|QQ空间|QQ好友|朋友圈|扫一扫|更多)`)},
}

// widgetsOf gives the reason of the first widget of a line that holds nothing
// but widgets, "" for any other line.
func widgetsOf(text string) string {
	reason := ""
	for n := 0; n < 12; n++ {
		text = strings.TrimLeft(text, " \t\u00a0\u3000|｜[]【】()（）:：/、，,;；•·>»-—")
		if text == "" {
			return reason
		}
		rest := text
		for _, w := range widgets {
			if at := w.form.FindStringIndex(text); at != nil && at[1] > 0 {
				rest = text[at[1]:]
				if reason == "" {
					reason = w.reason
				}
				break
			}
		}
		if len(rest) == len(text) {
			return ""
		}
		text = rest
	}
	return ""
}

const maxFurniture = 90 // characters of a line that can be furniture

// zones of a document for furniture
const (
	anywhere = iota
	before
	behind
	either
)

// asideOf gives the reason why a line is furniture, or "".
func asideOf(text string, zone int) string {
	if inkless(text) {
		return asideBlank
	}
	if length(text) > maxFurniture {
		return ""
	}
	for _, f := range furnitureForms {
		if f.where != anywhere && f.where != zone && !(f.where == either && (zone == before || zone == behind)) {
			continue
		}
		if f.form.MatchString(text) {
			if f.reason == asideNumber && zone == anywhere && !strings.ContainsAny(text, "页-—–") {
				continue // a number alone may be a cell or a label
			}
			return f.reason
		}
	}
	if zone != anywhere {
		return widgetsOf(text)
	}
	return ""
}
