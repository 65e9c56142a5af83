/** Names that a file system takes and that a page, a terminal or a spreadsheet may stumble over. */

export const formulas = [
  "=cmd|'calc'!A0",
  "+1+cmd|'calc'!A0",
  "-2+3+cmd|'calc'!A0",
  "@SUM(1+1)*cmd|'calc'!A0",
  '=HYPERLINK("http:example.org","click")',
];

export const markup = [
  "<img src=x onerror=alert(1)>",
  "<script>globalThis.executed=1<%2fscript>",
  '"><svg onload=alert(1)>',
  "'-alert(1)-'",
  "{{7*7}}&lt;b&gt;",
  "</td></tr></table><h1>gone",
  "javascript:alert(1)",
];

const strange = [
  "new\nline",
  "tab\tand\rreturn",
  "bell\u0007 escape\u001b[2J\u001b]0;title\u0007",
  "right-to-left \u202egnp.exe",
  "zero\u200bwidth\u2060joined\ufeff",
  "emoji 👩‍🔬🏳️‍🌈",
  "Cafe\u0301 (two code points)",
  "ｶﾒﾗ 棚札 检查",
  " leading and trailing ",
  "..\\..\\x",
  "C:\\Windows\\x",
  "%2e%2e%2fx",
  "$(touch executed)",
  "`touch executed`",
  "; touch executed #",
  "| touch executed",
  "--overwrite",
  "-rf",
  "~",
  "*",
  "CON",
  "NUL",
  "aux.h",
  "COM1",
  "__proto__",
  "constructor",
  "toString",
  "path",
  "あ".repeat(83),
];

/** Without their ending. None holds a slash or a zero byte, which no file system takes. */
export const hostileNames = [
  ...formulas,
  ...markup.map((text) => text.replaceAll("/", "∕")),
  ...strange,
];
