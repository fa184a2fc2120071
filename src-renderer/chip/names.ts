/** The common name of a certificate's subject (RFC 4514 text), or all of it. */
export const commonName = (subject: string): string => /(?:^|,)\s*CN=((?:\\.|[^,\\])+)/u.exec(subject)?.[1]?.replaceAll('\\', '') ?? subject
