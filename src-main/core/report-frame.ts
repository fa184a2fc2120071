import type { Settings } from '@contract/settings'
import type { ReportFrame } from '../paperwork'
import { placeOf } from './receipt-data'

/** Over the line on which the head of the unit signs, where the settings name nobody. */
const LEADER = { titles: ['LÃNH ĐẠO BỘ PHẬN'], name: '' }

/** What stands around a report on paper. @param preparedBy Người làm báo cáo */
export function reportFrame({ ward, reports, handling }: Settings, preparedBy: string, practice: boolean): ReportFrame {
  const centre = handling.signers.find(({ role }) => role === 'centre')
  return {
    agencyParent: ward.parentAgency, agencyName: ward.name, unitName: ward.unitName, place: placeOf(ward.name), recipient: reports.recipient, preparedBy,
    leader: centre ? { titles: centre.titles, name: centre.name } : LEADER, practice,
  }
}
