export { homeFigures } from './figures.ts'
export { homeApprovals, homeExceptions, homeImport, homeProof } from './work.ts'
