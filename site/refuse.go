package site

import (
	"path"
	"time"

	"rectify/site/model"
	"rectify/site/problem"
	"rectify/site/release/archive"
	"rectify/site/release/diff"
	"rectify/site/release/sign"
)

// lost are the items that were public and are not what they have to be.
func lost(c *diff.Changes, before string) (found problem.List) {
	for _, l := range c.Vanished {
		found = append(found, problem.New(problem.IssueVanished, problem.Place{File: reportFile(l.In)}, l.ID.String(), before))
	}
	for _, l := range c.Back {
		found = append(found, problem.New(problem.IssueComesBack, problem.Place{File: reportFile(l.In)}, l.ID.String(), before))
	}
	return found
}

func reportFile(report model.Slug) string {
	return path.Join(DataDir, "reports", string(report), "report.yaml")
}

// refuse looks for what stands in the way: id, approval, key.
func (r *releasing) refuse(a *archive.Archive, portal *model.Portal) (found problem.List) {
	record := problem.Place{File: path.Join(DataDir, "releases", r.ID+".yaml")}
	if _, err := a.Release(r.ID); err == nil {
		found = append(found, problem.New(problem.ReleaseExists, problem.Place{}, r.ID))
	}
	var approval *model.Approval
	for _, one := range portal.Approvals {
		if string(one.ID) == r.ID {
			approval = one
		}
	}
	switch {
	case approval == nil:
		found = append(found, problem.New(problem.NoApproval, record, r.ID))
	default:
		found = append(found, incomplete(approval)...)
		if approval.ApprovedBy.On > r.Now {
			found = append(found, problem.New(problem.ApprovalLate, approval.ApprovedBy.At("on"), string(approval.ApprovedBy.On), string(r.Now)))
		}
		if approval.ContentDigest != "" && string(approval.ContentDigest) != r.content {
			found = append(found, problem.New(problem.ContentDiffers, approval.At("content_digest"), string(approval.ContentDigest), r.content))
		}
	}
	found = append(found, refuseTime(a, r.Time)...)
	return append(found, refuseKey(portal.Trust, r.Secret, r.Unsigned, r.Now)...)
}

// refuseTime keeps the times in the log going forward, on which it rests that a
// key signs nothing when its period is over.
func refuseTime(a *archive.Archive, at time.Time) problem.List {
	name, last := "", ""
	if newest := a.Newest(); newest != nil {
		name, last = newest.ID, newest.Time
	}
	for _, t := range a.Redactions() { // one of them may be the last entry
		if newest := a.Newest(); newest != nil && t.Log.Index > newest.Log.Index {
			name, last = t.SHA256, t.Time
		}
	}
	before, err := time.Parse(time.RFC3339, last)
	if err != nil || !at.Before(before) {
		return nil // verify says it where a time cannot be read
	}
	return problem.List{problem.New(problem.TimeBackwards, problem.Place{}, at.In(china).Format(time.RFC3339), name, last)}
}

// incomplete lists what a draft of an approval lacks.
func incomplete(a *model.Approval) (found problem.List) {
	acts := []struct {
		key string
		act *model.Act
	}{{"drafted_by", &a.DraftedBy}, {"reviewed_by", &a.ReviewedBy}, {"approved_by", &a.ApprovedBy}}
	last := model.Date("")
	for _, one := range acts {
		for _, f := range []struct{ key, value string }{{"who", one.act.Who}, {"on", string(one.act.On)}} {
			if f.value == "" {
				found = append(found, problem.New(problem.ApprovalIncomplete, one.act.At(f.key), one.key+"."+f.key))
			}
		}
		if one.act.On != "" {
			if one.act.On < last {
				found = append(found, problem.New(problem.ApprovalOrder, one.act.At("on"), string(last), string(one.act.On)))
			}
			last = one.act.On
		}
	}
	if a.ContentDigest == "" {
		found = append(found, problem.New(problem.ApprovalIncomplete, a.At("content_digest"), "content_digest"))
	}
	return found
}

// refuseKey holds the key that is to sign against those that are trusted.
func refuseKey(trust *model.Trust, secret *sign.Secret, unsigned bool, day model.Date) problem.List {
	file := problem.Place{File: path.Join(DataDir, TrustName)}
	if secret == nil {
		if trust != nil && !unsigned {
			for i := range trust.Keys {
				if k := &trust.Keys[i]; k.In(day) {
					return problem.List{problem.New(problem.NotSigned, k.At("public"), k.Name)}
				}
			}
		}
		return nil
	}
	mine := secret.Public()
	if trust != nil {
		for i := range trust.Keys {
			k := &trust.Keys[i]
			if public, err := sign.ParsePublic(string(k.Public)); err != nil || public != mine {
				continue
			}
			if !k.In(day) {
				return problem.List{problem.New(problem.KeyOutOfPeriod, k.At("from"), mine.Fingerprint(), string(day), string(k.From)+" – "+string(k.Until))}
			}
			return nil
		}
	}
	return problem.List{problem.New(problem.KeyNotTrusted, file, mine.Fingerprint())}
}
