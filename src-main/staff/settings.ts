import { z } from 'zod'
import { DEFAULT_SETTINGS, Settings } from '@contract/settings'
import { type Audit, canonicalJson } from '../audit'
import type { Clock, Reader, Store, WriteTx } from '../storage'

export type SettingsSection = keyof Settings

export interface SettingsStore {
  /** The settings in force, or undefined before the first run. */
  read(): Settings | undefined
  /** `by` is an account's id or `system`. */
  save(by: string, settings: Settings): Settings
  saveSection<K extends SettingsSection>(by: string, section: K, value: Settings[K]): Settings
}

const Json = z.json()

function readAll(reader: Reader): Settings | undefined {
  const rows = reader.all('SELECT key, value FROM setting', [], (row) => [row.text('key'), row.json('value', Json)] as const)
  if (rows.length === 0) return undefined
  return Settings.parse({ ...DEFAULT_SETTINGS, ...Object.fromEntries(rows) })
}

/** Writes the sections that differ and notes which they are; their values are in the table, not in the chain. */
export function writeSettings(tx: WriteTx, audit: Audit, by: string, now: Date, next: Settings): void {
  const before = readAll(tx)
  const text = (settings: Settings | undefined, section: string): string | undefined => {
    const value = Object.entries(settings ?? {}).find(([key]) => key === section)?.[1]
    return value === undefined ? undefined : canonicalJson(Json.parse(JSON.parse(JSON.stringify(value))))
  }
  const changed = Object.keys(next).filter((section) => text(next, section) !== text(before, section)).sort()
  for (const section of changed) {
    tx.run(
      `INSERT INTO setting (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
      [section, text(next, section) ?? 'null', now.toISOString(), by],
    )
  }
  if (changed.length > 0) audit.append(tx, { actor: by, action: 'settings.changed', detail: { sections: changed } })
}

export function createSettings(deps: { readonly store: Store; readonly audit: Audit; readonly clock: Clock; changed(): void }): SettingsStore {
  const { store, audit, clock } = deps
  let inForce = readAll(store.read)
  const save = (by: string, settings: Settings): Settings => {
    const next = Settings.parse(settings)
    store.write((tx) => writeSettings(tx, audit, by, clock.now(), next))
    inForce = next
    deps.changed()
    return next
  }
  return {
    read: () => inForce,
    save,
    saveSection: (by, section, value) => {
      if (!inForce) throw new Error('settings before the first run')
      return save(by, { ...inForce, [section]: value })
    },
  }
}
