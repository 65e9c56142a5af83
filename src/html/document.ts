/** What every HTML file of ours begins with: nothing is fetched, nothing is sent, what made it. */
import { type Html, html, oneLine, trusted } from "./markup.ts";

export interface DocumentHead {
  readonly language: string;
  /** Of the window; the product's name follows. */
  readonly title: string;
  /** Of the product. */
  readonly version: string;
  readonly style: string;
  /** What pages may do beyond inline styles, scripts and pictures, by directive. */
  readonly allowed?: { readonly images?: string; readonly scripts?: string };
}

/** From the doctype to the opened body. */
export function documentHead({ language, title, version, style, allowed }: DocumentHead): Html {
  const { images = "", scripts = "" } = allowed ?? {};
  const policy = [
    "default-src 'none'",
    `img-src data:${images && ` ${images}`}`,
    "style-src 'unsafe-inline'",
    `script-src 'unsafe-inline'${scripts && ` ${scripts}`}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Tanafuda ${version}">
<title>${oneLine(title)} – Tanafuda</title>
<style>${trusted(style)}</style>
</head>
<body>`;
}
