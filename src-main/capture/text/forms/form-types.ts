import type { Box } from '../../pages/raster'

/** Whom a field is about. `document`: the paper itself. */
export type Role = 'subject' | 'mother' | 'father' | 'husband' | 'wife' | 'applicant' | 'householder' | 'document'
export type Part =
  | 'fullName' | 'birthDate' | 'birthYear' | 'sex' | 'ethnicity' | 'nationality' | 'birthPlace' | 'hometown' | 'residence' | 'idNumber' | 'identityPaper' | 'phone' | 'email'
  | 'relation' | 'maritalStatus' | 'purpose' | 'request' | 'number' | 'registeredAt' | 'registeredOn' | 'diedOn' | 'diedAt' | 'expiresOn'
export type FieldName = `${Role}.${Part}`

/**
 * A caption as it is printed. With `role` it names its person itself, and if it is a name opens a part of the form;
 * without, it belongs to the person whose name stands above, who must be one of `of`.
 */
export type Caption = Readonly<{ text: string; part: Part; role?: Role; of?: readonly Role[] }>

/** A form by its titles and captions, as the decrees print them. */
export type Form = Readonly<{ id: string; name: string; titles: readonly string[]; captions: readonly Caption[] }>

/** Why something is proposed, for the officer and for tests. */
export type Why =
  | Readonly<{
    kind: 'form'; form: string
    /** As the form prints it, and as it was read; how many letters differ. */
    caption: string; read: string; differences: number
    /** False: the form was told by its captions alone. */
    titled: boolean
    /** Letters that can only be digits were taken for them. */
    repaired: boolean
    /** Codes of what does not go together, such as number and birth date. */
    doubts: readonly string[]
  }>
  | Readonly<{
    kind: 'mrz'; format: 'TD1' | 'TD2' | 'TD3'
    /** Covered by a check digit that fits. A name never is. */
    checked: boolean
    /** Characters that were changed so that all check digits fit. */
    repaired: number
  }>

/** What may stand in a field; the officer accepts or refuses it, nothing is filled by itself. `confidence` runs from 0 to 1, `page` counts from 0, the box is in pixels of the page. */
export type Proposal = Readonly<{ field: FieldName; value: string; box: Box; page: number; confidence: number; why: Why }>
