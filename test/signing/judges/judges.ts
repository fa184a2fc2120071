import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { PdfSignature } from '../../../src-main/signing/ports'
import { signedPieces } from '../../../src-main/signing/pdf'

/**
 * Programs of others that judge what we sign. None of them is run synchronously: the servers that they ask (OCSP) may live in this process.
 */
const run = promisify(execFile)
const has = (tool: string): boolean => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined

const JARS = ['pdfbox2', 'fontbox2', 'commons-logging', 'bcprov', 'bcpkix', 'bcutil'].map((name) => `/usr/share/java/${name}.jar`)

export const hasPdfsig = (): boolean => has('pdfsig') && has('certutil') && has('crlutil')
export const hasQpdf = (): boolean => has('qpdf')
export const hasPdfBox = (): boolean => has('javac') && JARS.every((jar) => existsSync(jar))
export const hasMutool = (): boolean => has('mutool')

/** One signature as pdfsig tells it. */
export type PdfsigLine = Readonly<{ signer: string | null; signature: string | null; certificate: string | null; whole: boolean; type: string | null }>

const line = (text: string, name: string): string | null => new RegExp(`- ${name}: (.*)`, 'u').exec(text)?.[1]?.trim() ?? null

/** `nss`: a folder of `nssFolder`. Its exit code says nothing. */
export async function pdfsig(file: string, nss: string, { ocsp = true }: Readonly<{ ocsp?: boolean }> = {}): Promise<PdfsigLine[]> {
  const output = await run('pdfsig', ['-nssdir', `sql:${nss}`, ...(ocsp ? [] : ['-no-ocsp']), file], { env: { ...process.env, LANG: 'C.UTF-8' } })
    .then(({ stdout }) => stdout, (error: unknown) => String((error as Readonly<{ stdout: unknown }>).stdout))
  return output.split(/^Signature #\d+:$/mu).slice(1).map((text) => ({
    signer: line(text, 'Signer Certificate Common Name'), signature: line(text, 'Signature Validation'), certificate: line(text, 'Certificate Validation'),
    type: line(text, 'Signature Type'), whole: text.includes('- Total document signed'),
  }))
}

/** `openssl cms -verify -cades` over one signature of a PDF. */
export async function opensslCades(bytes: Uint8Array, signature: PdfSignature, folder: string, root: string): Promise<string> {
  const [cms, content] = [join(folder, 'judged.p7s'), join(folder, 'judged.bin')]
  await writeFile(cms, signature.contents)
  await writeFile(content, Buffer.concat(signedPieces(bytes, signature)))
  const args = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', cms, '-content', content, '-CAfile', root, '-purpose', 'any', '-out', join(folder, 'judged.out')]
  return run('openssl', args).then(({ stderr }) => stderr.trim(), (error: unknown) => String((error as Readonly<{ stderr: unknown }>).stderr).trim())
}

/** What is wrong with the structure; null when nothing is. */
export async function qpdfCheck(file: string): Promise<string | null> {
  const told = await run('qpdf', ['--check', file]).then(({ stdout, stderr }) => stdout + stderr, (error: unknown) => String((error as Readonly<{ stdout: unknown }>).stdout))
  return told.includes('No syntax or stream encoding errors found') && !/warning/iu.test(told) ? null : told
}

export type PdfBoxLine = Readonly<{ file: string; name: string; subFilter: string; valid: boolean; stamp: string }>
export type PdfBox = Readonly<{ judge(...files: readonly string[]): Promise<PdfBoxLine[]>; remove(): void }>

/** Compiles the Java program beside this file. */
export async function pdfBox(): Promise<PdfBox> {
  const classes = mkdtempSync(join(tmpdir(), 'judge-'))
  await run('javac', ['-encoding', 'UTF-8', '-cp', JARS.join(':'), '-d', classes, resolve(import.meta.dirname, 'Judge.java')])
  return {
    judge: async (...files) => {
      const { stdout } = await run('java', ['-Dfile.encoding=UTF-8', '-Dstdout.encoding=UTF-8', '-cp', [classes, ...JARS].join(':'), 'Judge', ...files], { env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' } })
      return stdout.trim().split('\n').filter(Boolean).map((text) => {
        const [file = '', name = '', subFilter = '', valid, stamp = ''] = text.split('|')
        return { file, name, subFilter, valid: valid === 'true', stamp }
      })
    },
    remove: () => { rmSync(classes, { recursive: true, force: true }) },
  }
}
