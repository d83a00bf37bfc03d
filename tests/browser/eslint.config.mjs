// The page's modules: what ESLint recommends, and the habits of this house. The floor is Chromium 86, so ES2019.
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    rules: {
      "eqeqeq": "error",
      "no-var": "error",
      "prefer-const": "error",
      "prefer-template": "error",
      "no-shadow": "error",
      "no-implicit-globals": "error",
      "no-param-reassign": "error",
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-restricted-properties": ["error", ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({ property, message: "Text of documents is never markup." }))],
      "complexity": ["error", 14],
      "max-depth": ["error", 3],
      "max-lines": ["error", 300],
      "max-params": ["error", 7],
    },
  },
  { files: ["**/page/*.mjs"], languageOptions: { ecmaVersion: 2019, sourceType: "module", globals: { ...globals.browser, vis: "readonly" } } },
  { files: ["**/js/*.mjs"], languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.node } },
];
