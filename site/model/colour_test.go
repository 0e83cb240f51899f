package model

import (
	"math"
	"testing"
)

func TestColourIsReadWithOrWithoutItsHash(t *testing.T) {
	for text, want := range map[string]Colour{"8c1a1e": "#8c1a1e", "#8C1A1E": "#8c1a1e", "fff": "#ffffff", "#a0c": "#aa00cc"} {
		var c Colour
		if err := c.UnmarshalText([]byte(text)); err != nil || c != want {
			t.Errorf("%s: got %s, %v", text, c, err)
		}
	}
	for _, text := range []string{"", "red", "8c1a1", "8c1a1e0", "##8c1a1e", "-8c1a1", "0x8c1a", "8c 1a1"} {
		var c Colour
		if err := c.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken for %s", text, c)
		}
	}
}

// The figures are those of the examples in “Understanding WCAG 2.2”.
func TestContrastIsThatOfWCAG(t *testing.T) {
	for _, c := range []struct {
		a, b Colour
		want float64
	}{{"#000000", "#ffffff", 21}, {"#767676", "#ffffff", 4.54}, {"#ffffff", "#ff0000", 4.0}, {"#8c1a1e", "#8c1a1e", 1}} {
		if got := c.a.Contrast(c.b); math.Abs(got-c.want) > 0.01 || got != c.b.Contrast(c.a) {
			t.Errorf("%s on %s: %.2f, the other way %.2f", c.a, c.b, got, c.b.Contrast(c.a))
		}
	}
}

func TestTowardsChangesNoMoreThanTheContrastNeeds(t *testing.T) {
	if got := Colour("#8c1a1e").Towards(Black, White, 4.5); got != "#8c1a1e" {
		t.Errorf("a colour that can be read became %s", got)
	}
	got := Colour("#e8a33d").Towards(Black, White, 4.5)
	if c := got.Contrast(White); c < 4.5 || c > 4.7 {
		t.Errorf("%s has a contrast of %.2f", got, c)
	}
	if got := Colour("#777777").Towards(White, "#808080", 10); got != White {
		t.Errorf("what cannot be reached gives %s", got)
	}
}

func TestDaysAreAWholeNumberFromZero(t *testing.T) {
	var d Days
	if err := d.UnmarshalText([]byte("0")); err != nil || d != 0 {
		t.Errorf("0: %d, %v", d, err)
	}
	for _, text := range []string{"-1", "1.5", "一年", "36501", ""} {
		if err := d.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken for days", text)
		}
	}
}
