import { IconCpu, IconScan } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VirtualCardView } from '@contract/readers'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { Badge, Button, FailureNote, FormDialog } from '../parts'
import { useReaders } from './use-counter'

/** Puts an invented card on the virtual reader, or takes it off. As by hand, the one that lies there comes off first. */
async function putCard(card: string | null): Promise<void> {
  const take = async (wanted: string | null): Promise<void> => void queryClient.setQueryData(keys.readers, await api.readers.putCard({ card: wanted }))
  await take(null)
  if (card !== null) await take(card)
}

/** The invented cards of practice mode: put on the reader, scanned, taken off. `keyed`: digits put and scan. */
export function SampleCards({ onScan, keyed = false }: { onScan: (qr: string) => void; keyed?: boolean }): ReactNode {
  const { t } = useTranslation('chip')
  const { data } = useReaders()
  const [error, setError] = useState<unknown>(null)
  const cards = data?.virtualCards ?? []
  const put = (card: string | null, then?: () => void): void => {
    setError(null)
    putCard(card).then(then, setError)
  }
  if (cards.length === 0) return null
  return (
    <div className="col" style={{ gap: 10 }}>
      <FailureNote error={error} />
      <ul className="samples" aria-label={t('samples.title')}>
        {cards.map((card, index) => <Sample key={card.id} card={card} digit={keyed && index < 9 ? String(index + 1) : undefined} onPut={put} onScan={onScan} />)}
      </ul>
    </div>
  )
}

type SampleProps = Readonly<{ card: VirtualCardView; digit: string | undefined; onPut: (card: string | null, then?: () => void) => void; onScan: (qr: string) => void }>

function Sample({ card: { id, name, about, onReader, qr }, digit, onPut, onScan }: SampleProps): ReactNode {
  const { t } = useTranslation('chip')
  return (
    <li>
      <span className="grow"><b>{name}</b><span className="m t2" style={{ display: 'block' }}>{about}</span></span>
      {onReader && <Badge tint="sim" icon={IconCpu}>{t('samples.lies')}</Badge>}
      {onReader
        ? <Button small label={t('samples.liftOf', { name })} onPress={() => onPut(null)}>{t('samples.lift')}</Button>
        : <Button small label={t('samples.putOf', { name })} onPress={() => onPut(id)}>{t('samples.put')}</Button>}
      <Button small icon={IconScan} {...(digit !== undefined && { keys: digit })} onPress={() => onPut(id, () => onScan(qr))}>{t('samples.scan')}<span className="sr">: {name}</span></Button>
    </li>
  )
}

/** The same over the intake, by key. */
export function SamplesDialog({ open, onScan, onClose }: { open: boolean; onScan: (qr: string) => void; onClose: () => void }): ReactNode {
  const { t } = useTranslation('chip')
  return (
    <FormDialog open={open} title={t('samples.title')} onClose={onClose} wide>
      <p className="m t2" style={{ marginBottom: 10 }}>{t('samples.words')}</p>
      <SampleCards keyed onScan={(qr) => { onClose(); onScan(qr) }} />
    </FormDialog>
  )
}
