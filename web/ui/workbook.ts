// The same rows in the same form as the server's workbooks; loaded when somebody wants one.

export { sheetParts } from '../../src/kernel/streamed-sheet.ts'
export { zipOf } from '../../src/kernel/zip.ts'
