import en from '@resources/locales/en/shell.json'
import vi from '@resources/locales/vi/shell.json'
import type { ErrorParams } from '@contract/errors'
import { ORIGIN } from './protocol-filter'

/** The sentence of an error code. */
export interface Sentence {
  readonly what: string
  readonly effect: string
  readonly next: string
}

/** Why there is no work to be done: the core's own reason, or that it ended too often. */
export interface Trouble {
  readonly code: string
  readonly params: ErrorParams
  /** Sentences by language when the code has any; else the shell's own. */
  readonly sentences: { readonly vi: Sentence | null; readonly en: Sentence | null }
}

export const FATAL_ADDRESS = `${ORIGIN}/fatal.html`
/** Not a page: going there from the fatal page asks the shell to start the core again. */
export const RETRY_ADDRESS = `${ORIGIN}/retry.html`

/** The page shown when the core cannot serve. Plain HTML: it must work when nothing else does. */
export function fatalPage(trouble: Trouble, nonce: string): string {
  const inVietnamese = trouble.sentences.vi ?? vi.crashed
  const inEnglish = trouble.sentences.en ?? en.crashed
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escape(vi.title)}</title>
<style nonce="${escape(nonce)}">${STYLE}</style></head>
<body><main role="alert">
<h1>${fill(inVietnamese.what, trouble.params)}</h1>
<p>${fill(inVietnamese.effect, trouble.params)}</p>
<p>${fill(inVietnamese.next, trouble.params)}</p>
<p><a href="${RETRY_ADDRESS}" autofocus>${escape(vi.retry)} <kbd>Enter</kbd></a> <span>${escape(vi.code)} ${escape(trouble.code)}</span></p>
<section lang="en"><h2>${fill(inEnglish.what, trouble.params)}</h2><p>${fill(inEnglish.effect, trouble.params)} ${fill(inEnglish.next, trouble.params)}</p></section>
</main></body></html>`
}

/** Fills `{{name}}` places; unknown ones stay visible rather than vanish. */
function fill(text: string, params: ErrorParams): string {
  return escape(text.replace(/\{\{\s*(\w+)\s*\}\}/g, (place, name: string) => (name in params ? String(params[name]) : place)))
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`)
}

/** Colours are the tokens canvas, surface, text, text2, accent and lineStrong of the visual language. */
const STYLE = `
:root{color-scheme:light dark;--canvas:#EEF1F2;--surface:#FFFFFF;--line:#75828B;--text:#131D24;--text2:#3F4B54;--accent:#0B5563;--on:#FFFFFF}
@media (prefers-color-scheme:dark){:root{--canvas:#0F161A;--surface:#172026;--line:#7D8C96;--text:#E9EFF2;--text2:#B9C5CC;--accent:#67C3CF;--on:#04222A}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--canvas);color:var(--text);font:400 18px/1.5 Inter,"Segoe UI",sans-serif}
main{max-width:38rem;margin:24px;padding:24px;background:var(--surface);border:1px solid var(--line);border-radius:6px}
h1{margin:0 0 12px;font-size:22px;font-weight:650}p{margin:0 0 12px}
a{display:inline-block;padding:10px 16px;margin-right:16px;border-radius:6px;background:var(--accent);color:var(--on);font-weight:600;text-decoration:none}
a:focus-visible{outline:3px solid #0A66C2;outline-offset:2px}kbd{font:600 12px/1 inherit;border:1px solid;border-radius:4px;padding:2px 6px;margin-left:6px}
section{margin-top:24px;padding-top:12px;border-top:1px solid var(--line);color:var(--text2);font-size:15px}h2{font-size:15px;margin:0 0 4px}`
