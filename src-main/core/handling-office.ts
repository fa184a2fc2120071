import { join } from 'node:path'
import { AppError } from '@contract/errors'
import type { Grounds } from '@contract/handling'
import { fees } from '../fees'
import { createHandling, type Handling, readGrounds } from '../handling'
import type { FormsOffice } from './forms-office'
import type { OfficeParts } from './office-parts'
import { placeOf } from './receipt-data'

export type HandlingOffice = Handling

/** Acts on received dossiers, made of this office's parts. */
export async function openHandlingOffice({ place, host, store, audit, clock, intake, staff, paperwork, settings, calendar, printer }: OfficeParts, forms: () => Promise<FormsOffice>): Promise<HandlingOffice> {
  const { markOf, templateOf } = await forms()
  let grounds: Grounds | undefined
  return createHandling({
    store, audit, clock, intake, fees, calendar, printer, wordingOf: markOf,
    grounds: () => (grounds ??= readGrounds(join(place.resourcesFolder, 'forms', 'grounds.json'))),
    place: () => {
      const { ward, counter, handling } = settings()
      return {
        agencyParent: ward.parentAgency, agencyName: ward.name, unitName: ward.unitName, place: placeOf(ward.name), hotline: ward.hotline ?? null, counter: counter.code,
        practice: place.practice, offices: handling.offices, signers: handling.signers,
      }
    },
    render: async (form, { reprint = null, ...wish }) => paperwork.officeForm(form, { ...wish, reprint, template: await templateOf(form) }),
    saveFile: (file) => host.saveFile(file),
    roleOf: (id) => {
      const account = staff.list().find((known) => known.id === id)
      if (!account) throw new AppError('TK-003')
      return account.role
    },
    vouch: (second) => staff.vouch(second),
  })
}
