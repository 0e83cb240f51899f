// Writes a portal that fills every field of the data once, so that the theme's
// tests see every block of every page, the paging of lists and all the marks
// of a footer. Nothing in it is true.
//
//   node test/portal.js DIR      then: rectify build -C DIR
//
// Data files are YAML, and every JSON text is YAML too.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const dir = process.argv[2];
if (!dir) {
  console.error("usage: node test/portal.js DIR");
  process.exit(2);
}

function write(name, content) {
  const file = join(dir, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content, null, 2) + "\n");
}

write("data/portal.yaml", {
  format: 1,
  name: "示例县整改公开",
  unit: "示例县示范局",
  description: "用来检查主题的示例，内容都是虚构的。",
  keywords: ["整改", "公开"],
  language: process.env.RECTIFY_LANGUAGE || "zh-CN",
  ...(process.env.RECTIFY_BASE_URL === "" ? {} : { base_url: process.env.RECTIFY_BASE_URL || "https://www.example.gov.cn/zhenggai/" }),
  parent: { title: "示例县人民政府", url: "https://www.example.gov.cn/" },
  contact: {
    unit: "示例县示范局办公室",
    phones: ["000-00000001", "000-00000002"],
    address: "示例县示范路1号",
    emails: ["a@example.gov.cn", "b@example.gov.cn"],
    hours: "工作日 9:00—17:00",
  },
  official: {
    site_id_code: "0000000000",
    icp: "京ICP备00000000号-1",
    police_filing: "京公网安备00000000000000号",
    police_url: "https://www.example.gov.cn/police",
    party_mark_url: "https://www.example.gov.cn/mark",
    error_url: "https://www.example.gov.cn/error",
    sponsor: "示例县人民政府办公室",
    organiser: "示例县大数据中心",
  },
  footer: [
    { title: "有链接的一组", links: [{ title: "示例一", url: "https://www.example.gov.cn/1" }, { title: "示例二", url: "https://www.example.gov.cn/2" }] },
    { title: "没有链接的一组", links: [] },
  ],
});

write("data/pages/about.md", `# 关于示例

一段文字,有**强调**和[链接](https://www.example.gov.cn/)。

## 列表和引文

1. 第一
2. 第二

- 甲
- 乙

> 引文。

### 代码

\`\`\`
一行代码,长到在手机上放不下,长到在手机上放不下,长到在手机上放不下,长到在手机上放不下
\`\`\`
`);

// report writes one report; the source text follows from the data, paragraph
// by paragraph, as a report prints it.
function report(id, { head, parts, after, sections, furniture, signature }) {
  const lines = [];
  const put = (...texts) => {
    for (const text of texts) lines.push(...text.split("\n"));
  };
  const furnished = [];
  put(head.title, ...head.title_lines);
  const addPart = (part) => {
    if (part.label || part.title) put((part.label || "") + (part.title || ""));
    if (part.text) put(part.text);
    for (const below of part.parts || []) addPart(below);
    return part;
  };
  const before = parts.map(addPart);
  const outline = sections.map(function add(section) {
    const { issues = [], sections: below = [], ...own } = section;
    put(`${own.label}${own.lead}“${own.title}”的问题${own.summary ? "," + own.summary : "。"}`);
    const source = { paragraphs: [lines.length] };
    const sub = below.map(add);
    for (const issue of issues) {
      put(`${issue.label}${issue.lead}“${issue.title}”的问题。`);
      const paragraphs = [lines.length];
      const text = (value) => {
        if (!value) return;
        for (const line of value.split("\n")) {
          put(line);
          paragraphs.push(lines.length);
        }
      };
      text(issue.finding);
      text(issue.goal);
      for (const measure of issue.measures || []) text((measure.label || "") + (measure.title || "") + (measure.text || ""));
      text(issue.result);
      write(`data/reports/${id}/issues/${issue.id}.yaml`, { ...issue, source: { paragraphs } });
    }
    return { ...own, source, sections: sub, issues: issues.map((issue) => issue.id) };
  });
  const behind = after.map(addPart);
  put(...signature);
  for (const text of furniture) {
    put(text);
    furnished.push(lines.length);
  }
  write(`data/reports/${id}/report.yaml`, { ...head, parts: [...before, ...behind], outline, furniture: furnished });
  write(`data/reports/${id}/source.txt`, lines.join("\n\n") + "\n");
}

const statuses = ["done", "basically_done", "in_progress", "long_term", "overdue", "not_done", "reopened"];

