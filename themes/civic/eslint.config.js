// What the theme's scripts may use: the words of ES5, since browsers of the
// Chrome 70 class read them as they stand, and no way to make HTML of text.
export default [
  {
    files: ["assets/js/**/*.js"],
    languageOptions: {
      ecmaVersion: 5,
      sourceType: "script",
      globals: Object.fromEntries(
        ["window", "document", "location", "navigator", "history", "URL", "NodeFilter", "SpeechSynthesisUtterance"].map((name) => [name, "readonly"]),
      ),
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-undef": "error",
      "no-unused-vars": ["error", { caughtErrors: "none" }],
      "no-redeclare": "error",
      "no-implicit-globals": "off",
      "no-shadow": "error",
      "no-use-before-define": ["error", { functions: false }],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-console": "error",
      "no-cond-assign": "off", // while ((match = pattern.exec(text))) is how ES5 walks
      "no-empty": "error",
      "no-loop-func": "error",
      "no-sequences": "error",
      "consistent-return": "error",
      curly: "error",
      eqeqeq: "error",
      strict: ["error", "function"],
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({ property, message: "text becomes HTML only in templates" })),
        { object: "document", property: "write" },
      ],
    },
  },
  {
    files: ["assets/js/*.js"],
    ignores: ["assets/js/start.js"],
    languageOptions: { globals: { civic: "readonly" } },
  },
  // The search is one script, checked as it is put together: its parts share
  // their names, and so many lines are short ones.
  { ignores: ["assets/js/search/"] },
  {
    files: ["assets/js/search.js"],
    languageOptions: {
      globals: Object.fromEntries(["atob", "Promise", "URLSearchParams", "setTimeout", "clearTimeout"].map((name) => [name, "readonly"])),
    },
    rules: {
      "no-shadow": "off",
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "consistent-return": "off",
      curly: "off",
      strict: "off",
    },
  },
  { files: ["assets/js/start.js"], rules: { "no-unused-vars": ["error", { varsIgnorePattern: "^civic$", caughtErrors: "none" }] } },
];
