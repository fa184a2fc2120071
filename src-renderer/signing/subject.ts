import type { IssuanceSubject } from '@contract/signing'

/** Whom a signature is issued to, as it stands in the form; empty until it is known. */
export type SubjectForm = Readonly<{ fullName: string; idNumber: string; birthDate: string; sex: 'male' | 'female' | ''; province: string }>
export const NOBODY: SubjectForm = { fullName: '', idNumber: '', birthDate: '', sex: '', province: '' }

const DAY = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/

/** A birthday as people write it, as YYYY-MM-DD; null where there is no such day. */
export function isoDay(written: string): string | null {
  const [, day = '', month = '', year = ''] = DAY.exec(written.trim()) ?? []
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return year !== '' && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null
}

/** What is still missing, by field. */
export function gapsOf(form: SubjectForm): readonly (keyof SubjectForm)[] {
  return [
    ...(form.fullName.trim() === '' ? ['fullName' as const] : []),
    ...(/^\d{12}$/.test(form.idNumber.replace(/\s/gu, '')) ? [] : ['idNumber' as const]),
    ...(isoDay(form.birthDate) === null ? ['birthDate' as const] : []),
    ...(form.province.trim() === '' ? ['province' as const] : []),
  ]
}

/** @returns null while something is missing */
export function subjectOf(form: SubjectForm): IssuanceSubject | null {
  const birthDate = isoDay(form.birthDate)
  if (gapsOf(form).length > 0 || birthDate === null) return null
  return { fullName: form.fullName.trim().normalize('NFC'), idNumber: form.idNumber.replace(/\s/gu, ''), birthDate, sex: form.sex === '' ? null : form.sex, province: form.province.trim() }
}
