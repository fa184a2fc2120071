import { useQuery } from '@tanstack/react-query'
import type { FeedbackId, FeedbackRow, FeedbackState } from '@contract/feedback'
import { api } from '../app/api'
import { keys } from '../app/queries'

/** Which of them the list shows. */
export const WHICH = ['open', 'overdue', 'all'] as const
export type Which = (typeof WHICH)[number]

/** Not ended: draft, taken, with the city, being handled, waiting for a supplement. */
const OPEN: readonly FeedbackState[] = [0, 1, 2, 3, 4]
const LIMIT = 200

const filterOf = (which: Which): { states?: FeedbackState[]; overdue?: boolean } => (which === 'open' ? { states: [...OPEN] } : which === 'overdue' ? { overdue: true } : {})

export function useFeedbackList(which: Which): { rows: readonly FeedbackRow[] | undefined; error: unknown } {
  const { data, error } = useQuery({ queryKey: keys.feedbackList(which), queryFn: () => api.feedback.list({ ...filterOf(which), limit: LIMIT }) })
  return { rows: data?.items, error }
}

export const useFeedback = (id: FeedbackId) => useQuery({ queryKey: keys.feedbackOne(id), queryFn: () => api.feedback.get({ id }) })
