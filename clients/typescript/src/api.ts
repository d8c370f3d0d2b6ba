// Written by `npm run client` from the API document. Never edited by hand.

/** What each operation takes and answers. */
export type Operations = {
}

/** Where each operation is. */
export const addresses: Readonly<Record<keyof Operations, readonly [method: string, path: string]>> = {
}
