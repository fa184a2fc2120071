import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueCounter, QueueKind, QueueTicket, TicketId } from '@contract/queue'
import { Button, FormDialog, SelectField } from '../parts'

type Props = Readonly<{
  /** Null: closed. */
  ticket: QueueTicket | null
  counters: readonly QueueCounter[]
  kinds: readonly QueueKind[]
  onSend: (ticket: TicketId, to: string, letter: string | null) => void
  onClose: () => void
}>

/** On to another counter: the number stays, and it is called there before the others. */
export function TransferDialog({ ticket, onClose, ...rest }: Props): ReactNode {
  const { t } = useTranslation('queue')
  return <FormDialog open={ticket !== null} title={t('transferTitle', { label: ticket?.label ?? '' })} onClose={onClose}>{ticket && <Form ticket={ticket} onClose={onClose} {...rest} />}</FormDialog>
}

function Form({ ticket, counters, kinds, onSend, onClose }: Omit<Props, 'ticket'> & { ticket: QueueTicket }): ReactNode {
  const { t } = useTranslation('queue')
  const others = counters.filter(({ here, reached }) => !here && reached)
  const [to, setTo] = useState(others[0]?.node ?? '')
  const [letter, setLetter] = useState(ticket.letter)
  if (others.length === 0) {
    return (
      <div className="col" style={{ gap: 14 }}>
        <p>{t('noOtherCounter')}</p>
        <div className="row" style={{ justifyContent: 'flex-end' }}><Button onPress={onClose} caps="Escape" autoFocus>{t('back', { ns: 'common' })}</Button></div>
      </div>
    )
  }
  const send = (): void => {
    onSend(ticket.id, to, letter === ticket.letter ? null : letter)
    onClose()
  }
  return (
    <div className="col" style={{ gap: 14 }}>
      <SelectField label={t('transferTo')} value={to} options={others.map(({ node, name }) => ({ value: node, label: name }))} onChange={setTo} />
      <SelectField label={t('transferKind')} value={letter} options={kinds.map((kind) => ({ value: kind.letter, label: `${kind.letter} · ${kind.name}` }))} onChange={setLetter} />
      <p className="m t2">{t('transferHelp')}</p>
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button onPress={onClose} caps="Escape">{t('back', { ns: 'common' })}</Button>
        <Button kind="primary" keys="Ctrl+Enter" autoFocus onPress={send}>{t('transfer')}</Button>
      </div>
    </div>
  )
}
