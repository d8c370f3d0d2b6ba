import type { Dice } from './dice.ts'

/** A customer of the sample shop; none of them exists. */
export type SampleCustomer = { number: string; name: string; country: string; paymentDays: number }

const firstNames =
  `Amelia Arthur Beatrice Benedict Cara Callum Daisy Dominic Eleanor Edwin Fiona Felix Georgia Gareth Harriet Hugo Imogen Isaac Joanna Jasper
  Kirsty Kieran Lydia Lewis Martha Magnus Nadia Nathan Olive Oscar Priya Patrick Rhiannon Rohan Sabina Samir Tamsin Theo Una Victor Wilma Yusuf Zara Ewan
  Bronwen Dilip Esme Grace Hamish Iris`.split(/\s+/)

const lastNames =
  `Ashdown Barlow Cartwright Dunmore Ellery Fairley Garrick Hollis Ingram Jessop Kirkby Lockwood Marsden Nairne Oakes Pemberton Quill Rainford Sandwell
  Thorley Underhill Vickery Wainwright Yarrow Abara Banerjee Chowdhury Desai Eriksen Fontaine Greaves Haldane Islam Jansen Kowal Llewellyn Mbeki Norrell Okafor
  Penrose Rashid Sinclair Tregenza Upton Varga Whitlock Yates Zielinski Brannigan Coyle`.split(/\s+/)

/** Shops and offices that buy on account: their days to pay, and where they are. Those abroad are invoiced in euros. */
const businesses: readonly [name: string, country: string, paymentDays: number][] = [
  ['Larkspur Gifts Ltd', 'GB', 30],
  ['The Quayside Pantry', 'GB', 30],
  ['Brindle & Rowe', 'GB', 30],
  ['Northgate Museum Shop', 'GB', 30],
  ['Fellside Farm Shop', 'GB', 14],
  ['Harbourlight Hotels Ltd', 'GB', 30],
  ['Meadowsweet Florists', 'GB', 14],
  ['Copper Kettle Tearooms', 'GB', 14],
  ['Wren & Willow Interiors', 'GB', 30],
  ['Old Mill Trading', 'GB', 30],
  ['Saltmarsh Lodges Ltd', 'GB', 30],
  ['Penhallow Estates', 'GB', 30],
  ['Stag Lane Stationers', 'GB', 30],
  ['Beacon Hill School PTA', 'GB', 14],
  ['Tidewater Gallery', 'GB', 30],
  ['Greenfinch Deli', 'GB', 14],
  ['Moorland Books', 'GB', 30],
  ['Ashgrove Care Homes Ltd', 'GB', 30],
  ['Kestrel Events', 'GB', 14],
  ['Juniper House Gifts', 'GB', 30],
  ['Ballycrag Crafts', 'IE', 30],
  ['Liffey Lane Living', 'IE', 30],
  ['Haus am Deich GmbH', 'DE', 30],
  ['Kontor Nordwind', 'DE', 30],
  ['De Blauwe Reiger', 'NL', 30],
  ['Atelier des Dunes', 'FR', 30],
]

export const isAbroad = ({ country }: SampleCustomer): boolean => country !== 'GB'

export const tradeCustomers: readonly SampleCustomer[] = businesses.map(([name, country, paymentDays], index) => ({
  number: `T-${101 + index}`,
  name,
  country,
  paymentDays,
}))

const elsewhere = ['IE', 'FR', 'DE', 'US', 'NL', 'AU', 'CA']

/** So many people who buy for themselves, most of them at home. Names are thrown, so that some share one. */
export const shoppers = (dice: Dice, count: number): SampleCustomer[] =>
  Array.from({ length: count }, (_, index) => ({
    number: `C-${1001 + index}`,
    name: `${dice.pick(firstNames)} ${dice.pick(lastNames)}`,
    country: dice.chance(0.05) ? dice.pick(elsewhere) : 'GB',
    paymentDays: 0,
  }))

export type SampleSupplier = { number: string; name: string }

/** Those who send the sample shop bills. */
export const suppliers = {
  potter: { number: 'S-01', name: 'Cobble Street Pottery' },
  chandler: { number: 'S-02', name: 'Wick & Ember Chandlers Ltd' },
  mill: { number: 'S-03', name: 'Glenrannoch Woollen Mill' },
  paper: { number: 'S-04', name: 'Fold & Deckle Paper Co' },
  books: { number: 'S-05', name: 'Pageturn Wholesale Ltd' },
  importer: { number: 'S-06', name: 'Hinterland Imports Ltd' },
  carrier: { number: 'S-07', name: 'Swift Parcel Services Ltd' },
  energy: { number: 'S-08', name: 'Brightwater Energy' },
  telecom: { number: 'S-09', name: 'Linkway Telecom' },
  software: { number: 'S-10', name: 'Shopfront Software Ltd' },
  packaging: { number: 'S-11', name: 'Plain Brown Packaging' },
  accountant: { number: 'S-12', name: 'Hobday & Marsh Accountants' },
  advertising: { number: 'S-13', name: 'Lantern Media Ltd' },
} as const satisfies Record<string, SampleSupplier>

export type SupplierKey = keyof typeof suppliers
