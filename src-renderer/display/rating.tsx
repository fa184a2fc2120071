import type { ReactNode } from 'react'
import { useAnswering } from './client'
import { NotSent, type PageOf } from './parts'
import { RatingForm } from './rating-form'

/** How satisfied the citizen is; may be left out. */
export function RatingPage({ page }: { page: PageOf<'rating'> }): ReactNode {
  const { state, send } = useAnswering()
  const { id } = page
  return (
    <RatingForm
      address={page.address} subject={page.subject} busy={state === 'sending'} trouble={<NotSent state={state} />}
      onRate={(rated) => send({ kind: 'rated', id, ...rated })} onNone={() => send({ kind: 'leave', id })}
    />
  )
}
