export {
  advanceImportRun,
  beginImportRun,
  failImportRun,
  finishImportRun,
  type ImportRun,
  listImportRuns,
  saveImportFiles,
} from './import-runs.ts'
