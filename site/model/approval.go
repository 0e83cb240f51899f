package model

import (
	"encoding/base64"
	"regexp"
	"strings"

	"rectify/site/problem"
)

// Approval says who answers for one release: releases/<id>.yaml. It stays with
// the unit and is never published. Nothing in it is required to load, since it
// is written before all have signed; a release asks for all of it.
type Approval struct {
	Where         `doc:"审批记录：一期公布由谁拟稿、审查、签发。留在单位，不公开"`
	ID            Slug   // the name of its file, and of the release
	DraftedBy     Act    `data:"drafted_by" doc:"拟稿"`
	ReviewedBy    Act    `data:"reviewed_by" doc:"保密审查"`
	ApprovedBy    Act    `data:"approved_by" doc:"签发"`
	Note          string `data:"note" doc:"备注"`
	ContentDigest Digest `data:"content_digest" doc:"批准的内容摘要，由 rectify approve 填写"`
}

// Act is what one person did for a release. A role may stand for the name.
type Act struct {
	Where `doc:"经手人和日期"`
	Who   string `data:"who" doc:"姓名或职务"`
	On    Date   `data:"on" doc:"日期"`
}

// Digest is a SHA-256 in words: "sha256:" and 64 hexadecimal digits.
type Digest string

var digestForm = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)

// UnmarshalText takes what Digest says.
func (d *Digest) UnmarshalText(text []byte) error {
	if !digestForm.Match(text) {
		return problem.New(problem.BadValue, problem.Place{}, string(text), problem.Both("sha256: 后面接 64 个十六进制数字,由 rectify approve 填写", "sha256: and 64 hexadecimal digits, as rectify approve writes it"))
	}
	*d = Digest(text)
	return nil
}

// Trust lists the keys with which releases were and are signed: trust.yaml. It
// is public. A key that was lost or changed stays, with its period, so that
// older releases can still be checked.
type Trust struct {
	Where `doc:"签名用的公钥。换过的、遗失的也留着并写明期限，以便核对过去的各期"`
	Keys  []TrustedKey `data:"keys,required" doc:"公钥，新的写在后面"`
}

// TrustedKey is a public key with the period in which it signs.
type TrustedKey struct {
	Where  `doc:"一个公钥和它的有效期"`
	Name   string    `data:"name,required" doc:"名称，如 示例局公布密钥 2025"`
	Public PublicKey `data:"public,required" doc:"公钥，rectify key new 显示的一行"`
	From   Date      `data:"from,required" doc:"从哪一天起用"`
	Until  Date      `data:"until" doc:"用到哪一天；还在用就不填"`
	Note   string    `data:"note" doc:"说明，如 遗失、更换的情况；会显示在网页上"`
}

// In says whether the key signs on a day.
func (k *TrustedKey) In(day Date) bool { return k.From <= day && (k.Until == "" || day <= k.Until) }

// PublicKey is an Ed25519 key as OpenSSH writes it: "ssh-ed25519 AAAA…". A
// comment behind it is dropped.
type PublicKey string

// keyHead is how the binary form of every such key begins (RFC 4253, 6.6).
const keyHead = "\x00\x00\x00\x0bssh-ed25519\x00\x00\x00\x20"

// UnmarshalText takes what PublicKey says.
func (k *PublicKey) UnmarshalText(text []byte) error {
	words := strings.Fields(string(text))
	if len(words) >= 2 && words[0] == "ssh-ed25519" {
		data, err := base64.StdEncoding.DecodeString(words[1])
		if err == nil && strings.HasPrefix(string(data), keyHead) && len(data) == len(keyHead)+32 {
			*k = PublicKey(words[0] + " " + words[1])
			return nil
		}
	}
	return problem.New(problem.BadValue, problem.Place{}, string(text), problem.Both("ssh-ed25519 AAAA… 这样的公钥,由 rectify key new 显示", "a public key such as ssh-ed25519 AAAA…, as rectify key new shows it"))
}
