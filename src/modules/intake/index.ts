export { type EarlierDocument, saveEarlierDocuments } from './earlier-documents.ts'
export {
  finishImportRequest,
  type ImportRequest,
  importRequest,
  listImportRequests,
  type RequestProgress,
  saveImportProgress,
  saveImportRequest,
  type UploadedFile,
} from './import-requests.ts'
export {
  advanceImportRun,
  beginImportRun,
  failImportRun,
  finishImportRun,
  type ImportRun,
  listImportRuns,
  saveImportFiles,
} from './import-runs.ts'
export { LARGEST_UPLOAD, Uploads, UploadTooLarge, uploadQuota } from './uploads.ts'
