import { IconFileCheck, IconFileUpload } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportProblem, ImportReport } from '@contract/calls-office'
import { api } from '../app/api'
import { queryClient } from '../app/queries'
import { Button, type Column, Facts, FailureNote, FormDialog, Note, Table, useAnnounce } from '../parts'

type Busy = 'checking' | 'importing' | null

/** A catalogue file is looked through first; only what is wholly right can be taken in. */
export function ImportDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation('catalogue')
  const { say } = useAnnounce()
  const picker = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [report, setReport] = useState<ImportReport | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState<Busy>(null)

  const send = async (chosen: File, dryRun: boolean): Promise<void> => {
    setBusy(dryRun ? 'checking' : 'importing')
    setError(null)
    try {
      const answer = await api.procedures.import({ file: chosen, name: chosen.name, dryRun })
      setReport(answer)
      if (answer.applied) {
        await Promise.all([queryClient.invalidateQueries({ queryKey: ['procedures'] }), queryClient.invalidateQueries({ queryKey: ['procedure'] })])
        say(t('imported', { version: answer.version ?? '' }))
      }
    } catch (failure) {
      setReport(null)
      setError(failure)
    } finally {
      setBusy(null)
    }
  }
  const pick = (chosen: File | undefined): void => {
    if (!chosen) return
    setFile(chosen)
    setReport(null)
    void send(chosen, true)
  }
  const ready = report !== null && report.problems.length === 0 && !report.applied
  const something = ready && report.added.length + report.changed.length > 0
  return (
    <FormDialog open title={t('import')} onClose={onClose}>
      <div className="col" style={{ gap: 14 }}>
        <p className="m t2">{t('importWords')}</p>
        <div className="row">
          <input ref={picker} type="file" accept=".json,.xlsx" className="sr" tabIndex={-1} aria-label={t('file')} onChange={(event) => { pick(event.target.files?.[0]); event.target.value = '' }} />
          <Button icon={IconFileUpload} onPress={() => picker.current?.click()} waitsFor={busy === null ? undefined : t(`busy.${busy}`)} autoFocus>{t('chooseFile')}</Button>
          {file && <span className="m w5">{file.name}</span>}
        </div>
        <FailureNote error={error} />
        {report && <Report report={report} />}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onPress={onClose} caps="Escape">{t('close', { ns: 'common' })}</Button>
          {something && file && <Button kind="primary" icon={IconFileCheck} onPress={() => void send(file, false)} waitsFor={busy === null ? undefined : t(`busy.${busy}`)}>{t('apply', { count: report.added.length + report.changed.length })}</Button>}
        </div>
      </div>
    </FormDialog>
  )
}

function Report({ report }: { report: ImportReport }): ReactNode {
  const { t } = useTranslation('catalogue')
  if (report.problems.length > 0) return <Problems problems={report.problems} />
  const nothing = report.added.length + report.changed.length === 0
  return (
    <>
      <Note tint={report.applied ? 'ok' : 'info'} role="status">{report.applied ? t('imported', { version: report.version ?? '' }) : nothing ? t('nothingNew') : t('fileRight')}</Note>
      <Facts width={150} rows={[
        [t('versionLabel'), report.version ?? '–'],
        [t('added'), <Codes key="added" codes={report.added} />],
        [t('changed'), <Codes key="changed" codes={report.changed} />],
        [t('unchanged'), String(report.unchanged)],
      ]} />
    </>
  )
}

const SHOWN_CODES = 12

function Codes({ codes }: { codes: readonly string[] }): ReactNode {
  const rest = codes.length - SHOWN_CODES
  return <span className="num" style={{ whiteSpace: 'normal' }}>{codes.length}{codes.length > 0 && <span className="m t2" style={{ fontWeight: 400 }}> · {codes.slice(0, SHOWN_CODES).join(', ')}{rest > 0 && ` … +${String(rest)}`}</span>}</span>
}

function Problems({ problems }: { problems: readonly ImportProblem[] }): ReactNode {
  const { t } = useTranslation('catalogue')
  const [chosen, setChosen] = useState<string | null>(null)
  const rows = problems.map((problem, index) => ({ ...problem, id: String(index) }))
  const columns: readonly Column<(typeof rows)[number]>[] = [
    { key: 'sheet', title: t('sheet'), width: 110, cell: ({ sheet }) => sheet ?? '–' },
    { key: 'row', title: t('row'), width: 60, right: true, cell: ({ row }) => row ?? '–' },
    { key: 'field', title: t('column'), cell: ({ field }) => <span style={{ overflowWrap: 'anywhere' }}>{field}</span> },
    { key: 'problem', title: t('wrong'), cell: ({ problem }) => t(`problem.${problem}`) },
  ]
  return (
    <>
      <Note tint="bad" role="alert"><p className="w6">{t('problems', { count: problems.length })}</p><p className="m">{t('problemsWords')}</p></Note>
      <div style={{ height: 280, display: 'flex', border: '1px solid var(--mc-line)', borderRadius: 6, overflow: 'hidden', background: 'var(--mc-surface)' }}>
        <Table label={t('problemList')} rows={rows} columns={columns} idOf={({ id }) => id} selected={chosen} onSelect={({ id }) => setChosen(id)} />
      </div>
    </>
  )
}
