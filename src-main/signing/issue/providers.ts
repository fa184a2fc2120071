import { CaProvider } from '@contract/signing'
import type { Reader, WriteTx } from '../../storage'
import { ProviderConfig, shownOf } from '../ca'

/** Keeps the CAs of the newest enrolment; those that are no longer among them are offered no more. */
export function keepProviders(tx: WriteTx, providers: readonly ProviderConfig[], at: string): void {
  tx.run('UPDATE ca_provider SET removed = 1, updated_at = ? WHERE removed = 0', [at])
  for (const [ordinal, provider] of providers.entries()) {
    tx.run(
      `INSERT INTO ca_provider (id, card, config, ordinal, updated_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET card = excluded.card, config = excluded.config, ordinal = excluded.ordinal, updated_at = excluded.updated_at, removed = 0`,
      [provider.id, JSON.stringify(shownOf(provider)), JSON.stringify(provider), ordinal, at])
  }
}

/** CAs that may be chosen, in the city's order. */
export const listProviders = (reader: Reader): CaProvider[] =>
  reader.all('SELECT card FROM ca_provider WHERE removed = 0 ORDER BY ordinal, id', [], (row) => row.json('card', CaProvider))

/** The way to a CA, also to one that is offered no more: what was begun with it goes on. */
export const findProvider = (reader: Reader, id: string): Readonly<{ config: ProviderConfig; offered: boolean }> | undefined =>
  reader.get('SELECT config, removed FROM ca_provider WHERE id = ?', [id], (row) => ({ config: row.json('config', ProviderConfig), offered: !row.flag('removed') }))
