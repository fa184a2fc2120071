import './proposals.css'
import { Modal } from '@mantine/core'
import { IconTextRecognition } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftId } from '@contract/ids'
import { ShortcutLayer } from '../../app/shortcuts'
import { Button, Card } from '../../parts'
import { inOrder } from './offers'
import { OfferDesk } from './offer-desk'
import { useOffers } from './use-offers'

/** What was read on the papers, in one line; the rest opens over the work. Nothing while nothing was read. */
export function Proposals({ draftId }: { draftId: DraftId }): ReactNode {
  const { t } = useTranslation('pageview')
  const offers = useOffers(draftId)
  const [open, setOpen] = useState(false)
  const close = (): void => setOpen(false)
  const all = inOrder(offers.groups)
  const fills = all.filter(({ target }) => target !== null)
  if (all.length === 0 && offers.reading === 0 && !open) return null
  const names = [...new Set((fills.length > 0 ? fills : all).map(({ part }) => t(`read.part.${part}`)))].join(', ')
  return (
    <Card label={t('read.title')} className="read">
      <div className="row">
        <IconTextRecognition className="i c-acc" aria-hidden />
        <div className="grow read-line">
          <p className="w6 ell">{t('read.title')}</p>
          <p className="s t2 ell" title={names}>{all.length === 0 ? t('read.reading', { count: offers.reading }) : fills.length > 0 ? `${t('read.fills', { count: fills.length })}: ${names}` : `${t('read.copies', { count: all.length })}: ${names}`}</p>
        </div>
        {all.length > 0 && <Button small keys="Alt+M" onPress={() => setOpen(true)}>{t('read.open')}</Button>}
      </div>
      <Modal.Root opened={open} onClose={close} closeOnEscape={false} lockScroll={false} transitionProps={{ duration: 0 }} size={1180} centered>
        <Modal.Overlay backgroundOpacity={0.45} />
        <Modal.Content aria-label={t('read.opened')}>
          <Modal.Body p={0}><ShortcutLayer><OfferDesk offers={offers} onClose={close} /></ShortcutLayer></Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </Card>
  )
}
