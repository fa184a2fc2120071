import { createComplaints, type Complaints, createFigures, createRatings, type FeedbackDeps, type Figures, type Ratings, type ThemeFile } from '../feedback'
import { createRatingSlips, type RatingSlips, type RatingSlipsDeps } from './rating-slips'

export type { NewRating, Ratings, Slip, SlipOwner } from '../feedback'

/** Ratings, complaints and proposals, and their figures. `office.feedback()` opens it. */
export type FeedbackOffice = Readonly<{ ratings: Ratings; complaints: Complaints; close(): Promise<void> }> & Figures & RatingSlips

export type FeedbackOfficeDeps = FeedbackDeps & Omit<RatingSlipsDeps, 'ratings'> & Readonly<{ readThemes(): ThemeFile }>

export function openFeedbackOffice({ readThemes, ...deps }: FeedbackOfficeDeps): FeedbackOffice {
  const complaints = createComplaints(deps)
  const ratings = createRatings(deps)
  let themes: ThemeFile | undefined
  return {
    ...createFigures({ read: deps.store.read, clock: deps.clock, themeFile: () => (themes ??= readThemes()) }),
    ...createRatingSlips({ ...deps, ratings }),
    ratings, complaints, close: complaints.close,
  }
}
