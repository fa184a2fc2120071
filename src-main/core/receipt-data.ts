import type { DossierComponent } from '@contract/dossier'
import type { FeeState } from '@contract/draft'
import type { ComponentKind, ReceiptData } from '@contract/receipt'
import type { Settings } from '@contract/settings'
import type { DossierRow, RegisterEntry } from '../intake'

/** A scan of a paper that is only shown is all of it that stays here. */
const KINDS: Readonly<Record<string, ComponentKind>> = {
  original: 'original', 'certified-copy': 'certifiedCopy', copy: 'copy', electronic: 'electronic', shown: 'electronic',
}

/** What was really handed in: not what was only shown, owed or not needed. */
function handedIn({ code, kind, mark }: DossierComponent, withFiles: ReadonlySet<string>): boolean {
  return withFiles.has(code) || (kind !== 'shown' && (mark === 'seen' || mark === 'reused'))
}

/** Phường and xã as the place line before the date wants them: "Phường Tân Mỹ Hưng". */
export function placeOf(wardName: string): string {
  const found = /(phường|xã|đặc khu)\s+.+$/iu.exec(wardName)?.[0] ?? wardName
  return found.charAt(0).toLocaleUpperCase('vi') + found.slice(1)
}

/** Everything Mẫu 01 prints for a dossier, from what was frozen with it and how its fee stands now. */
export function receiptData(
  dossier: DossierRow, settings: Settings, withFiles: ReadonlySet<string>, fee: FeeState, signed: ReceiptData['signed'] | null = null, register: RegisterEntry | null = null,
): ReceiptData {
  const { body } = dossier
  const { ward } = settings
  const exempted = body.fee.total === 0 && body.fee.exemption
  return {
    agencyParent: ward.parentAgency,
    agencyName: ward.name,
    unitName: ward.unitName,
    place: placeOf(ward.name),
    receiptNumber: dossier.code.split('-').at(-1) ?? dossier.code,
    dossierCode: dossier.code,
    codeIsProvisional: dossier.codeIsProvisional,
    applicant: {
      name: body.applicant.fullName,
      address: body.applicant.address ?? '—',
      ...(body.applicant.idNumber !== undefined && { idNumber: body.applicant.idNumber }),
      ...(body.applicant.phone !== undefined && { phone: body.applicant.phone }),
      ...(body.applicant.email !== undefined && { email: body.applicant.email }),
      ...(onBehalfOf(dossier) !== null && { onBehalfOf: onBehalfOf(dossier) ?? '' }),
    },
    procedure: { code: dossier.procedureCode, name: body.procedureName },
    components: body.components
      .filter((component) => handedIn(component, withFiles))
      .map(({ name, kind, quantity }) => ({ name, kind: KINDS[kind] ?? 'original', quantity })),
    sets: body.sets,
    processingTime: body.timeText,
    receivedAt: dossier.receivedAt,
    ...(dossier.dueAt === null ? { dueText: 'Theo kế hoạch; Bộ phận một cửa sẽ báo' } : { dueAt: dossier.dueAt }),
    delivery: body.delivery.method === 'post' ? `Qua bưu chính: ${body.delivery.address}` : ward.unitName,
    fee: {
      lines: body.fee.lines.map(({ name, amount }) => ({ name, amount })),
      total: body.fee.total,
      paid: fee !== 'unpaid',
      ...(exempted ? { text: `Miễn phí: ${exempted.name}` } : fee === 'exempt' && { text: 'Được miễn phí, lệ phí' }),
    },
    ...(register && { register: { book: `${String(register.year)}/${dossier.counter}`, number: String(register.number) } }),
    officerName: body.officerName,
    ...(signed && { signed }),
    notes: body.note.trim() === '' ? [] : [body.note.trim()],
    ...(ward.hotline !== undefined && { hotline: ward.hotline }),
    catalogueVersion: dossier.procedureVersion,
  }
}

function onBehalfOf({ body }: DossierRow): string | null {
  return body.organisation?.name ?? body.owner?.fullName ?? null
}
