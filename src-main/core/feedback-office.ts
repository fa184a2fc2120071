import { createComplaints, type Complaints, createFigures, createRatings, type FeedbackDeps, type Figures, type Ratings, type ThemeFile } from '../feedback'

export type { NewRating, Ratings, Slip, SlipOwner } from '../feedback'

/** Ratings, complaints and proposals, and their figures. `office.feedback()` opens it. */
export type FeedbackOffice = Readonly<{ ratings: Ratings; complaints: Complaints; close(): Promise<void> }> & Figures

export type FeedbackOfficeDeps = FeedbackDeps & Readonly<{ readThemes(): ThemeFile }>

export function openFeedbackOffice({ readThemes, ...deps }: FeedbackOfficeDeps): FeedbackOffice {
  const complaints = createComplaints(deps)
  let themes: ThemeFile | undefined
  return {
    ...createFigures({ read: deps.store.read, clock: deps.clock, themeFile: () => (themes ??= readThemes()) }),
    ratings: createRatings(deps), complaints, close: complaints.close,
  }
}
