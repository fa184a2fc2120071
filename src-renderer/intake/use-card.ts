import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Warning } from '@contract/draft'
import { formatTime } from '@contract/format'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { focusField, useAnnounce } from '../parts'
import { useCounter } from '../chip/use-counter'
import { whoInHand } from '../chip/use-intake-chip'
import { cardDoubts } from './card-doubts'
import { fillFromCard, type Who } from './content'
import { focusInStep } from './focus'
import type { DraftStore } from './draft-store'

export type CardReading = Readonly<{
  read: (text: string) => void
  error: unknown
  dismiss: () => void
  /** Wall clock of the last card that was read. */
  readAt: string | null
  /** Doubts about the card itself; those about the person come with the draft. */
  warnings: readonly Warning[]
  offered: string | null
  takeAddress: () => void
  keepAddress: () => void
}>

type Reading = Readonly<{ error: unknown; readAt: string | null; warnings: readonly Warning[]; offered: string | null; who: Who }>
const NONE: Reading = { error: null, readAt: null, warnings: [], offered: null, who: 'applicant' }
/** A draft that a card opened brings the doubts about that card. */
const begun = (draftId: string): Reading => ({ ...NONE, warnings: queryClient.getQueryData<readonly Warning[]>(keys.cardDoubts(draftId)) ?? [] })

/** Reads a scanned card into the draft: into the person in whose fields the work stands, else the applicant. */
export function useCard(store: DraftStore, onRead: () => void): CardReading {
  const { t } = useTranslation('intake')
  const { say, toast } = useAnnounce()
  const [reading, setReading] = useState<Reading>(() => begun(store.id))
  const last = useRef(0)
  const counter = useCounter()

  const read = useCallback(async (text: string): Promise<void> => {
    const turn = (last.current += 1)
    const who = whoInHand(store)
    onRead()
    try {
      const card = await api.identity.readQr({ text })
      if (turn !== last.current) return
      const before = store.get().content[who]
      counter.scanned({ idNumber: card.person.idNumber, birthDate: card.person.birthDate, issuedAt: card.issuedAt }, who, store.id)
      const { person, offeredAddress, replaced } = fillFromCard(before, card.person)
      store.edit((content) => ({ ...content, [who]: person }))
      setReading({ error: null, readAt: formatTime(new Date()), warnings: cardDoubts(card.warnings, who), offered: offeredAddress, who })
      say(t('person.cardSaid', { name: person.fullName }))
      if (replaced) toast(t('person.replaced', { name: before.fullName || before.idNumber }), { label: t('undo', { ns: 'common' }), run: () => store.edit((content) => ({ ...content, [who]: before })) })
      focusInStep(who === 'owner' ? 'owner.address' : 'applicant.phone')
    } catch (error) {
      if (turn === last.current) setReading({ ...NONE, error })
    }
  }, [store, counter, onRead, say, toast, t])
  const readText = useCallback((text: string): void => void read(text), [read])
  const takeAddress = (): void => {
    const { offered, who } = reading
    if (offered !== null) store.edit((content) => ({ ...content, [who]: { ...content[who], address: offered, sources: { ...content[who].sources, address: 'qr' } } }))
    setReading({ ...reading, offered: null })
    focusField(`${who}.address`)
  }
  const keepAddress = (): void => {
    setReading({ ...reading, offered: null })
    focusField(`${reading.who}.address`)
  }
  return { ...reading, read: readText, dismiss: () => { setReading(NONE); focusField('applicant.fullName') }, takeAddress, keepAddress }
}
