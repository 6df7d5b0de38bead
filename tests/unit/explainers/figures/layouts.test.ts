import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Evidence, EvidenceRequest, Tensor } from '@/lib/explainers/evidence'
import { composeFigure } from '@/lib/explainers/figures/compose'
import type { FigureContext } from '@/lib/explainers/figures/context'
import type { FigureDocument } from '@/lib/explainers/figures/document'
import {
  evidenceRequests,
  figureId,
  type RenderedFigure,
  renderFigure,
} from '@/lib/explainers/figures/render'
import {
  type FigureSpecInput,
  figureSpecSchema,
  isLanguageSpec,
  type PictureFigureSpec,
} from '@/lib/explainers/figures/spec'
import { readBundledPictures } from '@/lib/explainers/pictures/bundled'
import { requestId } from '@/lib/explainers/request'

const classes = [
  'Bread',
  'Dairy product',
  'Dessert',
  'Egg',
  'Fried food',
  'Meat',
  'Noodles/Pasta',
  'Rice',
  'Seafood',
  'Soup',
  'Vegetable/Fruit',
]
const kinds = ['Conv2d', 'BatchNorm2d', 'ReLU'] as const
const pools = [9, 19, 29, 33, 37]
let kind = 0
const layers = Array.from({ length: 38 }, (_, index) => ({
  index,
  type: pools.includes(index) ? ('MaxPool2d' as const) : kinds[kind++ % 3]!,
  channels: 32,
}))
const context: FigureContext = {
  model: { name: 'food-cnn', sha256: 'a'.repeat(64), classes, layers },
  pictures: Array.from({ length: 10 }, (_, number) => ({
    id: number,
    name: `${number}.png`,
    sha256: String(number).repeat(64),
    label: [0, 1, 1, 2, 2, 3, 5, 6, 8, 9][number]!,
    title: { zh: `第 ${number} 張`, en: `scene ${number}` },
  })),
}

const filled = (shape: number[], value: (i: number) => number): Tensor => ({
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => value(i)),
  shape,
})
const wave = (shape: number[]) => filled(shape, (i) => Math.abs(Math.sin(i / 700)) * 0.01)

/** Evidence with the arrays that the methods promise and made-up numbers. */
function madeUp(request: EvidenceRequest): Evidence {
  const superpixels = {
    data: Int32Array.from(
      { length: 128 * 128 },
      (_, i) => 1 + Math.floor((i % 128) / 32) + 4 * Math.floor(i / 4096),
    ),
    shape: [128, 128],
  }
  const coefficients = Array.from({ length: 16 }, (_, i) => (i % 3 === 0 ? -0.2 : 0.1) * (1 + i / 16))
  const shape = [3, 128, 128]
  return {
    manifest: {
      ...request,
      provider: 'cpu',
      precision: 'float32',
      batch: 1,
      versions: { method: 1, onnxruntime: 'made up' },
    },
    arrays: {
      input: filled(shape, (i) => (i % 128) / 128),
      logits: filled([11], (i) => i / 2),
      attribution: request.method === 'saliency' ? wave([128, 128]) : wave(shape),
      activation: wave([64, 64]),
      image: filled(shape, (i) => Math.sin(i)),
      superpixels,
      weights: {
        data: Float32Array.from(superpixels.data, (label) => coefficients[label - 1]!),
        shape: [128, 128],
      },
      samples: { data: Int32Array.from({ length: 9 * 16 }, (_, i) => (i < 16 ? 1 : i % 2)), shape: [9, 16] },
      outputs: filled([9], (i) => 4 + i / 10),
      noisyCopies: wave([6, ...shape]),
      noisyGradients: wave([6, ...shape]),
      path: filled([Number(request.parameters.steps ?? 1)], (k) => k / Number(request.parameters.steps ?? 1)),
      copies: wave([2, ...shape]),
      copyLogits: filled([2, 11], (i) => i / 3),
    },
    // What decides keys: none of it may reach a figure.
    measurements: { regions: { SECRET: { enrichment: 42.4242 } } },
    seconds: 1,
  }
}

/** @throws Error for the spec of a language model, which has tests of its own. */
function pictureSpec(input: FigureSpecInput): PictureFigureSpec {
  const spec = figureSpecSchema.parse(input)
  if (isLanguageSpec(spec)) throw new Error(`${spec.layout} shows no picture`)
  return spec
}

const rendered = new Map<string, Promise<RenderedFigure>>()

/** Renders each spec once for all tests. */
function render(spec: FigureSpecInput): Promise<RenderedFigure> {
  const key = JSON.stringify(spec)
  const known = rendered.get(key)
  if (known) return known
  const rendering = renderFigure(pictureSpec(spec), context, madeUp)
  rendered.set(key, rendering)
  return rendering
}

