import { IconChevronLeft, IconChevronRight, IconFileText, IconHistory } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount } from '@contract/report-words'
import type { ReportSheet, ReportWish } from '@contract/reports'
import { api } from '../app/api'
import { useShortcut } from '../app/shortcuts'
import { Button, DocumentView, FailureNote, type IconType, KeyCaps } from '../parts'
import { OfficeSign } from '../signing/office-sign'
import { useReportActs } from './use-report-acts'

/** A longer one takes seconds to lay out: shown when it is asked for. */
const SHOWN_AT_ONCE = 1_000
/** Whoever steps through days does not wait for each of them to be laid out. */
const SETTLED_MS = 350

/** The page as it will be printed, and what can be done with it. */
export function PaperAside({ wish, sheet, onMade }: { wish: ReportWish; sheet: ReportSheet | undefined; onMade: () => void }): ReactNode {
  const { t } = useTranslation('reports')
  return (
    <aside className="aside" aria-label={t('paper')}>
      {sheet === undefined
        ? <section className="card fill" aria-label={t('paper')}><PaperHead onMade={onMade} /></section>
        : <Preview key={`${wish.kind}/${wish.from}/${wish.to}`} wish={wish} sheet={sheet} onMade={onMade} />}
      <Acts wish={wish} />
    </aside>
  )
}

/** `children`: which page of how many. */
function PaperHead({ onMade, children }: { onMade: () => void; children?: ReactNode }): ReactNode {
  const { t } = useTranslation('reports')
  return (
    <div className="hd">
      <IconFileText className="i" aria-hidden /><h2>{t('paper')}</h2>
      <span className="end row pages">{children}<Button small icon={IconHistory} keys="H" onPress={onMade}>{t('made.open')}</Button></span>
    </div>
  )
}

function Preview({ wish, sheet, onMade }: { wish: ReportWish; sheet: ReportSheet; onMade: () => void }): ReactNode {
  const { t } = useTranslation('reports')
  const [asked, setAsked] = useState(sheet.rowCount <= SHOWN_AT_ONCE)
  const [settled, setSettled] = useState(false)
  const [count, setCount] = useState(0)
  const [page, setPage] = useState(1)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [])
  const turn = (by: number) => () => setPage((now) => Math.min(count, Math.max(1, now + by)))
  return (
    <section className="card fill" aria-label={t('paper')}>
      <PaperHead onMade={onMade}>
        {count > 1 && <PageButton icon={IconChevronLeft} keys="[" label={t('pageBefore')} onPress={turn(-1)} />}
        {count > 0 && <span className="num s" role="status">{page}/{count}</span>}
        {count > 1 && <PageButton icon={IconChevronRight} keys="]" label={t('pageAfter')} onPress={turn(1)} />}
      </PaperHead>
      {asked
        ? settled && <DocumentView id={`report:${wish.kind}:${sheet.digest}:${sheet.at}`} load={() => api.reports.pdf(wish)} mediaType="application/pdf" label={t('paperOf', { name: t(`kind.${wish.kind}`) })} page={page} onCount={setCount} />
        : <div className="col grow long"><p className="t2">{t('longPaper', { rows: formatCount(sheet.rowCount) })}</p><Button small icon={IconFileText} onPress={() => setAsked(true)}>{t('showPaper')}</Button></div>}
    </section>
  )
}

function PageButton({ icon: Icon, keys, label, onPress }: { icon: IconType; keys: string; label: string; onPress: () => void }): ReactNode {
  useShortcut(keys, label, onPress)
  return <button type="button" className="btn sm ghost" aria-label={label} title={label} aria-keyshortcuts={keys} onClick={onPress}><Icon className="i" aria-hidden /><KeyCaps keys={keys} /></button>
}

function Acts({ wish }: { wish: ReportWish }): ReactNode {
  const { t } = useTranslation('reports')
  const { busy, error, print, savePdf, saveXlsx } = useReportActs(wish)
  return (
    <div className="acts">
      <FailureNote error={error} />
      <div className="row">
        <Button keys="Ctrl+P" waitsFor={busy === 'print' ? t('act.printing') : undefined} onPress={print}>{t('act.print')}</Button>
        <Button keys="Ctrl+S" waitsFor={busy === 'pdf' ? t('act.saving') : undefined} onPress={savePdf}>{t('act.pdf')}</Button>
        <Button keys="Ctrl+E" waitsFor={busy === 'xlsx' ? t('act.saving') : undefined} onPress={saveXlsx}>{t('act.xlsx')}</Button>
      </div>
      <OfficeSign primary label={t('act.sign')} keys="Ctrl+Enter" make={() => api.reports.toSign(wish)} />
    </div>
  )
}
