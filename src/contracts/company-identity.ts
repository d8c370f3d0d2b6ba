import { z } from 'zod'
import { taxSchemeNames } from '../kernel/tax-schemes.ts'
import { Day, orNull } from './basic.ts'

const part = (most: number, description: string, example: string | null = null) =>
  z.string().max(most).nullable().meta({ description, example })

const addressParts = {
  line1: z.string().min(1).max(200).meta({ description: 'BT-35.', example: '12 Kiln Lane' }),
  line2: part(200, 'BT-36.'),
  line3: part(200, 'BT-162.'),
  city: part(100, 'BT-37.', 'Stoke-on-Trent'),
  region: part(100, 'BT-39: county, province or state.'),
  postcode: part(20, 'BT-38.', 'ST1 4QX'),
  country: z.string().length(2).meta({ description: 'BT-40: ISO 3166-1, two letters.', example: 'GB' }),
}

export const PostalAddress = z
  .object(addressParts)
  .meta({ id: 'PostalAddress', description: 'A postal address: BG-5 of EN 16931.' })

const written = <Shape extends Record<string, z.ZodType>>(shape: Shape) =>
  Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, schema.optional()])) as {
    [Name in keyof Shape]: z.ZodOptional<Shape[Name]>
  }

/** What a form leaves empty is not told: an address without its lines is none. */
const WrittenAddress = z
  .strictObject({
    ...written(addressParts),
    line1: part(200, 'BT-35. Without any line, city or postcode there is no address.', '12 Kiln Lane').optional(),
    country: part(2, 'BT-40: ISO 3166-1, two letters.', 'GB').optional(),
  })
  .meta({ id: 'WrittenAddress' })

const texts = {
  tradingName: part(200, 'BT-28: under which customers know it, where that is another name.', 'Garden Gifts'),
  registrationNumber: part(60, 'BT-30: in the register of companies.', '00000000'),
  registrationScheme: part(4, 'BT-30-1: the register by ISO/IEC 6523, four digits.'),
  identifier: part(60, 'BT-29: another identifier, such as a GLN.'),
  identifierScheme: part(4, 'BT-29-1: its scheme by ISO/IEC 6523, four digits.'),
  electronicAddress: part(200, 'BT-34: where electronic invoices reach the company.'),
  electronicAddressScheme: part(4, 'BT-34-1: its scheme by the EAS list.'),
  legalInformation: part(500, 'BT-33: what letters must say beside it, such as register court and share capital.'),
  contact: part(200, 'BT-41: whom to ask.', 'Accounts'),
  phone: part(40, 'BT-42.', '+44 20 7946 0000'),
  email: part(200, 'BT-43.', 'accounts@gardengifts.example'),
  website: part(300, 'The address of its site.', 'https://gardengifts.example'),
}

const legalName = z
  .string()
  .max(200)
  .meta({ description: 'BT-27: the name in which it is registered.', example: 'Garden Gifts Ltd' })

const IdentityVersion = z
  .object({
    version: z.number().int().meta({ description: 'In the order in which they were recorded.', example: 1 }),
    effectiveFrom: orNull(Day).meta({
      description: 'From which day it holds; null: from the beginning.',
      example: null,
    }),
    legalName,
    ...texts,
    registeredAddress: orNull(PostalAddress).meta({ description: 'BG-5: of the registered office.' }),
    tradingAddress: orNull(PostalAddress).meta({ description: 'Where it does business, where that is elsewhere.' }),
    returnsAddress: orNull(PostalAddress).meta({ description: 'Where customers send goods back.' }),
    author: z.string(),
    authorName: z.string(),
    recordedAt: z.string().meta({ description: 'The moment in UTC.', example: '2026-01-31T12:00:00Z' }),
    withdrawnAt: z.string().nullable().meta({
      description: 'When it was taken away before its day came, in UTC; null while it stands.',
      example: null,
    }),
  })
  .meta({ id: 'CompanyIdentityVersion', description: 'Who a company is before the law, from a day on.' })

export const CompanyIdentity = z
  .object({
    identity: orNull(IdentityVersion).meta({ description: 'What holds on the day; null where nothing is recorded.' }),
    until: orNull(Day).meta({ description: 'The last day on which it holds, where another follows.', example: null }),
    versions: z.number().int().meta({ description: 'How many were ever recorded.', example: 1 }),
    withdrawn: z.number().int().meta({ description: 'How many of them were taken away.', example: 0 }),
  })
  .meta({ id: 'CompanyIdentity' })

