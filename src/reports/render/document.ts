import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.d.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type Cell, type Column, emphasisKey, type Table } from '../report.ts'
import { type Standing, standingSentences } from '../standing.ts'
import { type Section, withSeparators } from './section.ts'

/** A table on paper has this many rows at most: more is for a spreadsheet, and would be held in memory as a whole. */
export const mostPrintedRows = 10_000

/** `contents` puts a cover with a table of contents before it; without `standing` it says nothing of the state of the books. */
type Heading = { title: string; period: string; contents: boolean; standing?: boolean }

/**
 * Sections as one PDF on A4, each on a page of its own: whose books, what, of which days, in which currency, when it was produced, what proves it
 * and where the chain of seals ends, with numbered pages. Refuses `input_invalid` for a table of more than 10,000 rows.
 */
export async function documentOf(
  sections: readonly Section[],
  standing: Standing,
  { title, period, contents, standing: shown = true }: Heading,
): Promise<Uint8Array> {
  for (const section of sections) refuseTooLong(section)
  const pdfmake = await loadedPdfmake()
  const definition: TDocumentDefinitions = {
    info: { title: `${title}, ${period}`, author: standing.company, creator: 'Countinghouse' },
    pageSize: sections.some(({ table }) => table.columns.length > 14) ? 'A3' : 'A4',
    pageOrientation: orientationOf(sections[0]?.table),
    pageMargins: [40, 60, 40, 50],
    defaultStyle: { font: 'Roboto', fontSize: 9, lineHeight: 1.05 },
    header: (page) => runningHead(standing.company, `${title} · ${period}`, page),
    footer: (page, pages) => runningFoot(standing, page, pages),
    content: [
      ...(contents ? cover(sections, standing, title, period) : []),
      ...sections.flatMap((section, index) =>
        sectionContent(section, standing, { first: index === 0 && !contents, letter: !shown }),
      ),
      ...(contents || !shown ? [] : standingContent(standing)),
    ],
  }
  return await pdfmake.createPdf(definition).getBuffer()
}

async function loadedPdfmake() {
  const { default: pdfmake } = await import('pdfmake')
  const fonts = join(dirname(fileURLToPath(import.meta.resolve('pdfmake/package.json'))), 'fonts', 'Roboto')
  const font = (style: string): string => join(fonts, `Roboto-${style}.ttf`)
  pdfmake.setFonts({
    Roboto: {
      normal: font('Regular'),
      bold: font('Medium'),
      italics: font('Italic'),
      bolditalics: font('MediumItalic'),
    },
  })
  // Nothing that stands in the books can make the server fetch or open anything but its fonts.
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(fonts))
  return pdfmake
}

function refuseTooLong({ title, table }: Section): void {
  if (table.rows.length <= mostPrintedRows) return
  const expected = `at most ${mostPrintedRows} rows on paper; csv takes any number`
  throw new Refusal('input_invalid', { parameter: 'format', found: `${table.rows.length} rows of ${title}`, expected })
}

const orientationOf = (table: Table | undefined): 'landscape' | 'portrait' =>
  (table?.columns.length ?? 0) > 6 ? 'landscape' : 'portrait'

const quiet = '#5b6770'
const rule = '#9aa5ad'

// The first page has its own head.
const runningHead = (company: string, title: string, page: number): Content =>
  page === 1
    ? ''
    : {
        columns: [
          { text: plain(company), bold: true, width: 'auto', noWrap: true },
          { text: title, alignment: 'right', width: '*' },
        ],
        columnGap: 20,
        color: quiet,
        fontSize: 8,
        margin: [40, 28, 40, 0],
      }

function runningFoot({ producedAt, head }: Standing, page: number, pages: number): Content {
  const chain = head === '' ? '' : ` · chain head ${head.slice(0, 16)}…`
  return {
    columns: [
      { text: `Produced ${producedAt} UTC by Countinghouse${chain}`, width: '*' },
      { text: `Page ${page} of ${pages}`, alignment: 'right', width: 'auto' },
    ],
    color: quiet,
    fontSize: 7.5,
    margin: [40, 18, 40, 0],
  }
}

const cover = (sections: readonly Section[], standing: Standing, title: string, period: string): Content[] => [
  { text: plain(standing.company), fontSize: 22, bold: true, margin: [0, 90, 0, 4] },
  ...letterheadLines(standing.lines, 14),
  { text: title, fontSize: 16 },
  { text: `${period} · all amounts in ${standing.currency}`, color: quiet, fontSize: 11, margin: [0, 4, 0, 30] },
  {
    toc: { title: { text: 'Contents', bold: true, fontSize: 11, margin: [0, 0, 0, 6] }, numberStyle: { bold: false } },
    margin: [0, 0, 0, sections.length > 0 ? 24 : 0],
  },
  ...standingContent(standing),
]

const standingContent = (standing: Standing): Content[] => [
  {
    stack: [
      { text: 'State of the books', bold: true, color: '#222222', margin: [0, 0, 0, 2] },
      ...standingSentences(standing).map((text): Content => ({ text })),
    ],
    color: quiet,
    fontSize: 8,
    margin: [0, 18, 0, 0],
    unbreakable: true,
  },
]

