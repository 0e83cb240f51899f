package load

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"gopkg.in/yaml.v3"
)

// The library's names are given once, so that its import path stands in this
// file only.
type node = yaml.Node

const (
	scalarNode   = yaml.ScalarNode
	mappingNode  = yaml.MappingNode
	sequenceNode = yaml.SequenceNode
	aliasNode    = yaml.AliasNode

	taggedStyle   = yaml.TaggedStyle
	doubleQuoted  = yaml.DoubleQuotedStyle
	blockStyles   = yaml.LiteralStyle | yaml.FoldedStyle
	unplainStyles = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | blockStyles

	mergeTag = "!!merge"
)

// parse gives the documents of a text, the first two of them: more than one is
// a problem anyway. Aliases stay unexpanded, since the target is a node. A
// panic of the library becomes an error.
func parse(text string) (docs []*node, err error) {
	defer func() {
		if r := recover(); r != nil {
			docs, err = nil, fmt.Errorf("internal error: %v", r)
		}
	}()
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for len(docs) < 2 {
		var doc node
		err := decoder.Decode(&doc)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		docs = append(docs, &doc)
	}
	return docs, nil
}
