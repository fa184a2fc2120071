import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { type DragEvent, type ReactNode, type Ref, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { trustErrors } from '@contract/errors/trust'
import type { TrustImport } from '@contract/trust'
import { api, type Problem, problemOf } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { Note, useAnnounce } from '../parts'

type Outcome = Readonly<{ name: string; brought: TrustImport | null; problem: Problem | null }>

export type TrustFiles = Readonly<{ pick: () => void; take: (files: readonly File[]) => void; busy: boolean; outcomes: readonly Outcome[] }>

/** Imports files one after the other and keeps what came of each. */
export function useTrustFiles(): readonly [TrustFiles, Ref<HTMLInputElement>] {
  const { t } = useTranslation('settings')
  const { say } = useAnnounce()
  const picker = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([])
  const takeOne = async (file: File): Promise<Outcome> => {
    try {
      return { name: file.name, brought: await api.trust.import({ name: file.name, bytes: file }), problem: null }
    } catch (error) {
      return { name: file.name, brought: null, problem: problemOf(error) }
    }
  }
  const takeAll = async (files: readonly File[]): Promise<void> => {
    setBusy(true)
    setOutcomes([])
    const done: Outcome[] = []
    for (const file of files) {
      done.push(await takeOne(file))
      setOutcomes([...done])
    }
    await queryClient.invalidateQueries({ queryKey: keys.trust })
    setBusy(false)
    say(t('trust.doneSaid', { count: done.reduce((sum, { brought }) => sum + (brought?.added ?? 0), 0) }))
  }
  return [{ pick: () => picker.current?.click(), take: (files) => { if (files.length > 0 && !busy) void takeAll(files) }, busy, outcomes }, picker]
}

/** The place that files are dropped on, and what came of them. */
export function TrustDrop({ files, picker, on, children }: { files: TrustFiles; picker: Ref<HTMLInputElement>; on: boolean; children: ReactNode }): ReactNode {
  const { t } = useTranslation('settings')
  const [over, setOver] = useState(false)
  const drag = (event: DragEvent, inside: boolean): void => {
    if (!on || !event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(inside)
  }
  const drop = (event: DragEvent): void => {
    drag(event, false)
    if (on) files.take([...event.dataTransfer.files])
  }
  return (
    <div className={`col ${over ? 'dropping' : ''}`} style={{ gap: 14 }} onDragOver={(event) => drag(event, true)} onDragLeave={(event) => drag(event, false)} onDrop={drop}>
      {on && <input ref={picker} type="file" multiple accept=".cer,.crt,.pem,.der,.ml,.crl,.p7c,.ldif" className="sr" tabIndex={-1} aria-label={t('trust.files')} onChange={(event) => { files.take([...(event.target.files ?? [])]); event.target.value = '' }} />}
      {files.outcomes.map((outcome) => <OutcomeNote key={outcome.name} outcome={outcome} />)}
      {children}
    </div>
  )
}

function OutcomeNote({ outcome: { name, brought, problem } }: { outcome: Outcome }): ReactNode {
  const { t, i18n } = useTranslation('settings')
  const wordsOf = (why: string): string => (i18n.exists(`trust.why.${why}`, { ns: 'settings' }) ? t(`trust.why.${why}`) : why)
  if (problem !== null) {
    const known = problem.code === trustErrors.nothingNew
    return (
      <Note tint={known ? 'info' : 'bad'} icon={known ? IconCircleCheck : IconAlertTriangle} role={known ? 'status' : 'alert'}>
        <p className="w6">{name}: {t(`${problem.code}.what`, { ns: 'errors', ...problem.params })}</p>
        <p className="m">{t(`${problem.code}.effect`, { ns: 'errors', ...problem.params })} {t(`${problem.code}.next`, { ns: 'errors', ...problem.params })} {t('code', { ns: 'common', code: problem.code })}</p>
      </Note>
    )
  }
  if (brought === null) return null
  const { added, known, refused, masterListSigner } = brought
  const counts = { added, known, refused: refused.length }
  const told = (['added', 'known', 'refused'] as const).filter((what) => what === 'added' || counts[what] > 0).map((what) => t(`trust.brought.${what}`, { count: counts[what] }))
  return (
    <Note tint={refused.length > 0 ? 'warn' : 'ok'} icon={refused.length > 0 ? IconAlertTriangle : IconCircleCheck} role="status">
      <p className="w6">{name}: {told.join(', ')}</p>
      {masterListSigner !== null && <p className="m">{t('trust.masterListBy', { signer: masterListSigner })}</p>}
      {refused.length > 0 && <ul className="m">{refused.map(({ subject, why }, index) => <li key={`${String(index)} ${subject}`}>{subject}: {wordsOf(why)}</li>)}</ul>}
    </Note>
  )
}
