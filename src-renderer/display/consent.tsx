import { IconCheck, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage, Title } from '../hall'
import { useAnswering } from './client'
import { NotSent, type PageOf } from './parts'
import { Reading } from './reading'
import { SignaturePad } from './signature-pad'
import { useSigning } from './use-signing'

/** A sheet to agree to or not; both answers are alike in size and weight. */
export function ConsentPage({ page }: { page: PageOf<'consent'> }): ReactNode {
  const { t } = useTranslation('display')
  const { state, send } = useAnswering()
  const { drawn, setDrawn, asked, confirm } = useSigning(page.sign)
  const language = currentLanguage()
  const busy = state === 'sending'
  const action = t('sign.wantedAgree')
  return (
    <main className={page.sign ? 'asking' : 'asking unsigned'}>
      <section className="card sheet-of-facts">
        <Title>{page.title[language]}</Title>
        <p className="lead t2">{t('consent.asked', { address: t(`address.${page.address}`) })}</p>
        <Reading className="text">{page.paragraphs.map((paragraph, index) => <p key={index}>{paragraph[language]}</p>)}</Reading>
      </section>
      <div className="answers even">
        {page.sign && <SignaturePad drawn={drawn} onDrawn={setDrawn} wanted={asked ? t('sign.wanted', { action }) : null} action={action} disabled={busy} />}
        <NotSent state={state} />
        <button type="button" className="big even" disabled={busy} onClick={() => confirm((signature) => send({ kind: 'agree', id: page.id, signature }))}><IconCheck className="i lg" aria-hidden />{busy ? t('sending') : t('consent.agree')}</button>
        <button type="button" className="big even" disabled={busy} onClick={() => send({ kind: 'decline', id: page.id })}><IconX className="i lg" aria-hidden />{t('consent.decline')}</button>
      </div>
    </main>
  )
}
