// The rules for finished pages: html-validate's recommended ones, with this
// difference.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Numbers of telephones do not break: the class says white-space: nowrap.
    "tel-non-breaking": ["error", { ignoreClasses: ["civic-contact__phone"] }],
  },
};