const letterheadLines = (lines: readonly string[], below: number): Content[] =>
  lines.map((text, index) => ({
    text: plain(text),
    color: quiet,
    fontSize: 8,
    margin: [0, 0, 0, index === lines.length - 1 ? below : 1],
  }))

/** Whose it is, and what. A letter to somebody begins with the company on each of its pages; whoever reads our books reads it once. */
function headOf({ title, table }: Section, standing: Standing, { first, letter }: Place): Content[] {
  const lines = letter && standing.contact !== '' ? [...standing.lines, standing.contact] : standing.lines
  const letterhead: Content[] = [
    { text: plain(standing.company), fontSize: 16, bold: true, margin: [0, first ? -16 : 0, 0, 2] },
    ...letterheadLines(lines, 8),
  ]
  const turn = { pageBreak: 'before' as const, pageOrientation: orientationOf(table) }
  if (first) return [...letterhead, { text: title, fontSize: 13 }]
  if (letter)
    return [
      { stack: letterhead, ...turn },
      { text: title, fontSize: 13 },
    ]
  return [{ text: title, fontSize: 13, bold: true, tocItem: true, ...turn }]
}

type Place = { first: boolean; letter: boolean }

function sectionContent(section: Section, standing: Standing, place: Place): Content[] {
  const { period, currency, table, below = [], note } = section
  return [
    ...headOf(section, standing, place),
    { text: `${period} · in ${currency}`, color: quiet, margin: [0, 2, 0, 10] },
    table.rows.length === 0 ? { text: 'Nothing.', italics: true, color: quiet } : tableContent(table, currency),
    ...below.map(
      (one): Content => ({ stack: [tableContent(one, currency)], margin: [0, 14, 0, 0], unbreakable: true }),
    ),
    ...(note === undefined ? [] : [{ text: note, italics: true, color: quiet, margin: [0, 8, 0, 0] } as Content]),
  ]
}

function tableContent(table: Table, currency: string): Content {
  // Columns in which nothing stands are left out, as on a terminal.
  const columns = table.columns.filter(({ key }) => table.rows.some((row) => !isEmpty(row[key])))
  const size = columns.length > 12 ? 6 : columns.length > 8 ? 7 : columns.length > 6 ? 8 : 9
  const widest = columns.reduce((most, column) => (weightOf(column, table) > weightOf(most, table) ? column : most))
  const levels = table.rows.map((row) => row[emphasisKey] ?? null)
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columns.map((column) => (column === widest ? '*' : 'auto')),
      body: [
        columns.map((column): TableCell => ({ text: column.title, bold: true, alignment: alignmentOf(column) })),
        ...table.rows.map((row) =>
          columns.map((column) => bodyCell(row[column.key], column, currency, row[emphasisKey])),
        ),
      ],
    },
    layout: layoutOf(levels),
    fontSize: size,
  }
}

/** How much room a column of text would like; the one that wants most takes what the others leave. */
const weightOf = ({ key, kind }: Column, { rows }: Table): number =>
  kind === 'text' ? rows.slice(0, 200).reduce((sum, row) => sum + String(row[key] ?? '').length, 1) : 0

const isEmpty = (cell: Cell | undefined): boolean => cell === null || cell === undefined || cell === ''

const alignmentOf = ({ kind }: Column): 'left' | 'right' => (kind === 'money' || kind === 'number' ? 'right' : 'left')

function bodyCell(cell: Cell | undefined, column: Column, currency: string, emphasis: Cell | undefined): TableCell {
  const bold = (emphasis ?? null) !== null
  if (cell === null || cell === undefined) return ''
  if (alignmentOf(column) === 'right') {
    return { text: numberText(cell, currency), bold, alignment: 'right', noWrap: true }
  }
  const text = plain(typeof cell === 'object' ? cell.amount : String(cell))
  const level = Math.floor((text.length - text.trimStart().length) / 2)
  return { text: text.trimStart(), bold, margin: [level * 8, 0, 0, 0], noWrap: column.kind === 'date' }
}

function numberText(cell: Cell, currency: string): string {
  if (typeof cell !== 'object' || cell === null) return withSeparators(String(cell)).replace(/^-/, '−')
  const amount = withSeparators(cell.amount).replace(/^-/, '−')
  return cell.currency === currency ? amount : `${cell.currency} ${amount}`
}

/** Text without control characters, which have no shape. */
const plain = (text: string): string => text.replace(/\p{Cc}+/gu, ' ')

const layoutOf = (levels: readonly Cell[]) => ({
  hLineWidth: (line: number): number => {
    if (line === 1) return 0.8
    const [above, below] = [levels[line - 2] ?? null, levels[line - 1] ?? null]
    if (above === 'result') return 0.8
    return below === 'total' || below === 'result' ? 0.5 : 0
  },
  vLineWidth: () => 0,
  hLineColor: () => rule,
  paddingTop: () => 2,
  paddingBottom: () => 2,
  paddingLeft: (column: number) => (column === 0 ? 0 : 5),
  paddingRight: () => 5,
})
