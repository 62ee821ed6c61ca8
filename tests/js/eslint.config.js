import js from "@eslint/js";
import globals from "globals";

const rules = {
  "no-sequences": "error", // two things to do are two statements
  "no-unused-vars": ["error", { args: "none", caughtErrors: "none" }],
  eqeqeq: "error",
  "no-var": "error",
  "prefer-const": "error",
};

// Run from the repository's folder (see `check` in package.json): eslint lints nothing above where it begins.
export default [
  js.configs.recommended,
  { rules, languageOptions: { globals: globals.browser } },
  { files: ["tests/js/**"], languageOptions: { globals: globals.node } },
  {
    files: ["ctekit/room/**", "ctekit/lab/**/remoteEntry.js"],
    ignores: ["ctekit/room/{lead,screen,wall}.js"],
    languageOptions: { sourceType: "script" },
  },
];
