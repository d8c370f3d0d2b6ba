export { type EarlierDocument, saveEarlierDocuments } from './earlier-documents.ts'
export {
  type AccountChoice,
  type CheckedChange,
  checkedChanges,
  chooseAccounts,
  failCheck,
  finishCheck,
  finishImportRequest,
  type ImportProgressView,
  type ImportRequest,
  importProgress,
  importRequest,
  moveImport,
  pageOfImportRequests,
  type RequestProgress,
  saveImportProgress,
  saveImportRequest,
  touchImportRequest,
  type UnfinishedImport,
  type UploadedFile,
  unfinishedImports,
} from './import-requests.ts'
export {
  advanceImportRun,
  beginImportRun,
  failImportRun,
  finishImportRun,
  type ImportRun,
  importChanges,
  listImportRuns,
  type RunStep,
  runChanges,
  saveImportFiles,
  workForImportRun,
} from './import-runs.ts'
export {
  hasEnded,
  type ImportAction,
  type ImportState,
  isUnderWay,
  movesOf,
} from './import-states.ts'
export { LARGEST_UPLOAD, Uploads, UploadTooLarge, uploadQuota } from './uploads.ts'
