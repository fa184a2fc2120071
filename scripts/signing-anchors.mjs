import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { execFileSync } from 'node:child_process'
import { projectRoot } from './lib/files.mjs'
import { runMain, say, SetupError, shown } from './lib/say.mjs'

// Signs a list of trust anchors with openssl. The key lies outside the project and stays there.
//   node scripts/signing-anchors.mjs --key <folder outside>/anchors.key --new-key       a new key; its certificate becomes the pinned one
//   node scripts/signing-anchors.mjs --key <…>/anchors.key [--data list.json] [--out list.p7m] [--issued 2026-11-24]
// --data holds { demo, note: { vi, en }, anchors: [{ name, kind: "root" | "ca" | "tsa", demo, file: "certificate.pem or .der" }] }.

const PINNED = join(projectRoot, 'src-main', 'signing', 'anchors', 'pinned-signers.ts')
const SHIPPED = join(projectRoot, 'resources', 'signing', 'anchors.v1.p7m')
const DATA = join(projectRoot, 'resources', 'signing', 'anchors.v1.json')

/** @param {readonly string[]} args */
const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] })

/**
 * A certificate as DER in Base64.
 * @param {string} file
 */
function certificate(file) {
  try {
    return openssl('x509', '-in', file, '-outform', 'DER').toString('base64')
  } catch {
    throw new SetupError(`${shown(file)} is no certificate. Give PEM or DER.`)
  }
}

/** @param {string} key */
function newKey(key) {
  if (existsSync(key)) throw new SetupError(`${shown(key)} is there already. Move it away, or leave --new-key out.`)
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-keyout', key, '-out', `${key}.crt`, '-days', '3650', '-sha256', '-utf8',
    '-subj', '/C=VN/O=Một Cửa/CN=Khóa ký danh sách neo tin cậy (trình diễn)', '-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'keyUsage=critical,digitalSignature')
}

/** @param {string} key */
async function pin(key) {
  const text = await readFile(PINNED, 'utf8')
  const lines = certificate(`${key}.crt`)
  await writeFile(PINNED, text.replace(/(readonly string\[\] = \[\n)[\s\S]*\]\n$/u, `$1  '${lines}',\n]\n`))
  say(`Pinned in ${shown(PINNED)}.`)
}

/** @param {{ key: string, data: string, out: string, issued: string }} options */
async function sign({ key, data, out, issued }) {
  const { demo, note, anchors } = JSON.parse(await readFile(data, 'utf8'))
  const list = {
    format: 'mot-cua-signing-anchors', version: 1, issued, demo, note,
    anchors: anchors.map((/** @type {{ name: string, kind: string, demo: boolean, file: string }} */ one) =>
      ({ name: one.name, kind: one.kind, certificate: certificate(resolve(data, '..', one.file)), demo: one.demo })),
  }
  const folder = await mkdtemp(join(tmpdir(), 'anchors-'))
  try {
    const content = join(folder, 'list.json')
    await writeFile(content, JSON.stringify(list))
    openssl('cms', '-sign', '-binary', '-nodetach', '-md', 'sha256', '-in', content, '-signer', `${key}.crt`, '-inkey', key, '-outform', 'DER', '-out', out)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  say(`Signed ${String(list.anchors.length)} anchors of ${issued}: ${shown(out)}.`)
}

await runMain(async () => {
  const { values } = parseArgs({ options: {
    key: { type: 'string' }, 'new-key': { type: 'boolean', default: false }, data: { type: 'string', default: DATA }, out: { type: 'string', default: SHIPPED },
    issued: { type: 'string', default: new Date().toISOString().slice(0, 10) },
  } })
  if (values.key === undefined) throw new SetupError('Say with --key where the key of the anchors is. It must lie outside the project.')
  const key = resolve(values.key)
  if (key.startsWith(projectRoot + sep)) throw new SetupError('The key must lie outside the project. Give another place with --key.')
  if (values['new-key']) {
    newKey(key)
    await pin(key)
  }
  await sign({ key, data: resolve(values.data), out: resolve(values.out), issued: values.issued })
})
