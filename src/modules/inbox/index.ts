export { type AboutRow, aboutException } from './about.ts'
export {
  assignExceptions,
  changeDueDays,
  dismissExceptions,
  type ExceptionChange,
  type ExceptionNote,
  exceptionStates,
  noteExceptions,
  reopenExceptions,
  resolveExceptions,
  takeOnExceptions,
} from './change-exceptions.ts'
export { closeExceptions, closeRefused } from './close-refused.ts'
export { type Duty, dataKinds, listDuties, setDuties } from './duties.ts'
export {
  countAlike,
  countExceptions,
  countExceptionsOfImport,
  type Exception,
  type ExceptionFilter,
  exceptionsById,
  listExceptions,
  type NewException,
  raiseExceptions,
  withAmountsNow,
} from './exceptions.ts'
export { followMoves } from './follow-moves.ts'
export { writeInvitation } from './invitation-letter.ts'
export { escalateOverdue, recordLetters, takeLetters, writeLetters } from './letters.ts'
export { listMentionable, notePartsOf, noteText, seeMentions } from './mentions.ts'
export { keepRefusedContent, portionsOfContents, refusedContents, settlementsOfRefused } from './refused-content.ts'
export {
  acceptDifferences,
  namePayments,
  nameTaxes,
  type PaymentRemedy,
  placeDestinations,
  placeUnknownCodes,
} from './remedies.ts'
export {
  type Rerun,
  recordReruns,
  rerunExceptions,
} from './rerun-exceptions.ts'
export { exceptionSettings, lockExceptionSettings, setExceptionSettings } from './settings.ts'
export { movedByException, type Placing } from './suspense.ts'
