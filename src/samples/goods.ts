/** What the sample shop sells: prices as on its shelf, with VAT in them, in pence. All of it is invented. */
export type Good = {
  code: string
  name: string
  group: GroupCode
  priceMinor: bigint
  taxCode: 'standard' | 'zero'
  /** How often it is bought, beside the others. */
  popularity: number
}

export const groups = {
  candles: 'Candles and home fragrance',
  ceramics: 'Ceramics and tableware',
  kitchen: 'Kitchen',
  textiles: 'Textiles and throws',
  stationery: 'Stationery and cards',
  books: 'Books and maps',
  games: 'Games and puzzles',
  garden: 'Garden and outdoors',
  festive: 'Christmas',
} as const

export type GroupCode = keyof typeof groups

const shelves: Readonly<Record<GroupCode, string>> = {
  candles: `Beeswax pillar candle 14.50 8|Fig and vetiver candle 24.00 9|Sea salt candle 22.00 8|Cedar reed diffuser 32.00 4|Orange blossom room mist 16.00 3
    |Travel candle tin 11.00 7|Set of six dinner candles 12.50 6|Wax melts, lavender 7.50 5|Candle snuffer, brass 18.00 2|Wild mint hand wash 13.50 5`,
  ceramics: `Speckled mug 14.00 12|Stoneware pasta bowl 19.50 7|Serving platter, large 48.00 2|Espresso cup, pair 22.00 4|Bud vase, moss 17.00 6
    |Butter dish with lid 26.00 3|Salt pig 21.00 3|Cake stand 44.00 2|Jug, one litre 34.00 3|Egg cups, set of four 20.00 3`,
  kitchen: `Oak chopping board 38.00 4|Linen apron 42.00 3|Beech rolling pin 16.50 4|Copper measuring spoons 24.00 3|Tea strainer 9.50 5
    |Bread knife 36.00 2|Enamel pie dish 18.00 4|Jam jar labels, roll 5.50 4|Cast iron trivet 27.00 2|Cotton tea towel, thistle 11.50 10`,
  textiles: `Lambswool throw, heather 86.00 2|Lambswool throw, slate 86.00 2|Linen cushion cover 34.00 4|Waffle bath towel 29.00 3|Merino bed socks 19.00 6
    |Herringbone scarf 45.00 4|Hot water bottle cover 31.00 4|Quilted tea cosy 25.00 2|Napkins, set of four 28.00 3|Knitted mittens 22.00 4`,
  stationery: `Dot grid notebook 12.00 8|Letter writing set 18.50 4|Brass ballpoint pen 21.00 4|Wrapping paper, three sheets 6.00 9|Greetings card, finch 3.25 14
    |Greetings card, fern 3.25 13|Birthday calendar 13.00 3|Pencil roll, canvas 16.00 2|Washi tape, set of five 8.50 5|Desk diary 17.50 4`,
  books: `Hedgerow cookery 22.00 5|A walker's year 16.99 5|The small garden 18.99 4|Bread, slowly 25.00 4|Birds of the shore 14.99 4
    |Coast map, folded 9.99 4|Stories for long evenings 12.99 5|Foraging by month 15.99 3`,
  games: `Wooden solitaire 23.00 3|Jigsaw, harbour, 1000 pieces 19.00 6|Playing cards, botanical 9.00 7|Travel chess 26.00 2|Memory pairs, birds 14.00 4
    |Kite, swallow 21.00 2|Dominoes 17.00 3|Wool felt mouse kit 15.50 4`,
  garden: `Copper plant mister 24.00 4|Seed tin, wildflowers 8.00 7|Hand trowel, ash handle 19.50 4|Terracotta pot, aged 13.00 5|Bird feeder, hanging 22.50 4
    |Garden twine in a tin 10.50 6|Kneeling pad 18.00 2|Bee house 27.50 3`,
  festive: `Advent candle 15.00 6|Felt robin decoration 7.50 10|Paper star, large 12.00 7|Crackers, box of six 29.00 6|Christmas cards, pack of eight 9.50 10
    |Wreath kit 34.00 3|Stocking, tartan wool 28.00 4|Spiced orange candle 24.00 8`,
}

/** Every item of the shop. Books and maps are zero-rated (UK VATA 1994 Sch 8 group 3); all else bears the standard rate. */
export const goods: readonly Good[] = Object.entries(shelves).flatMap(([group, shelf], place) =>
  shelf.split('|').map((text, index): Good => {
    const [, name = '', pounds = '', pence = '', popularity = ''] = /^(.+) (\d+)\.(\d\d) (\d+)$/.exec(text.trim()) ?? []
    return {
      code: `TF-${place + 1}${String(index + 1).padStart(2, '0')}`,
      name,
      group: group as GroupCode,
      priceMinor: BigInt(pounds) * 100n + BigInt(pence),
      taxCode: group === 'books' ? 'zero' : 'standard',
      popularity: Number(popularity),
    }
  }),
)

/** How well a group sells in a month, 1 to 12, beside the rest of the year: decorations sell before Christmas, garden goods in spring. */
export function demandOf(group: GroupCode, month: number): number {
  if (group === 'festive') return [0.05, 0, 0, 0, 0, 0, 0, 0.05, 0.4, 1.6, 3.2, 3][month - 1] as number
  if (group === 'garden') return [0.3, 0.6, 1.6, 2.2, 2.2, 1.8, 1.3, 1, 0.8, 0.4, 0.5, 0.6][month - 1] as number
  if (group === 'textiles') return [1.3, 1.1, 0.8, 0.6, 0.5, 0.4, 0.4, 0.6, 1, 1.4, 1.7, 1.6][month - 1] as number
  return 1
}
