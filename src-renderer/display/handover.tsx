import { IconCheck, IconHandStop } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage, Title } from '../hall'
import { useAnswering } from './client'
import { NotSent, type PageOf } from './parts'
import { Reading } from './reading'
import { SignaturePad } from './signature-pad'
import { useSigning } from './use-signing'

/** A result is handed over: who takes it sees what it is, and signs for it. */
export function HandoverPage({ page }: { page: PageOf<'handover'> }): ReactNode {
  const { t } = useTranslation('display')
  const { state, send } = useAnswering()
  const { drawn, setDrawn, asked, confirm } = useSigning(page.sign)
  const language = currentLanguage()
  const busy = state === 'sending'
  const action = t('handover.right')
  return (
    <main className="asking">
      <section className="card sheet-of-facts">
        <Title>{t('handover.title', { address: t(`address.${page.address}`) })}</Title>
        <Reading className="facts"><dl>{page.facts.map(({ key, value }) => <div key={key} className={key === 'result' ? 'fact main' : 'fact'}><dt>{t(`fact.${key}`)}</dt><dd>{value[language]}</dd></div>)}</dl></Reading>
      </section>
      <div className="answers">
        <SignaturePad drawn={drawn} onDrawn={setDrawn} wanted={asked ? t('sign.wanted', { action }) : null} action={action} disabled={busy} />
        <NotSent state={state} />
        <button type="button" className="big" disabled={busy} onClick={() => confirm((signature) => send({ kind: 'right', id: page.id, signature }))}><IconCheck className="i lg" aria-hidden />{busy ? t('sending') : action}</button>
        <button type="button" className="big second" disabled={busy} onClick={() => send({ kind: 'wrong', id: page.id })}><IconHandStop className="i lg" aria-hidden />{t('handover.wrong')}</button>
      </div>
    </main>
  )
}
