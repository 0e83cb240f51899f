package minify

import (
	"bytes"
	"encoding/json"
	"errors"
)

// minifyJSON drops white space outside strings and nothing else: every number
// and every string keeps its bytes. The library's own JSON minifier could do
// as much, but it takes [1,] and a truncated file for JSON.
func minifyJSON(data []byte) ([]byte, error) {
	out := bytes.NewBuffer(make([]byte, 0, len(data)))
	if err := json.Compact(out, data); err != nil {
		return nil, jsonError(data)
	}
	return out.Bytes(), nil
}

// jsonError parses broken JSON once more: only Unmarshal tells the place.
func jsonError(data []byte) error {
	var raw json.RawMessage
	err := json.Unmarshal(data, &raw)
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return err
	}
	offset := int(syntax.Offset)
	if offset > 0 && offset <= len(data) {
		offset-- // Offset counts the offending byte too
	}
	return &syntaxError{text: data, offset: offset, msg: syntax.Error()}
}
