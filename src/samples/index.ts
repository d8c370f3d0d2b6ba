export { type Claim, claimMaking } from './claim.ts'
export { createSample, type MakingOptions, makeSample, type NewSample } from './make-sample.ts'
