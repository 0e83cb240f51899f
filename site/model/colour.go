package model

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"rectify/site/problem"
)

// Colour is a colour of the screen as style sheets write it: "#8c1a1e".
type Colour string

// White and Black are the ends of every shade.
const (
	White Colour = "#ffffff"
	Black Colour = "#000000"
)

// UnmarshalText takes three or six hexadecimal digits. The # before them may be
// left out: behind a key, YAML takes it for the beginning of a comment.
func (c *Colour) UnmarshalText(text []byte) error {
	digits := strings.ToLower(strings.TrimPrefix(string(text), "#"))
	if len(digits) == 3 {
		digits = strings.Repeat(digits[:1], 2) + strings.Repeat(digits[1:2], 2) + strings.Repeat(digits[2:], 2)
	}
	if _, err := strconv.ParseUint(digits, 16, 32); err != nil || len(digits) != 6 {
		return problem.New(problem.BadValue, problem.Place{}, string(text), problem.Both("六位十六进制的颜色,如 8c1a1e", "a colour of six hexadecimal digits such as 8c1a1e"))
	}
	*c = Colour("#" + digits)
	return nil
}

// rgb are its three parts, 0 to 255; those of a colour that is empty are black.
func (c Colour) rgb() (parts [3]float64) {
	n, err := strconv.ParseUint(strings.TrimPrefix(string(c), "#"), 16, 32)
	if err != nil {
		return parts
	}
	return [3]float64{float64(n >> 16 & 0xff), float64(n >> 8 & 0xff), float64(n & 0xff)}
}

// Mix is this colour with a share (0 to 1) of another in it.
func (c Colour) Mix(with Colour, share float64) Colour {
	a, b := c.rgb(), with.rgb()
	out := "#"
	for i := range a {
		out += fmt.Sprintf("%02x", int(math.Round(a[i]+(b[i]-a[i])*share)))
	}
	return Colour(out)
}

// luminance is the relative luminance of WCAG 2.2, 0 for black and 1 for white.
func (c Colour) luminance() float64 {
	var sum float64
	for i, part := range c.rgb() {
		part /= 255
		if part <= 0.04045 {
			part /= 12.92
		} else {
			part = math.Pow((part+0.055)/1.055, 2.4)
		}
		sum += part * [3]float64{0.2126, 0.7152, 0.0722}[i]
	}
	return sum
}

// Contrast is the contrast ratio of WCAG 2.2 between two colours, 1 to 21.
func (c Colour) Contrast(with Colour) float64 {
	a, b := c.luminance(), with.luminance()
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

// Towards is this colour with as little of another in it as gives it the wanted
// contrast to a third one; the other itself where nothing less does.
func (c Colour) Towards(other, against Colour, wanted float64) Colour {
	const steps = 100
	for i := range steps {
		if mixed := c.Mix(other, float64(i)/steps); mixed.Contrast(against) >= wanted {
			return mixed
		}
	}
	return other
}
