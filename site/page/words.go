package page

import "rectify/site/model"

// words are the names of pages. They are data, not decoration: breadcrumbs,
// site map, search and exports show the same ones. The theme's i18n files hold
// every other text of the interface.
type words struct {
	home, issues, contact, siteMap, notFound, fullText string
	pageN                                              [2]string // around the number
	sections                                           [3]string // by depth
	published, measures                                string
	mainPages, prose                                   string
	columnType                                         string
	timeline, followUps, documents, data, releases     string
	search                                             string
	filters                                            [6]string         // in the order of Book.filters
	all                                                map[string]string // pages of all values, by the folder of the filter
	colon, comma                                       string
	withdrawn                                          string // before the number of a withdrawn issue
	takenBack                                          string // over the number of withdrawn issues
	overview                                           string // the page of the only report
	release                                            string // around the id of a release
}

var wordsOf = map[model.Language]words{
	model.SimplifiedChinese: {
		home: "首页", issues: "全部问题", contact: "监督与意见", siteMap: "网站地图", notFound: "页面不存在", fullText: "通报全文",
		pageN:    [2]string{"第 ", " 页"},
		sections: [3]string{"方面", "类", "小类"}, published: "问题", measures: "措施",
		mainPages: "主要页面", prose: "说明",
		columnType: "政务公开",
		timeline:   "时间线", followUps: "承诺事项", documents: "提到的文件和作品", data: "开放数据", releases: "历次公布", search: "搜索",
		filters: [6]string{"状态", "通报", "责任单位", "单位", "轮次", "公布年份"}, colon: "：", comma: "、",
		all: map[string]string{
			byStatus: "全部状态", byReport: "全部通报", byOwner: "全部责任单位", byUnit: "全部单位", byRound: "历次巡察、督察和审计", byYear: "全部年份",
		},
		withdrawn: "已撤回的问题", takenBack: "已撤回", overview: "通报概览", release: "%s 期",
	},
	model.EnglishInterface: {
		home: "Home", issues: "All issues", contact: "Contact", siteMap: "Site map", notFound: "Page not found", fullText: "Full text",
		pageN:    [2]string{"page ", ""},
		sections: [3]string{"areas", "groups", "sub-groups"}, published: "issues", measures: "measures",
		mainPages: "Main pages", prose: "About",
		columnType: "Open government",
		timeline:   "Timeline", followUps: "Promises", documents: "Documents and works named", data: "Open data", releases: "Releases", search: "Search",
		filters: [6]string{"Status", "Report", "Owner", "Unit", "Round", "Year of publication"}, colon: ": ", comma: ", ",
		all: map[string]string{
			byStatus: "All statuses", byReport: "All reports", byOwner: "All owners", byUnit: "All units", byRound: "All inspections", byYear: "All years",
		},
		withdrawn: "Withdrawn issue", takenBack: "withdrawn", overview: "The report", release: "Release %s",
	},
}