async function specsOfQuestions(): Promise<[string, FigureSpecInput][]> {
  const file = parse(await readFile('prisma/seed/explainable-ai.yaml', 'utf8'))
  return (file.questions as { id: string; figure: FigureSpecInput | null }[])
    .filter(({ figure }) => figure !== null && !isLanguageSpec(figureSpecSchema.parse(figure)))
    .map(({ id, figure }) => [id, figure!])
}

const imagesOf = ({ groups }: FigureDocument) =>
  groups.flatMap(({ panels }) => panels.flatMap((panel) => (panel.kind === 'image' ? [panel] : [])))

const specs = await specsOfQuestions()

describe('figures of the questions', () => {
  it('are one each for the first twenty questions', () => {
    expect(specs.map(([id]) => id)).toEqual(
      Array.from({ length: 20 }, (_, i) => `q${String(i + 1).padStart(2, '0')}`),
    )
  })

  it.each(specs)(
    '%s: every named asset is there, square, opaque or over a picture, and none is left over',
    async (_, spec) => {
      const { document, assets } = await render(spec)
      const named = new Set<string>()
      for (const panel of imagesOf(document)) {
        named.add(panel.asset)
        if (panel.over) named.add(panel.over)
        if (panel.superpixels) named.add(panel.superpixels.asset)
        const { width, height, hasAlpha } = await sharp(assets.get(panel.asset)).metadata()
        expect(width).toBe(height)
        expect(width).toBeGreaterThanOrEqual(512)
        if (hasAlpha) expect(panel.over).toBeDefined()
      }
      expect(new Set(assets.keys())).toEqual(named)
    },
  )

  it.each(specs)('%s: says everything in both languages and gives away no measurement', async (_, spec) => {
    const { document, manifest } = await render(spec)
    const text = JSON.stringify(document)
    expect(text).not.toMatch(/SECRET|42\.4242|enrichment/)
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) for (const each of value) visit(each)
      else if (value && typeof value === 'object') {
        if ('zh' in value || 'en' in value) {
          expect(value).toEqual({ zh: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) })
          expect((value as { en: string }).en).not.toMatch(/[\u4e00-\u9fff]/)
        } else for (const each of Object.values(value)) visit(each)
      }
    }
    visit(document)
    expect(document.alternative.zh).toMatch(/[\u4e00-\u9fff]/)
    expect(manifest.evidence.length).toBeGreaterThan(0)
  })

  it('share requests between figures, and never ask twice in one', () => {
    const requests = specs.map(([, spec]) =>
      evidenceRequests(pictureSpec(spec), context).map((request) => requestId(request)),
    )
    for (const ids of requests) expect(new Set(ids).size).toBe(ids.length)
    const all = requests.flat()
    // Q1 to Q20 ask for some explanations several times, such as integrated gradients of picture 3.
    expect(new Set(all).size).toBeLessThan(all.length)
    const byQuestion = new Map(specs.map(([id], i) => [id, requests[i]!]))
    expect(byQuestion.get('q20')).toEqual(byQuestion.get('q19'))
    expect(byQuestion.get('q18')).toContain(byQuestion.get('q20')![0])
    expect(byQuestion.get('q11')).toContain(byQuestion.get('q13')![0])
  })
})

describe('what a figure leaves to the student', () => {
  it('Q2: no legend, weights or words tell what the colours mean', async () => {
    const { document } = await render({ layout: 'occlusion', picture: 5 })
    expect(JSON.stringify(document)).not.toMatch(
      /positive|negative|正相關|負相關|supports|"legend"|"superpixels"/,
    )
    expect(
      imagesOf(document)
        .flatMap(({ note }) => (note ? [note.en] : []))
        .join(),
    ).toMatch(/→/)
  })

  it('Q5: one common scale, and then one each', async () => {
    const { document } = await render({ layout: 'scale-comparison', pictures: [0, 5] })
    const [, common, own] = document.groups
    const scales = (group: typeof common) =>
      group!.panels.map((panel) => (panel.kind === 'image' ? panel.scale!.minimum : Number.NaN))
    expect(new Set(scales(common))).toEqual(new Set([0]))
    expect(scales(own).every((minimum) => minimum >= 0)).toBe(true)
    const bars = document.groups.at(-1)!.panels[0]!
    expect(bars).toMatchObject({ kind: 'bars', axis: 'log' })
  })

  it('Q7: the unit does not say what is derived by what', async () => {
    const { document } = await render({ layout: 'maps', pictures: [0], methods: ['saliency'] })
    expect(JSON.stringify(document)).not.toMatch(/loss|損失|∂|parameter|偏微分/i)
  })

  it('Q12: without normalisation values keep the range of pixels', async () => {
    const { document } = await render({ layout: 'normalization', pictures: [0] })
    const [, raw, scaled] = imagesOf(document)
    expect(raw!.scale).toMatchObject({ minimum: 0, maximum: 1 })
    expect(scaled!.scale!.maximum).toBeLessThan(0.011)
  })

  it('Q17: the strip has every layer, and nothing singles out the one that is asked for', async () => {
    const { document } = await render({ layout: 'layer-strip', picture: 2, layer: 21 })
    const strip = document.groups.at(-1)!.panels[0]!
    expect(strip).toMatchObject({ kind: 'layers', layers })
    for (const { caption, note } of imagesOf(document)) {
      expect(`${caption.en} ${note?.en}`).not.toMatch(/Conv2d|BatchNorm2d|ReLU|MaxPool2d/)
    }
    expect(document.alternative.en.match(/BatchNorm2d/g)!.length).toBeGreaterThan(5)
  })
})

