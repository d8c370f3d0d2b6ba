export function adminIsBuilt(root: string): boolean
export function buildAdmin(root: string): void
