import { call } from '@orpc/server'
import { describe, expect, test } from 'vitest'
import { folderState } from '../../src-main/storage'
import { administrator } from '../staff/support'
import { codeOfAsync } from '../storage/support'
import { codeOfCall, firstRun, keyStore, machine, router } from './support'

const context = (made: ReturnType<typeof machine>) => ({ context: { connection: made.connect(), log: made.log } })
const credentials = { loginName: administrator.loginName, secret: administrator.secret }

/** A folder that has been set up and closed. */
async function setUpFolder(host = keyStore('none', null)): Promise<{ folder: string; recoveryKey: string }> {
  const made = machine({ practice: false, host })
  await made.counter.start()
  const { recoveryKey } = await made.counter.setUp(firstRun)
  await made.counter.close()
  return { folder: made.folder, recoveryKey }
}

describe('A counter', () => {
  test('is new, and open with nobody at it after its first run', async () => {
    const made = machine({ practice: false })
    await made.counter.start()
    const before = made.counter.state()
    await call(router.staff.setUp, firstRun, context(made))
    const gate = await call(router.staff.gate, undefined, context(made))
    expect([before, gate.state, gate.ward?.name, gate.accounts.length, gate.demo]).toEqual(['new', 'open', firstRun.ward.name, 1, []])
  })

  test('is set up once, also when asked twice at once', async () => {
    const made = machine({ practice: false })
    await made.counter.start()
    const codes = await Promise.all([codeOfAsync(() => made.counter.setUp(firstRun)), codeOfAsync(() => made.counter.setUp(firstRun))])
    expect([codes, await codeOfAsync(() => made.counter.setUp(firstRun)), folderState(made.folder)]).toEqual([[undefined, 'TK-011'], 'TK-011', 'ready'])
  })

  test('without a key store is locked at its next start, and opened by an officer who signs in', async () => {
    const { folder } = await setUpFolder()
    const made = machine({ practice: false, folder })
    await made.counter.start()
    const before = made.counter.state()
    const session = await call(router.staff.signIn, credentials, context(made))
    expect([before, session.account.loginName, made.counter.state()]).toEqual(['locked', administrator.loginName, 'open'])
  })

  test('that is locked opens for no wrong secret and tells nothing', async () => {
    const { folder } = await setUpFolder()
    const made = machine({ practice: false, folder })
    await made.counter.start()
    const code = await codeOfCall(() => call(router.staff.signIn, { ...credentials, secret: 'sai rồi nhé' }, context(made)))
    const gate = await call(router.staff.gate, undefined, context(made))
    expect([code, gate.state, gate.ward, gate.accounts, gate.facts]).toEqual(['TK-001', 'locked', null, [], null])
  })

  test('with a key store opens by itself, and nobody is signed in', async () => {
    const { folder } = await setUpFolder(keyStore('keychain', 7))
    const made = machine({ practice: false, folder, host: keyStore('keychain', 7) })
    await made.counter.start()
    expect([made.counter.state(), await codeOfCall(() => call(router.office.settings, undefined, context(made)))]).toEqual(['open', 'TK-003'])
  })

  test.each([['that wraps otherwise', keyStore('keychain', 9)], ['of another name', keyStore('windows', 7)], ['that gives nothing', keyStore('keychain', null)],
    ['that fails', { ...keyStore('keychain', 7), unwrapKey: () => Promise.reject(new Error('locked')) }]])('with a key store %s stays locked', async (_what, host) => {
    const { folder } = await setUpFolder(keyStore('keychain', 7))
    const made = machine({ practice: false, folder, host })
    await made.counter.start()
    expect(made.counter.state()).toBe('locked')
  })

  test('that an officer opened on another machine opens there by itself from then on', async () => {
    const { folder } = await setUpFolder(keyStore('keychain', 7))
    const other = machine({ practice: false, folder, host: keyStore('windows', 9) })
    await other.counter.start()
    await call(router.staff.signIn, credentials, context(other))
    await other.counter.close()
    const again = machine({ practice: false, folder, host: keyStore('windows', 9) })
    await again.counter.start()
    expect(again.counter.state()).toBe('open')
  })

  test('opens by the recovery key, which gives an account a new secret', async () => {
    const { folder, recoveryKey } = await setUpFolder()
    const made = machine({ practice: false, folder })
    await made.counter.start()
    await call(router.staff.recover, { recoveryKey, loginName: administrator.loginName, newSecret: 'một bí mật mới tinh' }, context(made))
    const session = await call(router.staff.signIn, { loginName: administrator.loginName, secret: 'một bí mật mới tinh' }, context(made))
    expect([session.account.loginName, await codeOfCall(() => call(router.staff.signIn, credentials, context(made)))]).toEqual([administrator.loginName, 'TK-001'])
  })

  test('that is open already gives no new secret without the right recovery key', async () => {
    const made = machine({ practice: false })
    await made.counter.start()
    await made.counter.setUp(firstRun)
    const other = await setUpFolder()
    const recover = (recoveryKey: string) => codeOfCall(() => call(router.staff.recover, { recoveryKey, loginName: administrator.loginName, newSecret: 'một bí mật mới tinh' }, context(made)))
    expect([await recover('bừa'), await recover(other.recoveryKey), await codeOfCall(() => call(router.staff.signIn, credentials, context(made)))]).toEqual(['TK-010', 'TK-010', undefined])
  })

  test('whose office cannot be furnished leaves the folder free for the next try', async () => {
    const { folder } = await setUpFolder()
    const lost = machine({ practice: false, folder, resourcesFolder: '/nowhere' })
    const next = machine({ practice: false, folder })
    await lost.counter.start()
    const first = await codeOfAsync(() => lost.counter.openWithOfficer(credentials.loginName, credentials.secret))
    await next.counter.start()
    expect([first?.includes('ENOENT'), await codeOfAsync(() => next.counter.openWithOfficer(credentials.loginName, credentials.secret))]).toEqual([true, undefined])
  })
})