export const CompanyIdentityVersions = z.object({ rows: z.array(IdentityVersion) })

export const CompanyIdentityChange = z
  .strictObject({
    legalName: legalName.trim().min(1),
    ...written(texts),
    registeredAddress: orNull(WrittenAddress).optional(),
    tradingAddress: orNull(WrittenAddress).optional(),
    returnsAddress: orNull(WrittenAddress).optional(),
    effectiveFrom: orNull(Day).optional().meta({
      description:
        'From which day it holds; null: from the beginning. Without it from the beginning where nothing is recorded, and otherwise from today.',
    }),
  })
  .meta({
    id: 'CompanyIdentityChange',
    description: 'All of it: what is left out is not told any more from that day on.',
    example: {
      legalName: 'Garden Gifts Ltd',
      tradingName: 'Garden Gifts',
      registrationNumber: '00000000',
      registeredAddress: { line1: '12 Kiln Lane', city: 'Stoke-on-Trent', postcode: 'ST1 4QX', country: 'GB' },
      email: 'accounts@gardengifts.example',
      effectiveFrom: '2026-01-01',
    },
  })

export const Letterhead = z
  .object({
    company: z.string().meta({
      description: 'The legal name; where none was recorded, what the company is called.',
      example: 'Garden Gifts Ltd',
    }),
    lines: z.array(z.string()).meta({
      description: 'Trading name and address, registration and tax numbers, what letters must say.',
      example: ['12 Kiln Lane, Stoke-on-Trent, United Kingdom', 'VAT number GB999999973'],
    }),
    contact: z.string().meta({ description: 'Whom to ask; empty where nobody was named.', example: '' }),
  })
  .meta({ id: 'Letterhead', description: 'What stands at the head of reports of a day, as their files have it.' })

/** Who sold, as a document says it. */
export const Seller = z
  .object({
    legalName: legalName.meta({ description: 'BT-27; where none was recorded, what the company is called.' }),
    ...texts,
    address: orNull(PostalAddress).meta({ description: 'BG-5: of the registered office.' }),
    taxNumbers: z.array(
      z.object({
        country: z.string().meta({ example: 'GB' }),
        authority: z.string().meta({ example: 'HMRC' }),
        scheme: z.enum(taxSchemeNames),
        number: z.string().meta({ description: 'BT-31, or BT-32.', example: 'GB999999973' }),
      }),
    ),
  })
  .meta({
    id: 'DocumentSeller',
    description: "Who the company was before the law on a document's day: BG-4 of EN 16931.",
  })

const number = {
  country: z.string().length(2).meta({ description: 'ISO 3166-1, two letters.', example: 'GB' }),
  scheme: z.enum(taxSchemeNames).meta({ description: 'Which kind of number it is.', example: 'vat' }),
  number: z.string().trim().min(1).max(60).meta({ description: 'BT-31, or BT-32.', example: 'GB999999973' }),
  validFrom: Day.meta({ description: 'The first day on which it is valid.', example: '2026-01-01' }),
}
const authority = z
  .string()
  .max(200)
  .meta({ description: 'To whom it is declared, as tax codes name it.', example: 'HMRC' })
const validTo = orNull(Day).meta({ description: 'The last day; null while it is valid.', example: null })
const onDocuments = z.boolean().meta({ description: 'Whether documents and reports show it.' })

const TaxNumber = z
  .object({ ...number, authority, validTo, onDocuments })
  .meta({ id: 'TaxNumber', description: 'A number under which the company declares tax.' })

export const TaxNumbers = z.object({ rows: z.array(TaxNumber) })

export const TaxNumbersChange = z
  .strictObject({
    rows: z
      .array(
        z
          .strictObject({
            ...number,
            authority: authority.optional().meta({ description: "Without it, the country's usual one." }),
            validTo: validTo.optional(),
            onDocuments: onDocuments.default(true),
          })
          .meta({ id: 'WrittenTaxNumber' }),
      )
      .max(200),
  })
  .meta({
    id: 'TaxNumbersChange',
    description: 'All of them, also those that ended. One that is left out was entered in error, and is withdrawn.',
    example: { rows: [{ country: 'GB', scheme: 'vat', number: 'GB 999 9999 73', validFrom: '2026-01-01' }] },
  })
