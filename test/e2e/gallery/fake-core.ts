import { implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { contract } from '@contract/index'
import { AccountId, Instant } from '@contract/ids'
import type { SyncStatus } from '@contract/sync'
import { SessionId, type SessionInfo } from '@contract/staff'

const os = implement(contract)
const at = (time: string): Instant => Instant.parse(`2026-11-23T${time}:00.000Z`)
const accountId = AccountId.parse('01932f10-0000-7000-8000-000000000001')

const session = (locked: boolean): SessionInfo => ({
  id: SessionId.parse('0123456789abcdef0123456789abcdef'),
  account: { id: accountId, loginName: 'duyen', fullName: 'Đỗ Thị Mỹ Duyên', title: 'Cán bộ tiếp nhận', role: 'officer', disabled: false, mustChangeSecret: false, createdAt: at('01:00') },
  since: at('00:30'),
  locked,
  locksAt: at('23:00'),
})

const status = (offline: boolean): SyncStatus => ({
  line: offline ? 'offline' : 'online',
  since: at('02:12'),
  counts: { ready: 1, sending: 1, waiting: offline ? 10 : 2, received: 39, attention: 1, superseded: 1 },
  oldestWaitingAt: Instant.parse(new Date(Date.now() - 12 * 60_000).toISOString()),
  lastReceivedAt: Instant.parse(new Date(Date.now() - 5 * 60_000).toISOString()),
  nextTryAt: null,
  numbersLeft: 37,
  clockOffsetSeconds: 1,
  destination: { name: 'Thành phố', url: null, simulated: true },
  disk: 'ample',
})

/** A core with invented answers for the calls of the frame, so that the window can be looked at in a plain browser. */
export function fakeCore(port: MessagePort, look: { view: string; offline: boolean }): void {
  const signedIn = look.view !== 'sign-in'
  const router = {
    staff: {
      gate: os.staff.gate.handler(() => ({
        state: 'open' as const,
        practice: false,
        ward: { name: 'Ủy ban nhân dân phường Tân Mỹ Hưng', parentAgency: 'Thành phố Hồ Chí Minh', unitName: 'Trung tâm Phục vụ hành chính công', agencyCode: 'H29.900', province: 'Thành phố Hồ Chí Minh' },
        counter: { code: 'Q3', name: 'Quầy 3', fields: ['Hộ tịch', 'Chứng thực'] },
        accounts: [session(false).account],
        demo: [],
        facts: { auditCheckedAt: at('00:00'), auditIntact: true, backedUpAt: at('00:00'), numbersLeft: 50 },
        version: '0.1.0',
      })),
      session: os.staff.session.handler(() => (signedIn ? session(look.view === 'lock') : null)),
      touch: os.staff.touch.handler(() => ({ ok: true as const })),
    },
    sync: {
      status: os.sync.status.handler(() => status(look.offline)),
      sendNow: os.sync.sendNow.handler(() => ({ ok: true as const })),
    },
    live: {
      events: os.live.events.handler(async function* () {
        yield { kind: 'sync' as const }
        await new Promise(() => undefined)
      }),
    },
  }
  new RPCHandler(router).upgrade(port)
  port.start()
}
