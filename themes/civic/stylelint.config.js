// What the theme's style sheets may use. The oldest browsers of county offices
// are of the Chrome 70 class: they drop a rule, or a whole block, that has a
// word they do not know.
export default {
  extends: ["stylelint-config-standard"],
  rules: {
    // BEM with a prefix, so that a class is found by grep.
    "selector-class-pattern": [
      "^civic-[a-z]+(-[a-z]+)*(__[a-z]+(-[a-z]+)*)?(--[a-z]+(-[a-z]+)*)?$",
      { message: "a class is civic-block__element--modifier" },
    ],
    "max-nesting-depth": [0, { ignoreAtRules: ["media", "supports"] }],
    "selector-pseudo-class-disallowed-list": ["is", "where", "has"],
    // :focus-visible is used once, in base.css, in a rule that may be dropped.
    "selector-not-notation": "simple",
    "at-rule-disallowed-list": ["layer", "import", "container", "font-face", "property"],
    "function-disallowed-list": ["clamp", "min", "max", "color-mix"],
    "property-disallowed-list": [
      "aspect-ratio",
      "content-visibility",
      "inset",
      "gap", // in a flex box it is ignored; grid has grid-gap
      "row-gap",
      "column-gap",
      "/^(margin|padding|border|inset)-(inline|block)/",
    ],
    "media-feature-range-notation": "prefix",
    "declaration-no-important": true,
    "selector-max-id": 0,
    // The names above that old browsers know are the old ones.
    "property-no-deprecated": null,
    "property-no-vendor-prefix": null,
    // Blocks of one file belong to one component and are read from top to
    // bottom; elements inside prose and lists come after their block.
    "no-descending-specificity": null,
  },
};
