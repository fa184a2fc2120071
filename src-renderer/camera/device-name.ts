/** A camera's name without the numbers of its maker and a path before it. */
export const shortName = (name: string): string => name.replace(/\s*\([0-9a-f]{4}:[0-9a-f]{4}\)$/iu, '').split(/[/\\]/u).at(-1) ?? name
