export { type Revalued, revalue } from './revalue.ts'
