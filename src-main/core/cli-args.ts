import { parseArgs as parseNodeArgs } from 'node:util'

export const USAGE = `npm run core -- <area.call> '<json>' [options]     any call of the contract, headless, answers JSON; a call that streams
                                                        answers its last event, with those before it on standard error
npm run core -- --upload <draftId>:<component>:<file>   takes a file in for a component of a draft
npm run core -- --pages <draftId>:<component>:<file>    takes a picture in as pages (JPEG, PNG, TIFF)
npm run core -- --help

  --data <folder>        data folder (or MOTCUA_DATA)
  --user <login name>    the officer who signs in (or MOTCUA_USER); the secret comes from MOTCUA_SECRET
  --practice             the practice ward: made if the folder is empty
  --card <id>            with --practice: an invented card that lies on the virtual reader during the call (readers.list names them)
  --city <url>           with --practice: the city to enrol with, by --enrolment <code>
  --sync <seconds>       after the call, waits at most so long until nothing waits to be sent
  --out <file>           where bytes in the answer go
  --verbose              the log on standard error
Ends with 0, or with 1 and {"code": …} on standard error, or with 2 when the words are off.`

/** A file for a component of a draft: as it is, or as pages. */
export type Upload = Readonly<{ draftId: string; component: string; path: string; as: 'document' | 'pages' }>

export type Args = Readonly<{
  call: string
  json: string | undefined
  upload: Upload | undefined
  data: string
  user: string | undefined
  secret: string
  practice: boolean
  card: string | undefined
  cityUrl: string | undefined
  cityEnrolment: string | undefined
  sync: number
  out: string | undefined
  verbose: boolean
  resources: string
  migrations: string
  binding: string | undefined
  pcscBinding: string | undefined
  pkcs11Binding: string | undefined
  version: string
}>

const OPTIONS = {
  data: { type: 'string' }, user: { type: 'string' }, practice: { type: 'boolean' }, card: { type: 'string' }, city: { type: 'string' }, enrolment: { type: 'string' },
  sync: { type: 'string' }, out: { type: 'string' }, verbose: { type: 'boolean' }, help: { type: 'boolean' }, upload: { type: 'string' }, pages: { type: 'string' },
} as const

/** The command line and its environment; or the word `help`; or a sentence that says what is off. */
export function parseArgs(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Args | string {
  let parsed
  try {
    parsed = parseNodeArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown option'
  }
  const { values, positionals: [call = '', json] } = parsed
  if (values.help === true) return 'help'
  const data = values.data ?? env['MOTCUA_DATA']
  if (data === undefined) return 'Name the data folder: --data <folder>, or MOTCUA_DATA.'
  const as = values.pages === undefined ? 'document' : 'pages'
  const given = values.pages ?? values.upload
  const upload = given === undefined ? undefined : uploadOf(given, as)
  if (upload === null) return `${as === 'pages' ? '--pages' : '--upload'} wants <draftId>:<component>:<file>.`
  if (call === '' && !upload) return 'Name a call.'
  if (values.card !== undefined && values.practice !== true) return '--card is for --practice.'
  const sync = Number(values.sync ?? '0')
  if (!Number.isFinite(sync) || sync < 0) return '--sync wants a number of seconds.'
  return {
    call, json, upload, data, user: values.user ?? env['MOTCUA_USER'], secret: env['MOTCUA_SECRET'] ?? '', practice: values.practice === true, card: values.card,
    cityUrl: values.city, cityEnrolment: values.enrolment, sync, out: values.out, verbose: values.verbose === true,
    resources: env['MOTCUA_RESOURCES'] ?? 'resources', migrations: env['MOTCUA_MIGRATIONS'] ?? 'migrations',
    binding: env['MOTCUA_SQLITE_BINDING'], pcscBinding: env['MOTCUA_PCSC_BINDING'], pkcs11Binding: env['MOTCUA_PKCS11_BINDING'], version: env['npm_package_version'] ?? '0.0.0',
  }
}

function uploadOf(text: string, as: Upload['as']): Upload | null {
  const match = /^([^:]+):([^:]+):(.+)$/u.exec(text)
  return match ? { draftId: match[1] ?? '', component: match[2] ?? '', path: match[3] ?? '', as } : null
}
