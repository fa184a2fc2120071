import { z } from 'zod'
import { DossierComponent } from '@contract/dossier'
import { Capacity, FeeQuote, PaymentState } from '@contract/draft'
import { Person } from '@contract/person'

/** Everything of a dossier that is not a column of its own, frozen at the commit of each version. */
export const DossierBody = z.object({
  procedureName: z.string(),
  field: z.string(),
  resultName: z.string(),
  timeText: z.string(),
  agency: z.string(),
  officerName: z.string(),
  applicant: Person,
  capacity: Capacity,
  owner: Person.nullable(),
  organisation: z.object({ name: z.string(), taxCode: z.string() }).nullable(),
  answers: z.record(z.string(), z.string()),
  components: z.array(DossierComponent),
  sets: z.number().int(),
  fee: FeeQuote,
  payment: PaymentState,
  delivery: z.object({ method: z.enum(['counter', 'post']), address: z.string() }),
  note: z.string(),
})
export type DossierBody = z.infer<typeof DossierBody>
