import type { ScanDevice, ScanKind } from '@contract/capture'
import type { AccountId, Instant } from '@contract/ids'
import { ScanProfile, USUAL_PROFILE } from '@contract/pages'
import type { Reader, RowView, WriteTx } from '../../storage'

const toDevice = (row: RowView): ScanDevice => ({ id: row.text('id'), kind: row.text<ScanKind>('kind'), name: row.text('name'), simulated: row.flag('simulated') })

/** Scanners that were used, the last one first. */
export const usedDevices = (reader: Reader): ScanDevice[] => reader.all('SELECT id, kind, name, simulated FROM scan_device ORDER BY used_at DESC, id', [], toDevice)

/** Devices that are remembered, at most: those that come and go under new names push older ones out. */
const MOST_DEVICES = 50

export function keepDevice(tx: WriteTx, { id, kind, name, simulated }: ScanDevice, now: Instant): void {
  tx.run(
    `INSERT INTO scan_device (id, kind, name, simulated, used_at) VALUES (:id, :kind, :name, :simulated, :now)
     ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, simulated = excluded.simulated, used_at = excluded.used_at`,
    { id, kind, name, simulated: simulated ? 1 : 0, now })
  tx.run('DELETE FROM scan_device WHERE id NOT IN (SELECT id FROM scan_device ORDER BY used_at DESC, id LIMIT ?)', [MOST_DEVICES])
}

/** The officer's way for all components that have none of their own. */
const ALL = ''

/** How an officer scans a component: its own way, else the one for all, else the usual one. */
export function profileFor(reader: Reader, officer: AccountId, component: string): ScanProfile {
  return reader.get(
    'SELECT profile FROM scan_profile WHERE officer_id = :officer AND component IN (:component, :all) ORDER BY component = :all LIMIT 1',
    { officer, component, all: ALL }, (row) => row.json('profile', ScanProfile)) ?? USUAL_PROFILE
}

export function keepProfile(tx: WriteTx, officer: AccountId, component: string | null, profile: ScanProfile): void {
  tx.run(
    'INSERT INTO scan_profile (officer_id, component, profile) VALUES (?, ?, ?) ON CONFLICT (officer_id, component) DO UPDATE SET profile = excluded.profile',
    [officer, component ?? ALL, JSON.stringify(profile)])
}
