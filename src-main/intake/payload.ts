import { createHash } from 'node:crypto'
import type { DocumentInfo } from '@contract/draft'
import type { DossierId, Instant, SubmissionId } from '@contract/ids'
import type { DossierState } from '@contract/dossier'
import { Sha256 } from '@contract/ids'
import type { DossierBody } from './body'

export type PayloadInput = Readonly<{
  submissionId: SubmissionId
  dossierId: DossierId
  code: string
  codeIsProvisional: boolean
  version: number
  counter: string
  procedure: { code: string; catalogueVersion: string }
  receivedAt: Instant
  dueAt: Instant | null
  state: DossierState
  body: DossierBody
  documents: readonly DocumentInfo[]
  timeline: readonly { state: DossierState; at: Instant; by: string; note: string | null }[]
  officer: { id: string; name: string }
  /** Nothing is open of the fee. */
  paid: boolean
  /** Members of the dossier that other modules add. */
  extras: Readonly<Record<string, unknown>>
}>

export type FrozenPayload = Readonly<{ bytes: Uint8Array; sha256: Sha256 }>

/** Without half characters and NUL, which a keyboard or a scanner can leave behind and which no database takes. */
const storable = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\0', '')

/** The bytes that go to the city and never change again (`docs/city-protocol.md`), with their SHA-256. */
export function freezePayload(input: PayloadInput): FrozenPayload {
  const bytes = Buffer.from(JSON.stringify(payloadOf(input), (_key, value: unknown) => (typeof value === 'string' ? storable(value) : value)), 'utf8')
  return { bytes, sha256: Sha256.parse(createHash('sha256').update(bytes).digest('hex')) }
}

function payloadOf({ body, ...input }: PayloadInput): unknown {
  return {
    format: 'mot-cua/submission',
    version: 1,
    submissionId: input.submissionId,
    dossier: {
      id: input.dossierId,
      code: input.code,
      codeIsProvisional: input.codeIsProvisional,
      version: input.version,
      agency: body.agency,
      counter: input.counter,
      procedure: { code: input.procedure.code, name: body.procedureName, catalogueVersion: input.procedure.catalogueVersion },
      // 1 = Trực tiếp (`domain.md` §4.3, KenhThucHien)
      channel: 1,
      receivedAt: input.receivedAt,
      ...(input.dueAt && { dueAt: input.dueAt }),
      state: input.state,
      applicant: body.applicant,
      ...(body.owner && { owner: body.owner }),
      onBehalf: body.capacity !== 'self',
      ...(body.organisation && { organisation: body.organisation }),
      copies: body.sets,
      resultDelivery: { method: body.delivery.method, ...(body.delivery.address !== '' && { address: body.delivery.address }) },
      fee: {
        total: body.fee.total,
        currency: 'VND',
        lines: body.fee.lines.map(({ code, name, amount }) => ({ code, name, amount, ...(body.fee.exemption && { exemption: body.fee.exemption.code }) })),
        paid: input.paid,
      },
      components: body.components.map((component) => ({
        code: component.code,
        name: component.name,
        kind: component.kind,
        quantity: component.quantity,
        documents: input.documents
          .filter((document) => document.component === component.code)
          .map(({ id, sha256, size, mediaType, name }) => ({ documentId: id, sha256, size, mediaType, name })),
        ...(component.mark !== 'pending' && { waived: component.mark }),
      })),
      ...input.extras,
      timeline: input.timeline.map(({ state, at, by, note }) => ({ state, at, by, ...(note !== null && { note }) })),
    },
    officer: input.officer,
  }
}
