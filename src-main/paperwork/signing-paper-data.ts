import { z } from 'zod'
import { Instant } from '@contract/ids'
import { Paper } from '@contract/receipt'

const Text = z.string().trim().min(1).max(2000)
const Name = z.string().trim().min(1).max(200)

/** What every paper of signing carries: whose office, when, who, and whether it is an exercise. */
export const PaperFrame = z.object({
  agencyParent: Text, agencyName: Text, unitName: Text,
  /** Địa danh before the date. */
  place: Name,
  officerName: Name,
  at: Instant,
  practice: z.boolean(),
})
export type PaperFrame = z.infer<typeof PaperFrame>

/** The licensed CA, in its own words. `price` is what a citizen pays and when. */
export const PaperProvider = z.object({
  name: Name, licence: Name, kind: z.enum(['token', 'remote']), years: z.number().int().min(1).max(3), price: z.string().trim().min(1).max(300),
  /** Which terms, by name and version. */
  terms: Name, hotline: z.string().trim().min(1).max(60), revokeAt: Name, demo: z.boolean(),
})
export type PaperProvider = z.infer<typeof PaperProvider>

export const PaperPerson = z.object({
  fullName: Name, idNumber: z.string().regex(/^\d{12}$/), birthDate: z.iso.date(), sex: z.enum(['male', 'female']).nullable(), province: Name, phone: z.string().regex(/^0\d{9}$/).nullable(),
})
export type PaperPerson = z.infer<typeof PaperPerson>

/** Of a certificate that was issued. `serial` in hexadecimal digits. */
export const PaperCertificate = z.object({
  serial: z.string().regex(/^[0-9A-Fa-f]{2,40}$/), subject: Text, issuer: Text, notBefore: Instant, notAfter: Instant, key: Name,
})
export type PaperCertificate = z.infer<typeof PaperCertificate>

/** Where the key is: on a token, or at the CA and confirmed on the citizen's phone. */
export const PaperDevice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('token'), label: Name, serial: Name }),
  z.object({ kind: z.literal('remote'), account: Name }),
])
export type PaperDevice = z.infer<typeof PaperDevice>

/** Application and agreement: signed with the new certificate itself. `number` tells papers of one day apart. */
export const AgreementPaper = z.object({
  frame: PaperFrame, number: Name, provider: PaperProvider, person: PaperPerson,
  /** As the request to the CA has it, names as people say them. */
  contents: z.array(z.object({ name: Name, value: Text })).min(1).max(20),
  key: Name, device: PaperDevice, renewalOf: Name.nullable(),
  consent: z.object({ how: z.enum(['display', 'paper']), at: Instant }).nullable(),
})
export type AgreementPaper = z.infer<typeof AgreementPaper>

/** Hand-over record of certificate and device. `trial`: the trial signature on the agreement. */
export const HandoverPaper = z.object({
  frame: PaperFrame, number: Name, provider: PaperProvider, person: PaperPerson, certificate: PaperCertificate, device: PaperDevice,
  trial: z.object({ at: Instant }).nullable(),
})
export type HandoverPaper = z.infer<typeof HandoverPaper>

/** What the citizen takes home; nothing about a person. */
export const CareLeafletPaper = z.object({
  frame: PaperFrame, paper: Paper, provider: PaperProvider, address: Text.nullable(), hotline: Name.nullable(), hours: Text.nullable(),
})
export type CareLeafletPaper = z.infer<typeof CareLeafletPaper>

/** The CA could not be reached: what is done, and what comes next. */
export const WaitSlipPaper = z.object({
  frame: PaperFrame, paper: Paper, number: Name, provider: PaperProvider, person: PaperPerson,
  /** Steps that are done, in words. */
  done: z.array(Name).max(12),
  /** `come-back`: the certificate has to be put on the citizen's token here. `by-itself`: it comes to the phone. */
  next: z.enum(['come-back', 'by-itself']),
  /** Not before; null when nobody knows. */
  from: Instant.nullable(), hotline: Name.nullable(),
})
export type WaitSlipPaper = z.infer<typeof WaitSlipPaper>

export const DailyListPaper = z.object({
  frame: PaperFrame, day: z.iso.date(),
  rows: z.array(z.object({
    at: Instant, fullName: Name, idNumber: z.string().regex(/^\d{12}$/), provider: Name, serial: z.string().max(80).nullable(), officer: Name,
    state: z.enum(['done', 'queued', 'waiting']),
  })).max(2000),
  /** Certificates handed over; `target` of the year. */
  month: z.number().int().min(0), year: z.number().int().min(0), target: z.number().int().min(1).nullable(),
  /** One of the CAs is for demonstrations. */
  demo: z.boolean(),
})
export type DailyListPaper = z.infer<typeof DailyListPaper>

/** What a draft records, for the citizen to sign. */
export const DeclarationPaper = z.object({
  frame: PaperFrame, dossierCode: Name.nullable(), procedure: z.object({ code: Name, name: Text }), applicant: PaperPerson.pick({ fullName: true }).extend({ idNumber: Name.nullable() }),
  sections: z.array(z.object({ title: Name, entries: z.array(z.object({ name: Name, value: z.string().trim().max(2000) })).min(1).max(200) })).max(40),
  documents: z.array(z.object({ name: Text, kind: Name, pages: z.number().int().min(0).nullable() })).max(300),
  /** The certificate to sign with is one for demonstrations. */
  demo: z.boolean(),
})
export type DeclarationPaper = z.infer<typeof DeclarationPaper>

/** The papers of signing and what each of them prints. All texts are plain: nothing in them is read as markup. */
export const SIGNING_PAPERS = {
  agreement: AgreementPaper, handover: HandoverPaper, leaflet: CareLeafletPaper, slip: WaitSlipPaper, 'daily-list': DailyListPaper, declaration: DeclarationPaper,
} as const
export type SigningPaperKind = keyof typeof SIGNING_PAPERS
export type SigningPaperData = { readonly [Kind in SigningPaperKind]: z.infer<(typeof SIGNING_PAPERS)[Kind]> }

/** A paper and what it prints, as one thing that crosses to the thread. */
export type SigningPaperWish = { [Kind in SigningPaperKind]: Readonly<{ paper: Kind; data: SigningPaperData[Kind] }> }[SigningPaperKind]

/** Room for a visible mark: page from 1, box in points from the lower left corner, as `VisibleMark` wants it. */
export type SignaturePlace = Readonly<{ page: number; box: readonly [x: number, y: number, width: number, height: number] }>

/** A paper as PDF 1.7 with one classic cross-reference table, and where citizen and office may sign it. */
export type SigningPaper = Readonly<{ pdf: Uint8Array<ArrayBuffer>; pages: number; places: Readonly<Partial<Record<'citizen' | 'office', SignaturePlace>>> }>
