import { IconDeviceMobile, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoneyLong } from '@contract/format'
import { Title } from '../hall'
import { useAnswering } from './client'
import { NotSent, type PageOf } from './parts'
import { Reading } from './reading'

/** Modules of white around a QR, as its standard has it. */
const QUIET = 4

/** The VietQR to pay by, with everything that is in it in words. The officer sees the money come. */
export function PayPage({ page }: { page: PageOf<'pay'> }): ReactNode {
  const { t } = useTranslation('display')
  const { state, send } = useAnswering()
  const { qr, account } = page
  const amount = formatMoneyLong(page.amount)
  const box = `${-QUIET} ${-QUIET} ${qr.size + 2 * QUIET} ${qr.size + 2 * QUIET}`
  return (
    <main className="pay">
      <section className="card code">
        {page.simulated && <p className="sim">{t('pay.simulated')}</p>}
        <svg viewBox={box} role="img" aria-label={t('pay.qr', { amount })} shapeRendering="crispEdges"><path d={qr.path} /></svg>
      </section>
      <section className="card sheet-of-facts">
        <Reading className="facts">
          <Title>{t('pay.title')}</Title>
          <p className="lead"><IconDeviceMobile className="i lg" aria-hidden />{t('pay.how')}</p>
          <dl>
            <div className="fact main"><dt>{t('pay.amount')}</dt><dd className="num">{amount}</dd></div>
            <div className="fact"><dt>{t('pay.holder')}</dt><dd>{account.holder}</dd></div>
            <div className="fact"><dt>{t('pay.account')}</dt><dd><span className="num">{account.number}</span> <span className="detail">{account.bank}</span></dd></div>
            <div className="fact"><dt>{t('pay.content')}</dt><dd>{page.purpose}</dd></div>
          </dl>
          <p className="after">{t('pay.after')}</p>
        </Reading>
        <NotSent state={state} />
        <button type="button" className="big second" disabled={state === 'sending'} onClick={() => send({ kind: 'leave', id: page.id })}><IconX className="i lg" aria-hidden />{t('pay.leave')}</button>
      </section>
    </main>
  )
}
