import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { call } from '@orpc/server'
import { connect } from '../../../src-main/core/connection'
import { createCounter } from '../../../src-main/core/counter'
import { headlessHost } from '../../../src-main/core/host'
import { createLive } from '../../../src-main/core/live'
import { quiet } from '../../../src-main/core/log'
import { createRouter } from '../../../src-main/core/router'
import { systemClock } from '../../../src-main/storage'
import { EMPTY_PERSON } from '../../../src-preload/contract/person'

/** A counter that takes in and sends without end, over the calls that the window makes. What is promised is told after it was promised. */
async function main(dataFolder: string, secret: string): Promise<void> {
  const live = createLive()
  const router = createRouter(live)
  const host = headlessHost()
  const settings = {
    dataFolder, resourcesFolder: process.env['MOTCUA_RESOURCES'] ?? '', migrationsFolder: process.env['MOTCUA_MIGRATIONS'] ?? '', practice: true, appVersion: '0', electronVersion: 'none', keyStore: 'none',
    ...(process.env['MOTCUA_SQLITE_BINDING'] !== undefined && { nativeBinding: process.env['MOTCUA_SQLITE_BINDING'] }),
  }
  const counter = createCounter({ host, live, clock: systemClock, log: quiet, settings, cost: { memoryKiB: 64, iterations: 1, parallelism: 1 } })
  await counter.start()
  const context = { context: { connection: connect(counter, host, systemClock), log: quiet } }
  await call(router.staff.signIn, { loginName: 'duyen', secret }, context)
  const procedure = await call(router.procedures.get, { code: '1.004873' }, context)
  const components = Object.fromEntries(procedure.components.map(({ code }) => [code, { mark: 'seen' as const, note: '' }]))
  const answers = Object.fromEntries(procedure.eligibility.map((question) => [question.id, question.answers.find(({ verdict }) => verdict === 'ok')?.id ?? '']))
  const tell = (...words: string[]): boolean => process.stdout.write(`${words.join(' ')}\n`)
  for (;;) {
    const view = await call(router.intake.start, undefined, context)
    const note = randomBytes(6).toString('hex')
    const content = {
      ...view.content, focus: 'note', note, applicant: { ...EMPTY_PERSON, fullName: 'Bùi Nhật Khang' }, procedure: { code: procedure.code, version: procedure.version }, components,
      answers: { place: 'here', ...answers }, fee: { ...view.content.fee, councilAmount: 0 },
    }
    const { revision } = await call(router.intake.save, { draftId: view.id, revision: view.revision, content }, context)
    tell('draft', view.id, note)
    for (const size of [60_000, 900]) {
      const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size), Buffer.from('\n%%EOF')])
      const { uploadId } = await call(router.documents.begin, { draftId: view.id, component: 'to-khai', name: 'to-khai.pdf', size: bytes.length }, context)
      await call(router.documents.append, { uploadId, offset: 0, bytes: new Blob([bytes]) }, context)
      const { sha256 } = await call(router.documents.finish, { uploadId }, context)
      tell('document', view.id, sha256)
    }
    const dossier = await call(router.intake.commit, { draftId: view.id, revision, despiteDuplicates: true }, context)
    tell('dossier', dossier.id, view.id)
    await sleep(Math.random() * 20)
  }
}

void main(process.argv[2] ?? '', process.argv[3] ?? '')
