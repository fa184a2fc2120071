import { randomInt } from 'node:crypto'
import { v7 } from 'uuid'
import { FeedbackId, PhotoId, RatingId, SlipToken } from '@contract/feedback'
import { UploadId } from '@contract/ids'

export const newFeedbackId = (): FeedbackId => FeedbackId.parse(v7())
export const newLetterId = (): string => v7()
export const newPhotoId = (): PhotoId => PhotoId.parse(v7())
export const newRatingId = (): RatingId => RatingId.parse(v7())
export const newUploadId = (): UploadId => UploadId.parse(v7())

/** Crockford's digits: none that are taken for one another. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TOKEN_LENGTH = 20

/** 100 bits that nobody guesses. */
export const newSlipToken = (): SlipToken => SlipToken.parse(Array.from({ length: TOKEN_LENGTH }, () => DIGITS[randomInt(DIGITS.length)]).join(''))
