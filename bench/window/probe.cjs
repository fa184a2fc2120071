// Loaded into the main process before the app: tells on standard error when the first page shows what MOTCUA_PROBE selects, and on
// standard input takes steps on that page. The same for the app and for the empty window, so that its own cost is in both.
const { app } = require('electron')

const now = () => performance.timeOrigin + performance.now()
const tell = (fact) => process.stderr.write(`PROBE ${JSON.stringify(fact)}\n`)
/** Resolves two pictures after the element is there. */
const shown = (selector) => `new Promise((done) => {
  const look = () => (document.querySelector(${JSON.stringify(selector)}) ? requestAnimationFrame(() => requestAnimationFrame(done)) : requestAnimationFrame(look))
  look()
})`

let first
app.on('web-contents-created', (_event, contents) => {
  first ??= contents
  if (contents !== first) return
  contents.once('dom-ready', () => {
    contents.executeJavaScript(shown(process.env.MOTCUA_PROBE ?? 'body')).then(() => tell({ kind: 'usable', at: now() }), () => tell({ kind: 'failed' }))
  })
})

async function step({ key, modifiers = [], until }) {
  if (key !== undefined) {
    first.focus()
    const types = modifiers.length > 0 ? ['keyDown', 'keyUp'] : ['keyDown', 'char', 'keyUp']
    for (const type of types) first.sendInputEvent({ type, keyCode: key, modifiers })
  }
  if (until !== undefined) await first.executeJavaScript(shown(until))
  tell({ kind: 'stepped', at: now() })
}

let waiting = Promise.resolve()
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  waiting = waiting.then(() => step(JSON.parse(line))).catch(() => tell({ kind: 'failed' }))
})
