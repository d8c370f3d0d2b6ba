export type * from './api.ts'
export { type Asked, type ClientOptions, Countinghouse, ProblemError, type StreamEvent, VERSION } from './client.ts'
