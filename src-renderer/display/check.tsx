import { IconCheck, IconHandStop } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownFact } from '@contract/display'
import { currentLanguage, Title } from '../hall'
import { useAnswering } from './client'
import { NotSent, type PageOf } from './parts'
import { Reading } from './reading'
import { SignaturePad } from './signature-pad'
import { useSigning } from './use-signing'

/** What is recorded: the citizen says whether it is right, and signs. */
export function CheckPage({ page }: { page: PageOf<'check'> }): ReactNode {
  const { t } = useTranslation('display')
  const { state, send } = useAnswering()
  const { drawn, setDrawn, asked, confirm } = useSigning(page.sign)
  const busy = state === 'sending'
  const action = t('sign.wantedShort')
  return (
    <main className={page.sign ? 'asking' : 'asking unsigned'}>
      <section className="card sheet-of-facts">
        <Title>{t('check.title', { address: t(`address.${page.address}`) })}</Title>
        <Reading className="facts"><dl>{page.facts.map((fact, index) => <Fact key={index} fact={fact} />)}</dl></Reading>
      </section>
      <div className="answers">
        {page.sign && <SignaturePad drawn={drawn} onDrawn={setDrawn} wanted={asked ? t('sign.wanted', { action }) : null} action={action} disabled={busy} />}
        <NotSent state={state} />
        <button type="button" className="big" disabled={busy} onClick={() => confirm((signature) => send({ kind: 'right', id: page.id, signature }))}><IconCheck className="i lg" aria-hidden />{busy ? t('sending') : t('check.right')}</button>
        <button type="button" className="big second" disabled={busy} onClick={() => send({ kind: 'wrong', id: page.id })}><IconHandStop className="i lg" aria-hidden />{t('check.wrong')}</button>
      </div>
    </main>
  )
}

function Fact({ fact }: { fact: ShownFact }): ReactNode {
  const { t } = useTranslation('display')
  const language = currentLanguage()
  return (
    <div className={fact.key === 'appointment' ? 'fact main' : 'fact'}>
      <dt>{t(`fact.${fact.key}`)}</dt>
      <dd>{fact.value[language]}{fact.detail !== null && <> <span className="detail">{fact.detail[language]}</span></>}</dd>
    </div>
  )
}
