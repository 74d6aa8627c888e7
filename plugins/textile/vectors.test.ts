import { fileURLToPath } from 'node:url'
import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installPlugins } from '../../engine/src/plugins/install-plugins.ts'
import { readWithRequirements } from '../../engine/src/plugins/read-plugin.ts'
import { startTestProduct, type TestProduct } from '../../engine/src/testing/product.ts'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
  const plugins = await readWithRequirements(fileURLToPath(new URL('.', import.meta.url)))
  await installPlugins(product.database.sql, product.live, plugins, { accept: [], confirm: undefined })
}, 120_000)
afterAll(() => product.stop())

let made = 0
async function create(entity: string, body: JsonObject) {
  return product.request('POST', `/api/records/${entity}`, body)
}

const poplin: JsonObject = {
  name: '府绸',
  kind: 'woven',
  composition: [{ part: 'cotton', share: 100 }],
  warp: { count: 40, system: 'Ne' },
  weft: { count: 40, system: 'Ne' },
  density: { warp: 133, weft: 72 },
  weight: 120,
  width: 160,
}
const knit: JsonObject = {
  name: '针织',
  kind: 'knit',
  composition: [{ part: 'cotton', share: 100 }],
  knit: { gauge: 28 },
  weight: 140,
  width: 152.4,
  price: 1.28,
  price_unit: 'yd',
  currency: 'USD',
}
const fabric = (body: JsonObject) => create('fabric', { article_no: `HF-${10_000 + ++made}-072`, ...body })

// Sources of the figures: the yarn and weight formulas of GB/T and ISO practice, computed by hand; ASTM D5430 for points.
const fabrics: [string, JsonObject, JsonObject][] = [
  [
    'theory weight and yarn of 40S × 40S, 133 × 72',
    poplin,
    {
      theory_weight: 119.2,
      warp_g_per_m: 136.1,
      weft_g_per_m: 67,
      warp_ne: 40,
      warp_tex: 14.76,
      warp_denier: 132.9,
      warp_nm: 67.72,
      density_warp_10cm: 524,
    },
  ],
  ['theory weight with 5 % crimp', { ...poplin, crimp: 5 }, { theory_weight: 125.1, weight_deviation: -4.1 }],
  [
    'a price per yard as price per kilogram and metre',
    knit,
    { price_per_kg: 6.56, price_per_m: 1.3998, price_per_yd: 1.28, width_inch: 60 },
  ],
  [
    'a price per metre as price per kilogram and yard',
    { ...poplin, weight: 220, width: 152.4, price: 95, price_unit: 'm' },
    { price_per_kg: 283.35, price_per_m: 95, price_per_yd: 86.868 },
  ],
]
test.each(fabrics)('%s', async (_, body, expected) => {
  expect(await fabric(body)).toMatchObject({ status: 201, body: expected })
})

test('a weight more than 15 % from theory is doubtful', async () => {
  const warnings = async (weight: number) => Object((await fabric({ ...poplin, weight })).body._meta).warnings
  expect(await warnings(137)).toBeUndefined()
  expect(await warnings(140)).toMatchObject([{ code: 'rule.weight_theory' }])
})

const refused: [string, JsonObject, string][] = [
  ['inch and centimetre widths that disagree', { ...poplin, nominal_inch: 60 }, 'rule.inch_width'],
  ['denim of 120 g/m²', { ...poplin, kind: 'denim' }, 'rule.denim_weight'],
  ['a yarn finer than the range', { ...poplin, warp: { count: 150, system: 'Ne' } }, 'rule.warp_range'],
  ['a yarn count without its system', { ...poplin, warp: { count: 40 } }, 'rule.warp_system'],
]
test.each(refused)('%s: refused by name', async (_, body, code) => {
  const answer = await fabric(body)
  expect(answer.status).toBe(422)
  expect(Object(answer.body.errors).map((each: { code: string }) => each.code)).toContain(code)
})

const inspection = (faults: JsonObject[], more: JsonObject = {}) =>
  create('roll_inspection', {
    roll_no: `R-${++made}`,
    inspected_on: '2026-11-01',
    length_m: 100,
    width: 150,
    faults: faults.map((fault, index) => ({ yard_no: index + 1, fault: 'slub', ...fault })),
    ...more,
  })

test('four-point: 28 points on 100 m of 1500 mm are 18.7 points per 100 m²', async () => {
  expect(await inspection(Array.from({ length: 7 }, () => ({ holes: 1 })))).toMatchObject({
    status: 201,
    body: { points: 28, points_per_100m2: 18.7, points_per_100yd2: 15.6, passes: true },
  })
})

test('four-point: classes by length, at most four points a yard, whatever faults it has', async () => {
  const faults = [
    { over_9in: 1, holes: 1 },
    { up_to_3in: 1 },
    { up_to_6in: 1 },
    { up_to_9in: 1 },
    { small_holes: 1 },
    { continuous: true },
    { yard_no: 4, fault: 'hole', small_holes: 1 },
    { yard_no: 2, fault: 'stain', up_to_3in: 1 },
  ]
  const answer = await inspection(faults)
  expect(answer.body).toMatchObject({
    points: 18,
    faulty_yards: 6,
    continuous_yards: 1,
    faults: [4, 1, 2, 3, 2, 4, 2, 1].map((points) => ({ points })),
  })
})

test('one fault of one yard has one row', async () => {
  expect(await inspection([{ holes: 1 }, { yard_no: 1, up_to_3in: 1 }])).toMatchObject({ status: 409 })
  expect(await inspection([{}])).toMatchObject({ status: 422, body: { errors: [{ code: 'rule.has_fault' }] } })
})

test('four-point: a fault that runs on for more than ten yards rejects the roll', async () => {
  const answer = await inspection(Array.from({ length: 11 }, () => ({ continuous: true })))
  expect(answer.body).toMatchObject({ points: 44, points_per_100yd2: 24.5, continuous_yards: 11, passes: false })
})

const idOf = async (entity: string, body: JsonObject) => String((await create(entity, body)).body.id)
const newColour = () => idOf('colour', { code: `C-${++made}`, name: '海军蓝' })

test('a colour has one approved lab dip, also when an approved one moves to it', async () => {
  const colours = [await newColour(), await newColour()] as const
  const dip = (colour: string) =>
    create('lab_dip', {
      colour,
      option_letter: 'a',
      light_sources: ['d65', 'tl84'],
      decision: 'approved',
      delta_e: 0.5,
      decided_on: '2099-01-01',
    })
  const [first, second] = [await dip(colours[0]), await dip(colours[1])]
  expect([first, second]).toMatchObject([{ status: 201 }, { status: 201 }])
  const headers = { 'if-match': '*' }
  const path = `/api/records/lab_dip/${second.body.id}`
  const moved = await product.request('PATCH', path, { colour: colours[0], option_letter: 'b' }, { headers })
  expect(moved).toMatchObject({ status: 422, body: { errors: [{ code: 'rule.one_approved' }] } })
  expect((await product.request('PATCH', path, { recipe: '略' }, { headers })).status).toBe(200)
})

test('a dye lot is released only with both gradings', async () => {
  const { id = '' } = (await fabric(poplin)).body
  const lot = { lot_no: 'L1', fabric: id, colour: await newColour(), status: 'released' }
  expect((await create('dye_lot', lot)).body.errors).toMatchObject([
    { path: '/lot_to_lot', code: 'value.required' },
    { path: '/side_centre_side', code: 'value.required' },
  ])
  expect(await create('dye_lot', { ...lot, lot_to_lot: 'g4', side_centre_side: 'g4_5' })).toMatchObject({ status: 201 })
})
