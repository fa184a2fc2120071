import ward from '@resources/practice/ward.json'
import type { Gate } from '@contract/calls-staff'
import type { AccountId } from '@contract/ids'
import { may, type Role } from '@contract/rights'

type Invented = Readonly<{ loginName: string; fullName: string; title: string; role: Role; secret: string }>

// Helpers sign in at their own window.
const people = ([...ward.accounts, { ...ward.administrator, role: 'administrator' }] as Invented[])
  .filter(({ role }) => !may(role, 'assist')).sort((one, other) => (one.loginName < other.loginName ? -1 : 1))

/**
 * What the core will say of the practice ward that was made from this file, so that its officers stand there while it starts.
 * The core's own answer takes its place: it knows who was added or barred since.
 */
export const PRACTICE_GATE: Gate = {
  state: 'open', practice: true, ward: ward.ward, counter: ward.counter, facts: null, version: '',
  accounts: people.map(({ loginName, fullName, title, role }) => ({ id: loginName as AccountId, loginName, fullName, title, role })),
  demo: people.map(({ loginName, fullName, role, secret }) => ({ loginName, fullName, role, secret })),
}
