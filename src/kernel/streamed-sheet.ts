import type { PackFile } from './zip.ts'

/** A cell of a streamed sheet: a number is written as text, exactly, and read as a number. */
export type SheetValue = { text: string; isNumber: boolean }

/** So many rows a sheet holds, its head included. */
const mostSheetRows = 1_048_576

const part = (xml: string): Uint8Array =>
  new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`)
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

// What XML cannot hold at all is left out.
const escaped = (text: string): string =>
  text
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (sign) => (sign === '\n' || sign === '\t' ? sign : ' '))
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')

// A double holds fifteen digits exactly: longer numbers stay text rather than be rounded.
const isExact = (text: string): boolean => text.replace(/[^0-9]/g, '').replace(/^0+/, '').length <= 15

/** The letters of a column: A, B … Z, AA. */
const letters = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : letters(Math.floor(index / 26) - 1) + letters(index % 26)

function cellOf({ text, isNumber }: SheetValue, place: string): string {
  if (text === '') return ''
  if (isNumber && isExact(text)) return `<c r="${place}"><v>${text}</v></c>`
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
}

const rowOf = (cells: readonly SheetValue[], row: number): string =>
  `<row r="${row}">${cells.map((cell, index) => cellOf(cell, `${letters(index)}${row}`)).join('')}</row>`

const package_ = 'http://schemas.openxmlformats.org/package/2006'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/**
 * The parts of an Excel workbook of one sheet (ECMA-376, Office Open XML), for a ZIP archive: rows are written as they come, so that a sheet of a
 * million rows takes no more memory than one of ten. Workbooks for people to read are laid out by `workbookOf`.
 */
export async function* sheetParts(
  title: string,
  rows: AsyncIterable<readonly (readonly SheetValue[])[]>,
): AsyncGenerator<PackFile, void> {
  yield file(
    '[Content_Types].xml',
    `<Types xmlns="${package_}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
  )
  yield file(
    '_rels/.rels',
    `<Relationships xmlns="${package_}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  )
  yield file(
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(title).slice(0, 31)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
  )
  yield file(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${package_}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  )
  yield { name: 'xl/worksheets/sheet1.xml', content: sheet(rows) }
}

const file = (name: string, xml: string): PackFile => ({ name, content: once(part(xml)) })

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function* sheet(rows: AsyncIterable<readonly (readonly SheetValue[])[]>): AsyncGenerator<Uint8Array> {
  const head =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
  yield part(`<worksheet xmlns="${main}">${head}<sheetData>`)
  let written = 0
  for await (const some of rows) {
    const first = written + 1
    written += some.length
    if (written > mostSheetRows) throw new Error('a sheet holds no more rows: take them as CSV')
    yield encode(some.map((cells, index) => rowOf(cells, first + index)).join(''))
  }
  yield encode('</sheetData></worksheet>')
}
