import { fold } from '@contract/fold'
import data from '@resources/identity/provinces.json'

interface Province {
  readonly code: string
  readonly name: string
  readonly aliases?: readonly string[]
}

const BIRTH: ReadonlyMap<string, Province> = new Map((data.birthRegistration as readonly Province[]).map((item) => [item.code, item]))
const CURRENT: readonly Province[] = data.current
const FORMER: readonly Province[] = data.birthRegistration

/** Name of the province of birth registration behind the first three digits of an ID number; null when not in the list of 63. */
export function provinceOfBirthCode(code: string): string | null {
  return BIRTH.get(code)?.name ?? null
}

/** "tp. hồ chí minh", "Tỉnh Bắc Ninh", "T. Bắc Ninh" → the bare folded name. */
function bare(name: string): string {
  return fold(name).replace(/[.\-–]/g, ' ').replace(/\s+/g, ' ').replace(/^(tinh|thanh pho|tp|t) /, '').trim()
}

const namesOf = (province: Province): string[] => [province.name, ...(province.aliases ?? [])].map(bare)
const isNamed = (province: Province, name: string): boolean => namesOf(province).includes(bare(name))

/** The current province (34) or a former one (63) of that name; the current one wins. Null when there is none. */
export function findProvince(name: string): { readonly name: string; readonly code: string; readonly former: boolean } | null {
  const current = CURRENT.find((item) => isNamed(item, name))
  if (current !== undefined) return { name: current.name, code: current.code, former: false }
  const former = FORMER.find((item) => isNamed(item, name))
  return former === undefined ? null : { name: former.name, code: former.code, former: true }
}
