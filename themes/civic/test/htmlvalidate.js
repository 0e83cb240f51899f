// The rules for finished pages: html-validate's recommended ones, with these
// differences, each for a reason.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // The minifier joins what the template writes on several lines.
    "no-trailing-whitespace": "off",
    // Numbers of telephones do not break: the class says white-space: nowrap.
    "tel-non-breaking": ["error", { ignoreClasses: ["civic-contact__phone"] }],
  },
};