const full = {
  id: 100001,
  label: "(1)",
  lead: "针对",
  title: "什么都有的问题",
  finding: "发现的第一段。\n发现的第二段。",
  goal: "目标的一段。",
  measures: [
    { label: "一是", title: "加大力度。", text: "第一段,2023年 完成。\n第二段。\n第三段。" },
    { label: "二是", title: "只有首句。" },
    { text: "没有编号的一段。" },
  ],
  result: "结果的一段。",
  status: { code: "in_progress", printed: "正在整改", as_of: "2024-03-01", basis: "该问题正在整改。" },
  deadline: { date: "2024-01-31", kind: "by_date_then_long_term", printed: "2024年1月底前,并长期坚持" },
  owners: { leader: "分管副局长", lead_units: ["甲室", "乙室"], co_units: ["丙室"], supervisor: "督导组" },
  evidence: [{ file: "plan.txt", title: "整改方案", date: "2023-12", kind: "方案" }],
  follow_ups: [
    { due: "2024-02", text: "没有编号的一段", measure: 3 },
    { due: "2025", text: "加大力度", measure: 1 },
    { text: "只有首句", measure: 2 },
  ],
  publicity: { start: "2024-02-01", end: "2024-02-08" },
  corrections: [{ on: "2024-02-20", what: "数字有误。", from: "3 个", to: "4 个" }],
  history: [{ on: "2024-03-01", what: "状态有变化。", from: "未注明", to: "正在整改", basis: "三月的会议记录。" }],
};

const others = Array.from({ length: 58 }, (_, i) => ({
  id: 200001 + i,
  label: `(${i + 1})`,
  lead: "针对",
  title: `第${i + 1}个示例问题`,
  measures: [{ text: `对第${i + 1}个示例问题的措施。` }],
  ...(i < statuses.length ? { status: { code: statuses[i], as_of: "2024-03-01", basis: `第${i + 1}个示例问题的依据。` } } : {}),
  ...(i === 0 ? { deadline: { kind: "immediate" } } : {}),
  ...(i === 1 ? { withdrawn: { on: "2024-02-10", why: "与另一问题重复。" } } : {}),
}));

const contact = { unit: "巡察办", phones: ["000-00000003"] };

report("first", {
  head: {
    title: "示例县示范局关于第一轮巡察整改进展情况的通报",
    title_lines: ["示例县示范局", "关于第一轮巡察整改进展情况的通报"],
    issuer: "示例县示范局",
    unit: "示例县示范局",
    region: "示例县",
    source: "县示范局",
    published_at: "2024-03-08 09:00",
    signed_by: "中共示例县示范局委员会",
    signed_on: "2024-03-01",
    as_of: "2024-03-01",
    inspection: { level: "县委", round: "第一轮巡察", kind: "常规巡察", team: "第一组", start: "2023-03-01", end: "2023-05-01", findings_on: "2023-06-01" },
    contact,
    declared: [
      { label: "方面", n: 2, unit: "个", quote: "2个方面70条问题", of: "sections" },
      { label: "问题", n: 70, unit: "条", quote: "2个方面70条问题", of: "issues" },
      { label: "制度", n: 5, unit: "项", quote: "制定制度5项" },
    ],
    metrics: [{ kind: "追缴", value: "4.89", unit: "万元", quote: "追缴4.89万元" }],
  },
  parts: [
    { text: "开头的一段。" },
    { label: "一、", title: "组织情况", parts: [{ label: "(一)", title: "加强领导", text: "针对2个方面70条问题,制定制度5项,追缴4.89万元。" }] },
    { label: "二、", title: "整改情况", text: "下面逐条说明。", outline: true },
  ],
  sections: [
    {
      id: "1", label: "(一)", lead: "关于", title: "第一方面", summary: "有小结。", sections: [
        { id: "1-1", label: "1.", lead: "关于", title: "第一类", sections: [{ id: "1-1-1", label: "①", lead: "关于", title: "第三层", issues: [full] }], issues: others.slice(0, 10) },
        { id: "1-2", label: "2.", lead: "关于", title: "第二类", issues: others.slice(10, 20) },
      ],
    },
    { id: "2", label: "(二)", lead: "关于", title: "第二方面", issues: others.slice(20) },
  ],
  after: [{ label: "三、", title: "下一步", parts: [{ label: "(一)", title: "打算", text: "打算的一段。" }] }],
  furniture: ["扫一扫在手机打开当前页", "重点链接"],
  signature: ["中共示例县示范局委员会", "2024年3月1日"],
});
write("data/reports/first/files/plan.txt", "整改方案\n");

report("second", {
  head: {
    title: "示例县示范局关于第二轮巡察整改进展情况的通报",
    title_lines: ["关于第二轮巡察整改进展情况的通报"],
    unit: "示例县示范局",
    signed_by: "中共示例县示范局委员会",
    signed_on: "2024-02-01",
    as_of: "2024-02-01",
  },
  parts: [{ label: "一、", title: "整改情况", outline: true }],
  sections: [{ id: "1", label: "(一)", lead: "关于", title: "唯一的方面", issues: [{ id: 300001, label: "(1)", lead: "针对", title: "只有标题的问题" }] }],
  after: [],
  furniture: [],
  signature: ["中共示例县示范局委员会", "2024年2月1日"],
});
