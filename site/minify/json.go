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
	// Offset counts the offending byte too; where the file ends too early it
	// is the last byte.
	return &syntaxError{text: data, offset: max(0, int(syntax.Offset)-1), msg: syntax.Error()}
}
