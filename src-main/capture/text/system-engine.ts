import { cancelled, engineFailed } from './failures'
import { LANGUAGE, MRZ_LANGUAGE, pageMode, variables } from './settings'
import { findTesseract, run } from './system-program'
import type { Engine, Job, Purpose } from './types'

/** Versions before 4 have no LSTM and write other columns. */
const OLDEST = 4
const PROBE_MS = 5_000
export type SystemTesseract = Readonly<{ program: string; version: string; languages: readonly string[] }>

async function said(program: string, argument: string): Promise<string | null> {
  try {
    const { code, out } = await run(program, [argument], { signal: AbortSignal.timeout(PROBE_MS) })
    return code === 0 ? out : null
  } catch {
    return null
  }
}

/** Version in `tesseract --version`, null when it is not there or too old. */
export function versionIn(text: string): string | null {
  const found = /^tesseract v?((\d{1,3})(?:\.\d{1,10}){1,3})/im.exec(text)
  return found && Number(found[2]) >= OLDEST ? (found[1] ?? null) : null
}

/** Languages in `tesseract --list-langs`: a heading, then one a line. */
export const languagesIn = (text: string): string[] => text.split(/\r?\n/).slice(1, 500).map((line) => line.trim()).filter((line) => /^[A-Za-z0-9_]{2,40}$/.test(line))

/** The machine's Tesseract, if it is one that can read Vietnamese. Null otherwise, also when it hangs or breaks. */
export async function probeTesseract(program?: string): Promise<SystemTesseract | null> {
  const found = program ?? (await findTesseract())
  if (found === null) return null
  const version = versionIn((await said(found, '--version')) ?? '')
  if (version === null) return null
  const languages = languagesIn((await said(found, '--list-langs')) ?? '')
  return languages.includes(LANGUAGE) ? { program: found, version, languages } : null
}

function argumentsOf({ dpi, purpose }: Job, language: string): string[] {
  const { tessedit_char_whitelist: letters = '', user_defined_dpi: resolution = '' } = variables(purpose, dpi)
  const limited = letters === '' ? [] : ['-c', `tessedit_char_whitelist=${letters}`]
  return ['-', '-', '-l', language, '--psm', pageMode(purpose), '--dpi', resolution, ...limited, '-c', 'tessedit_create_tsv=1']
}

/** The machine's Tesseract as a child process: the page goes in and the words come out through pipes, nothing lies on the disk. */
export function createSystemEngine({ program, languages }: SystemTesseract): Engine {
  const language = (purpose: Purpose): string => (purpose === 'mrz' && languages.includes(MRZ_LANGUAGE) ? MRZ_LANGUAGE : LANGUAGE)
  return {
    name: 'system',
    language,
    recognise: async (job, signal) => {
      if (signal.aborted) throw cancelled()
      const ran = await run(program, argumentsOf(job, language(job.purpose)), { input: job.picture, signal }).catch((error: unknown) => {
        throw signal.aborted ? cancelled() : engineFailed('not-started', error)
      })
      if (ran.code !== 0 || ran.cut) throw engineFailed(ran.cut ? 'too-much' : 'exit')
      return ran.out
    },
    warm: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}
