export type * from './api.ts'
export { type Asked, type ClientOptions, Countinghouse, ProblemError, VERSION } from './client.ts'
