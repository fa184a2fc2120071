// Opens an encrypted database with the runtime that runs this file: node sqlite-check.cjs <project> [<binding>]
const { mkdtempSync, readFileSync, rmSync } = require('node:fs')
const { createRequire } = require('node:module')
const { tmpdir } = require('node:os')
const { join } = require('node:path')

const [, , project = '.', binding = ''] = process.argv
const Database = createRequire(join(project, 'package.json'))('better-sqlite3')
const folder = mkdtempSync(join(tmpdir(), 'mot-cua-check-'))

/** @param {string} key */
function open(key) {
  const database = new Database(join(folder, 'check.db'), binding === '' ? {} : { nativeBinding: binding })
  database.pragma("cipher='sqlcipher'")
  database.pragma(`key='${key}'`)
  return database
}

try {
  const first = open('one')
  first.pragma('journal_mode=WAL')
  first.exec("CREATE TABLE word(text TEXT); INSERT INTO word VALUES ('một cửa')")
  first.close()
  if (readFileSync(join(folder, 'check.db')).subarray(0, 15).toString('latin1') === 'SQLite format 3') throw new Error('the file is not encrypted')
  const again = open('one')
  const { text, version } = again.prepare('SELECT text, sqlite_version() AS version FROM word').get()
  again.close()
  if (text !== 'một cửa') throw new Error('the word did not come back')
  const wrong = open('two')
  let refused = false
  try {
    wrong.prepare('SELECT text FROM word').get()
  } catch {
    refused = true
  }
  wrong.close()
  if (!refused) throw new Error('a wrong key was accepted')
  process.stdout.write(`SQLite ${version}, encrypted`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
