import './signing.css'
import { IconFileSearch, IconFileUpload, IconLock } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentReport } from '@contract/signing'
import { api } from '../app/api'
import { Button, DocumentView, Empty, FailureNote, Loading } from '../parts'
import { AnchorsCard } from './anchors-card'
import { ReportPanel } from './report'
import { SigningTabs } from './tabs'

type Checked = Readonly<{ file: File; report: DocumentReport }>

/** Any PDF, judged and not kept: what a citizen brings on a stick, what another office sent. */
export function CheckScreen(): ReactNode {
  const { t } = useTranslation('signing-desk')
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const check = useMutation({ mutationFn: async (file: File): Promise<Checked> => ({ file, report: await api.signing.check({ file: new Blob([await file.arrayBuffer()], { type: 'application/pdf' }), name: file.name }) }) })
  const take = (files: FileList | null): void => {
    const file = files?.[0]
    if (file) check.mutate(file)
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <main className="work signing check" onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <div className="main">
        <div className="pagehd"><h1>{t('title')}</h1><SigningTabs /></div>
        <section className={`card fill ${over ? 'over' : ''}`} aria-label={t('checkTitle')}>
          {check.data ? (
            <>
              <div className="hd"><h2 className="ell" title={check.data.file.name}>{check.data.file.name}</h2></div>
              {check.data.report.encrypted ? <div className="grow"><Empty title={t('encryptedTitle')} icon={IconLock}>{t('encryptedNext')}</Empty></div> : <DocumentView id={`${check.data.file.name} ${String(check.data.file.lastModified)} ${check.data.report.checkedAt}`} load={() => Promise.resolve(check.data.file)} mediaType="application/pdf" label={check.data.file.name} />}
            </>
          ) : check.isPending ? <Loading what={t('checking')} /> : <div className="grow"><Empty title={t('checkEmpty')} icon={IconFileSearch}>{t('checkHelp')}</Empty></div>}
        </section>
        <FailureNote error={check.error} />
        <div className="bar"><span className="end row"><Button kind="primary" icon={IconFileUpload} keys="Ctrl+Enter" onPress={() => picker.current?.click()}>{t('choosePdf')}</Button></span></div>
        <input ref={picker} type="file" accept="application/pdf,.pdf" hidden data-testid="check-file" onChange={(event) => { take(event.target.files); event.target.value = '' }} />
      </div>
      <aside className="aside" aria-label={t('result')}>
        {check.data && <section className="card fill" aria-label={t('result')}><div className="hd"><h2>{t('result')}</h2></div><div className="bd scroll grow" tabIndex={0}><ReportPanel report={check.data.report} /></div></section>}
        {!check.data && <AnchorsCard />}
      </aside>
    </main>
  )
}
