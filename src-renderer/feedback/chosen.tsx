import type { ReactNode } from 'react'
import type { FeedbackId } from '@contract/feedback'
import { FailureNote, Loading } from '../parts'
import { Detail } from './detail'
import { Editor } from './editor'
import { useFeedback } from './use-feedback'

/** The chosen one: a draft to write on, or what became of it. */
export function Chosen({ id, onGone }: { id: FeedbackId; onGone: () => void }): ReactNode {
  const { data, error } = useFeedback(id)
  if (error !== null) return <FailureNote error={error} />
  if (data === undefined) return <Loading />
  return data.state === 0 ? <Editor first={data} onGone={onGone} /> : <Detail view={data} />
}
