import { IconUser } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Result } from './counter'

/** The face out of the chip, for comparing with who stands at the counter. */
export function Face({ result: { face, reading } }: { result: Result }): ReactNode {
  const { t } = useTranslation('chip')
  if (face !== null) return <img className="face" src={face} width={78} height={104} alt={t('face', { name: reading.person.fullName })} />
  return <div className="face none" role="img" aria-label={t('noFace')} title={t('noFace')}><IconUser className="i xl" aria-hidden /></div>
}
