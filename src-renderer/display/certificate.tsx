import { IconCheck, IconHandStop } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage, Title } from '../hall'
import { useAnswering } from './client'
import { NotSent, type PageOf } from './parts'
import { Reading } from './reading'
import { SignaturePad } from './signature-pad'
import { useSigning } from './use-signing'

/** What the certificate of the citizen's signature says, before it is asked for and when it is taken over. */
export function CertificatePage({ page }: { page: PageOf<'certificate'> }): ReactNode {
  const { t } = useTranslation('display')
  const { state, send } = useAnswering()
  const { drawn, setDrawn, asked, confirm } = useSigning(page.sign)
  const language = currentLanguage()
  const busy = state === 'sending'
  const action = t(`certificate.${page.purpose}.right`)
  return (
    <main className={page.sign ? 'asking' : 'asking unsigned'}>
      <section className="card sheet-of-facts">
        <Title>{t(`certificate.${page.purpose}.title`, { address: t(`address.${page.address}`) })}</Title>
        {page.demo && <p className="lead demo-note">{t('certificate.demo')}</p>}
        <Reading className="facts"><dl>{page.facts.map(({ key, value }) => <div key={key} className="fact"><dt>{t(`certificate.fact.${key}`)}</dt><dd>{value[language]}</dd></div>)}</dl></Reading>
      </section>
      <div className="answers">
        {page.sign && <SignaturePad drawn={drawn} onDrawn={setDrawn} wanted={asked ? t('sign.wanted', { action }) : null} action={action} disabled={busy} />}
        <NotSent state={state} />
        <button type="button" className="big" disabled={busy} onClick={() => confirm((signature) => send({ kind: 'right', id: page.id, signature }))}><IconCheck className="i lg" aria-hidden />{busy ? t('sending') : action}</button>
        <button type="button" className="big second" disabled={busy} onClick={() => send({ kind: 'wrong', id: page.id })}><IconHandStop className="i lg" aria-hidden />{t('check.wrong')}</button>
      </div>
    </main>
  )
}
