import { createHash, randomBytes } from 'node:crypto'

/** A secret of 256 bits that is shown once. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is kept of a token. It is random in all of its bits, so a plain hash tells nothing of it. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest()
