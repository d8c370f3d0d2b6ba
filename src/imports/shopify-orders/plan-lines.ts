import type { AccountingDate } from '../../kernel/accounting-date.ts'
import { type LineCodeRule, normaliseCode } from '../../modules/catalog/index.ts'
import { unidentifiedCard } from '../../modules/gift-cards/index.ts'
import type { NewException } from '../../modules/inbox/index.ts'
import type { DocumentLine } from '../../modules/sales/index.ts'
import { exceptionOf, type OrderRules } from '../plan-support.ts'
import type { Line, PlacedLine } from './order.ts'
import type { TaxableAmount } from './tax-lines.ts'

/** What the code of a line stands for: its SKU, or its name where it has none. */
export type LineCodes = (
  code: string,
  day: AccountingDate,
) => Pick<LineCodeRule, 'standsFor' | 'role' | 'taxed'> & { id: bigint | null }

type GoodsLine = { amount: TaxableAmount; line: DocumentLine; exceptions: NewException[] }

const longestCode = 60

/** By this the rules of codes, the line and its exception know it: nothing stands in suspense under a name that no rule can have. */
const codeOf = ({ sku, name }: Line): string =>
  normaliseCode(sku || name)
    .slice(0, longestCode)
    .replace(/[\ud800-\udbff]$/, '') // not half of a character
    .trimEnd() || 'UNNAMED'

/** The lines of an order before tax, by the company's rules of codes. */
export const goodsLines = (
  lines: readonly PlacedLine[],
  about: { issuedOn: AccountingDate; amountOf: (line: Line) => bigint },
  rules: OrderRules & { lineCodes: LineCodes },
): GoodsLine[] =>
  lines.map(({ file, line, row }) => {
    const code = codeOf(row)
    const rule = rules.lineCodes(code, about.issuedOn)
    const amountMinor = about.amountOf(row)
    const isGiftCard = rule.standsFor === 'gift_card' && amountMinor !== 0n
    return {
      amount: { amountMinor, isGoods: true, taxable: row.taxable && rule.taxed },
      line: {
        itemCode: rule.standsFor === 'item' ? code : null,
        code,
        description: row.name,
        quantity: row.quantity,
        unitPrice: row.price,
        netMinor: amountMinor,
        role: amountMinor === 0n ? null : rule.role,
        taxCodeId: null,
        giftCardCode: isGiftCard ? unidentifiedCard : null,
        lineCodeRuleId: rule.id,
        occurredAt: `${about.issuedOn} 00:00:00`,
        importFileId: rules.fileIds[file] ?? null,
        importLine: line,
      },
      exceptions: rule.standsFor === 'unknown' ? [unknownCode(code, amountMinor, rules)] : [],
    }
  })

const unknownCode = (code: string, amountMinor: bigint, rules: OrderRules): NewException =>
  exceptionOf(rules, {
    kind: 'unknown_code',
    subject: code,
    message: `Nobody has said what the code ${code} stands for: its lines are in suspense`,
    amountMinor,
  })
