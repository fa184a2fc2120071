export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function canonicalText(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new TypeError('canonical JSON holds no lone surrogates')
  return JSON.stringify(text)
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('canonical JSON holds finite numbers only')
  return JSON.stringify(value)
}

/** One text for one value: sorted keys, no spaces, ECMAScript numbers (RFC 8785, JSON Canonicalization Scheme). */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return canonicalText(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (typeof value === 'boolean' || value === null) return String(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value).sort(([a], [b]) => byCodeUnit(a, b))
  return `{${members.map(([key, member]) => `${canonicalText(key)}:${canonicalJson(member)}`).join(',')}}`
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
