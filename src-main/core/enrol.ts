import { WardSettings } from '@contract/settings'
import { readLink } from '../sync'
import type { Office } from './office'

/**
 * Registers the counter with a city and takes over what the city knows better: the agency's code, under which it leases numbers and
 * takes dossiers, and the CAs that it registers citizens for. @throws what `Sync.enrol` throws
 */
export async function enrolOffice(office: Office, { url, code, by }: { url: string; code: string; by: string }): Promise<{ agency: string; counter: string }> {
  const { keepPracticeAnchors, keepProviders, readSigningGiven } = await import('../signing')
  const { agency, counter } = await office.sync.enrol(url, code, by, (tx, signing, at) => {
    const { providers, anchors } = readSigningGiven(signing)
    keepProviders(tx, providers, at.toISOString())
    keepPracticeAnchors(tx, anchors, at.toISOString())
  })
  const settings = office.settings()
  const named = WardSettings.shape.agencyCode.safeParse(agency.code)
  office.settingsStore.save(by, {
    ...settings,
    ward: { ...settings.ward, ...(named.success && { agencyCode: named.data }) },
    city: { url, clientId: readLink(office.store.read)?.clientId ?? null },
  })
  return { agency: agency.code, counter }
}
