import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useCounter } from '../chip/use-counter'
import { bindMine } from '../queue/bind'
import { leaveDisplay } from '../show/leave-display'
import { cardDoubts } from './card-doubts'
import { fillFromCard } from './content'

/** Makes a draft, with a scanned card in it when there is one, and opens it in place of this screen. */
export function useStartDraft() {
  const navigate = useNavigate()
  const counter = useCounter()
  const { mutate, error, isPending } = useMutation({
    mutationFn: async (card: string | undefined) => {
      // A text that is no card is refused before there is a draft.
      const read = card === undefined ? null : await api.identity.readQr({ text: card })
      // The chip is read while the draft is being made.
      if (read) counter.scanned({ idNumber: read.person.idNumber, birthDate: read.person.birthDate, issuedAt: read.issuedAt }, 'applicant', null)
      const draft = await api.intake.start()
      void bindMine(draft.id)
      void leaveDisplay()
      if (!read) return draft
      queryClient.setQueryData(keys.cardDoubts(draft.id), cardDoubts(read.warnings, 'applicant'))
      const { person } = fillFromCard(draft.content.applicant, read.person)
      return api.intake.save({ draftId: draft.id, revision: draft.revision, content: { ...draft.content, applicant: person, focus: 'applicant.phone' } })
    },
    onSuccess: ({ id }) => navigate({ to: '/intake/$draftId', params: { draftId: id }, replace: true }),
  })
  return { start: () => mutate(undefined), startWithCard: (card: string) => mutate(card), error, isPending }
}
