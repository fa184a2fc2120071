import { toCivil } from '@contract/civil-time'
import { formatDateTime, formatFormDate, formatFormMoment } from '@contract/format'
import type { ReceiptData, ReceiptOptions } from '@contract/receipt'
import type { ReceiptTemplate, Values } from './template'

type Filled = { -readonly [K in keyof Values]: Values[K] }

function applicantValues(data: ReceiptData): [keyof Filled, string | undefined][] {
  const { applicant } = data
  return [
    ['applicantName', applicant.name],
    ['onBehalfOf', applicant.onBehalfOf],
    ['applicantIdNumber', applicant.idNumber],
    ['applicantAddress', applicant.address],
    ['applicantPhone', applicant.phone],
    ['applicantEmail', applicant.email],
  ]
}

function timeValues(data: ReceiptData): [keyof Filled, string | undefined][] {
  return [
    ['receivedDay', formatFormDate(toCivil(new Date(data.receivedAt)).date)],
    ['receivedTime', formatFormMoment(new Date(data.receivedAt))],
    ['dueTime', data.dueAt ? formatFormMoment(new Date(data.dueAt)) : data.dueText],
    ['processingTime', data.processingTime],
  ]
}

function reprintValues(reprint: ReceiptOptions['reprint']): [keyof Filled, string | undefined][] {
  if (!reprint) return []
  return [
    ['reprintCount', String(reprint.count)],
    ['reprintTime', formatFormMoment(new Date(reprint.at))],
    ['reprintBy', reprint.by],
  ]
}

/** The texts that fill the placeholders of Mẫu 01; what the dossier does not have stays out. */
export function receiptValues(data: ReceiptData, options: ReceiptOptions, template: ReceiptTemplate): Values {
  const pairs: [keyof Filled, string | undefined][] = [
    ['receiptNumber', data.receiptNumber],
    ['dossierCode', data.dossierCode],
    ['place', data.place],
    ['unitName', data.unitName],
    ['procedureName', data.procedure.name],
    ['procedureCode', data.procedure.code],
    ['sets', String(data.sets).padStart(2, '0')],
    ['delivery', data.delivery],
    ['registerBook', data.register?.book],
    ['registerNumber', data.register?.number],
    ['officerName', data.officerName],
    ['confirmedTime', data.signed && formatDateTime(new Date(data.signed.at))],
    ['lookupSecret', data.lookupSecret],
    ['lookupAddress', data.lookupAddress],
    ['hotline', data.hotline],
    ['catalogueVersion', data.catalogueVersion],
    ['templateVersion', template.edition === undefined ? String(template.version) : `${String(template.version)}.${String(template.edition)}`],
    ...applicantValues(data),
    ...timeValues(data),
    ...reprintValues(options.reprint),
  ]
  const values: Filled = {}
  for (const [name, value] of pairs) if (value !== undefined) values[name] = value
  return values
}
