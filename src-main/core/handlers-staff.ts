import type { Gate } from '@contract/calls-staff'
import { AppError } from '@contract/errors'
import { Instant } from '@contract/ids'
import { may } from '@contract/staff'
import type { Connection } from './connection'
import { lastBackupAt } from './duties'
import { ok } from './answers'
import { api } from './guard'
import type { Office } from './office'
import { readPracticeWard } from './resources'

function demoOf({ counter }: Connection): Gate['demo'] {
  if (!counter.settings.practice) return []
  const { administrator, accounts } = readPracticeWard(counter.settings.resourcesFolder)
  return [...accounts.filter(({ role }) => !may(role, 'assist')), { ...administrator, role: 'administrator' as const }].map(({ loginName, fullName, role, secret }) => ({ loginName, fullName, role, secret }))
}

function factsOf({ store, sync, auditHealth }: Office, now: Date): Gate['facts'] {
  const audit = auditHealth()
  const backedUpAt = lastBackupAt(store.folder, now)
  return {
    auditCheckedAt: audit && Instant.parse(audit.at.toISOString()),
    auditIntact: audit?.intact ?? null,
    backedUpAt: backedUpAt && Instant.parse(backedUpAt.toISOString()),
    numbersLeft: sync.status().numbersLeft,
  }
}

function gateOf(connection: Connection): Gate {
  const { counter } = connection
  const office = counter.office()
  const settings = office?.settings()
  return {
    state: counter.state(),
    practice: counter.settings.practice,
    ward: settings?.ward ?? null,
    counter: settings?.counter ?? null,
    accounts: (office?.staff.list() ?? []).filter(({ disabled, role }) => !disabled && !may(role, 'assist'))
      .map(({ id, loginName, fullName, title, role }) => ({ id, loginName, fullName, title, role })),
    demo: demoOf(connection),
    facts: office ? factsOf(office, connection.clock.now()) : null,
    version: counter.settings.appVersion,
  }
}

export const staffHandlers = {
  gate: api.staff.gate.handler(({ context: { connection } }) => gateOf(connection)),
  setUp: api.staff.setUp.handler(({ input, context: { connection } }) => connection.counter.setUp(input)),
  recover: api.staff.recover.handler(async ({ input, context: { connection } }) => {
    const office = await connection.counter.openWithRecovery(input.recoveryKey)
    await office.staff.resetByRecovery(input.loginName, input.newSecret)
    return ok
  }),
  signIn: api.staff.signIn.handler(async ({ input, context: { connection } }) => {
    const office = connection.counter.office() ?? (await connection.counter.openWithOfficer(input.loginName, input.secret))
    return connection.sit(await office.staff.signIn(input))
  }),
  signOut: api.staff.signOut.handler(({ context: { connection } }) => {
    const session = connection.session()
    if (session) connection.office().staff.signOut(session.id)
    connection.leave()
    return ok
  }),
  lock: api.staff.lock.handler(({ context: { connection } }) => {
    const session = connection.session()
    if (session) connection.office().staff.lock(session.id, 'asked')
    return ok
  }),
  unlock: api.staff.unlock.handler(({ input, context: { connection } }) => connection.office().staff.unlock(connection.sessionId(), input.secret)),
  session: api.staff.session.handler(({ context: { connection } }) => connection.session()),
  touch: api.staff.touch.handler(({ context: { connection } }) => {
    const session = connection.session()
    if (session) connection.office().staff.touch(session.id)
    return ok
  }),
  changeSecret: api.staff.changeSecret.handler(async ({ input, context: { connection } }) => {
    await connection.office().staff.changeSecret(connection.sessionId(), input)
    return ok
  }),
  list: api.staff.list.handler(({ context: { connection } }) => [...connection.office().staff.list()]),
  create: api.staff.create.handler(({ input, context: { connection } }) => connection.office().staff.create(byOf(connection), input)),
  update: api.staff.update.handler(({ input, context: { connection } }) => connection.office().staff.update(byOf(connection), input)),
  resetSecret: api.staff.resetSecret.handler(async ({ input, context: { connection } }) => {
    await connection.office().staff.resetSecret(byOf(connection), { id: input.id, next: input.secret })
    return ok
  }),
}

function byOf(connection: Connection): ReturnType<Office['staff']['list']>[number] {
  const session = connection.session()
  if (!session) throw new AppError('TK-003')
  return session.account
}