describe('specs and manifests', () => {
  it('fill in homework, the model and the seed; refuse what does not exist', () => {
    expect(figureSpecSchema.parse({ layout: 'path', picture: 3 })).toMatchObject({
      model: 'food-cnn',
      variant: 'homework',
      seed: 16,
      steps: 10,
    })
    expect(figureSpecSchema.safeParse({ layout: 'nope', picture: 3 }).success).toBe(false)
    expect(figureSpecSchema.safeParse({ layout: 'maps', pictures: [1, 1], methods: ['lime'] }).success).toBe(
      false,
    )
    expect(figureSpecSchema.safeParse({ layout: 'path', picture: 3, stepz: 4 }).success).toBe(false)
    const missing = pictureSpec({ layout: 'path', picture: 12 })
    expect(() => evidenceRequests(missing, context)).toThrow(/no picture 12/)
    const layer = pictureSpec({ layout: 'layer-strip', picture: 2, layer: 38 })
    expect(() => evidenceRequests(layer, context)).toThrow(/layer/)
    const copies: FigureSpecInput = {
      layout: 'lime-steps',
      picture: 2,
      copies: 5,
      parameters: { lime: { samples: 3, bogus: 1 } },
    }
    expect(() => evidenceRequests(pictureSpec(copies), context)).toThrow(/bogus.*samples/)
  })

  it('name the figure by what is in it', async () => {
    const one = await render({ layout: 'maps', pictures: [1], methods: ['saliency'] })
    const same = await render({ layout: 'maps', pictures: [1], methods: ['saliency'], seed: 16 })
    const other = await render({ layout: 'maps', pictures: [1], methods: ['saliency'], seed: 17 })
    expect(figureId(same.manifest)).toBe(figureId(one.manifest))
    expect(figureId(other.manifest)).not.toBe(figureId(one.manifest))
  })
})

describe('plates', () => {
  it.each(['zh', 'en'] as const)(
    '%s: are see-through, twice their size, and differ by theme',
    async (language) => {
      const { document, assets } = await render({ layout: 'lime-steps', picture: 3, copies: 2 })
      const light = await composeFigure(document, assets, { language, theme: 'light' })
      const dark = await composeFigure(document, assets, { language, theme: 'dark' })
      expect(light.equals(dark)).toBe(false)
      const { data, info } = await sharp(light).raw().toBuffer({ resolveWithObject: true })
      expect(info.channels).toBe(4)
      expect(data[3]).toBe(0)
      expect(info.width % 2).toBe(0)
      expect(info.width).toBeGreaterThan(1200)
      // Text is drawn as shapes: some pixels below the first picture are ink.
      const ink = data.filter((value, i) => i % 4 === 3 && value > 200).length
      expect(ink).toBeGreaterThan(info.width * 500)
    },
  )

  it('show a 128-pixel picture in whole squares', async () => {
    const { document, assets } = await render({ layout: 'maps', pictures: [0], methods: ['saliency'] })
    const plate = await composeFigure(document, assets, { language: 'en', theme: 'light' })
    const { data, info } = await sharp(plate).raw().toBuffer({ resolveWithObject: true })
    // 384 units at twice the size are 768 pixels: six for each of the 128.
    const top = 48 + 300
    const row = Array.from({ length: 768 }, (_, x) => data[(top * info.width + 48 + x) * 4]!)
    for (let pixel = 1; pixel < 127; pixel++) {
      const square = row.slice(pixel * 6, pixel * 6 + 6)
      expect(new Set(square).size).toBe(1)
    }
  })

  it('refuse a document whose asset is missing', async () => {
    const { document } = await render({ layout: 'maps', pictures: [0], methods: ['saliency'] })
    await expect(composeFigure(document, new Map(), { language: 'en', theme: 'light' })).rejects.toThrow(
      /saliency-0\.png|picture-0\.png/,
    )
  })
})

it('the pictures have titles in both languages for alternative texts', async () => {
  for (const { title } of await readBundledPictures('public/pictures'))
    expect(title.zh).toMatch(/[\u4e00-\u9fff]/)
})
