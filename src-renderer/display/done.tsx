import { IconCircleCheck, IconHandStop, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Title } from '../hall'
import { type PageOf } from './parts'

const ICONS = { 'sent-back': IconHandStop, 'certificate-wrong': IconHandStop, 'handover-wrong': IconHandStop, refused: IconInfoCircle, 'pin-refused': IconInfoCircle } as const
const hasIcon = (words: string): words is keyof typeof ICONS => words in ICONS

/** What became of the answer; the core clears it by itself. */
export function DonePage({ page }: { page: PageOf<'done'> }): ReactNode {
  const { t } = useTranslation('display')
  const Icon = hasIcon(page.words) ? ICONS[page.words] : IconCircleCheck
  return (
    <main className="message">
      <div role="status" className={hasIcon(page.words) ? undefined : 'good'}>
        <Icon className="i xl" aria-hidden />
        <Title>{t(`done.${page.words}.title`)}</Title>
        <p className="says">{t(`done.${page.words}.text`)}</p>
        {page.detail !== null && <p className="detail">{page.detail}</p>}
        <p className="t2">{t('done.clears')}</p>
      </div>
    </main>
  )
}
