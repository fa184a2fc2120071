import { z } from 'zod'
import { ReportSheet } from '@contract/reports'

const Text = z.string().trim().min(1).max(2000)
const Name = z.string().trim().min(1).max(200)
const Maybe = z.string().trim().max(200)

/** What stands on the paper around a report. `recipient`, `preparedBy` and the leader's name may be empty: nothing is printed for them. */
export const ReportFrame = z.object({
  agencyParent: Text, agencyName: Text, unitName: Text,
  /** Địa danh before the date. */
  place: Name,
  recipient: Maybe, preparedBy: Maybe,
  leader: z.object({ titles: z.array(Name).min(1).max(2), name: Maybe }),
  practice: z.boolean(),
})
export type ReportFrame = z.infer<typeof ReportFrame>

/** A sheet without its rows. These are made by the program itself and counted in thousands: they are not looked at one by one again. */
export const ReportHead = ReportSheet.omit({ rows: true }).extend({ columns: ReportSheet.shape.columns.min(1).max(40) })

/** A report as PDF. */
export type ReportPaper = Readonly<{ pdf: Uint8Array<ArrayBuffer>; pages: number }>
