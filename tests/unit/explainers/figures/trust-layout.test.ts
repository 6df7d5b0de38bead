import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { randomizedDepths } from '@/lib/explainers/classifier'
import type { Evidence, EvidenceRequest } from '@/lib/explainers/evidence'
import { composeFigure } from '@/lib/explainers/figures/compose'
import type { FigureContext } from '@/lib/explainers/figures/context'
import { evidenceRequests, renderFigure } from '@/lib/explainers/figures/render'
import { type FigureSpecInput, figureSpecSchema } from '@/lib/explainers/figures/spec'
import { trustSpecOf } from '@/lib/explainers/figures/trust-spec'
import type { TrustMeasurements } from '@/lib/explainers/trust/measurements'

const context: FigureContext = {
  model: { name: 'food-cnn', sha256: 'a'.repeat(64), classes: ['Bread', 'Soup'], layers: [] },
  pictures: Array.from({ length: 10 }, (_, number) => ({
    id: number,
    name: `${number}.png`,
    sha256: String(number).repeat(64),
    label: number % 2,
    title: { zh: `第 ${number} 張`, en: `scene ${number}` },
  })),
}

const curve = (height: (share: number) => number) => ({
  data: Float32Array.from({ length: 41 }, (_, step) => height(step / 40)),
  shape: [41],
})

function madeUp(request: EvidenceRequest): Evidence {
  const measured: TrustMeasurements = {
    deletion: { area: 0.123, random: 0.4 },
    insertion: { area: 0.876, random: 0.5 },
    completeness: request.method.includes('gradients')
      ? { sum: 3, change: 4, error: 1, relative: 0.25 }
      : null,
    seeds: /lime|smooth/.test(request.method) ? { seeds: [16, 0, 1], correlation: 0.91, overlap: 0.8 } : null,
    randomization: randomizedDepths.map((depth, index) => ({
      depth,
      correlation: 0.5 - 0.2 * index,
      overlap: 0.3,
    })),
    pointing: [{ object: { zh: 'SECRET', en: 'SECRET' }, hit: 1, chance: 0.42424 }],
  }
  return {
    manifest: {
      ...request,
      provider: 'cpu',
      precision: 'float32',
      batch: 4,
      versions: { method: 1001, onnxruntime: 'made up' },
    },
    arrays: {
      deletion: curve((share) => 1 - share),
      insertion: curve((share) => share),
      randomDeletion: curve((share) => (1 - share) ** 2),
      randomInsertion: curve((share) => share ** 2),
    },
    measurements: measured,
    seconds: 1,
  }
}

const testsOf = (spec: FigureSpecInput) => trustSpecOf(figureSpecSchema.parse(spec))
const render = (spec: FigureSpecInput) => renderFigure(testsOf(spec)!, context, madeUp)
const tableOf = async (spec: FigureSpecInput) => {
  const [panel] = (await render(spec)).document.groups[0]!.panels
  if (panel?.kind !== 'table') throw new Error('the first panel is no table')
  return panel
}

describe('tests of a figure’s maps', () => {
  it('are there for the questions with a map of the picture, and for no filter and no text', async () => {
    const file = parse(await readFile('prisma/seed/explainable-ai.yaml', 'utf8'))
    const maps = (file.questions as { id: string; figure: FigureSpecInput }[]).map(
      ({ id, figure }) => [id, testsOf(figure)?.maps.length ?? 0] as const,
    )
    const tested = new Map(maps.filter(([, count]) => count > 0))
    const questions = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 18, 19, 20]
    expect([...tested.keys()]).toEqual(questions.map((n) => `q${String(n).padStart(2, '0')}`))
    expect([tested.get('q01'), tested.get('q09'), tested.get('q11'), tested.get('q18')]).toEqual([
      1, 10, 20, 4,
    ])
  })

  it('explain as the figure does: same seed, variant and parameters', () => {
    const spec = testsOf({
      layout: 'occlusion',
      picture: 3,
      seed: 7,
      variant: 'paper',
      parameters: { lime: { samples: 200 } },
    })!
    const [request] = evidenceRequests(spec, context)
    expect(request).toMatchObject({
      method: 'trust-lime',
      seed: 7,
      variant: 'paper',
      parameters: { samples: 200 },
    })
    expect(trustSpecOf(spec)).toBeNull()
  })

  it('of one map stand in a row a measure, of several in a row a map', async () => {
    const one = await tableOf({ layout: 'maps', pictures: [2], methods: ['lime'] })
    expect(one.rows.map(([name]) => name!.en)).toEqual([
      'Deletion, area under the curve',
      'Insertion, area under the curve',
      'Agreement over seeds, Spearman’s ρ',
      'Output layer with random weights',
      'The linear layers with random weights',
      'The whole model with random weights',
    ])
    expect(one.rows[0]!.map(({ en }) => en)).toEqual([
      'Deletion, area under the curve',
      '0.123',
      '0.4 in random order',
      'low',
    ])
    const several = await tableOf({ layout: 'maps', pictures: [4, 5], methods: ['lime', 'saliency'] })
    expect(several.rows.map(([name]) => name!.en)).toEqual([
      'Picture 4, LIME',
      'Picture 4, Saliency map',
      'Picture 5, LIME',
      'Picture 5, Saliency map',
    ])
    const titles = several.columns.map(({ title }) => title.en)
    expect(new Set(titles).size).toBe(titles.length)
    for (const row of several.rows) expect(row).toHaveLength(titles.length)
  })

  it('say nothing of seeds where there is no chance: a question asks that', async () => {
    const { document } = await render({ layout: 'integration-steps', pictures: [3] })
    expect(JSON.stringify(document)).not.toMatch(/seed|種子/)
    expect(JSON.stringify(document)).toContain('25\u00a0%')
  })

  it('name no object, in either language', async () => {
    const { document, manifest } = await render({ layout: 'maps', pictures: [2, 3], methods: ['saliency'] })
    expect(JSON.stringify([document, manifest])).not.toMatch(/SECRET|42424|42\.4/)
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) for (const each of value) visit(each)
      else if (value && typeof value === 'object') {
        if ('en' in value) {
          expect(value).toEqual({ zh: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) })
          expect((value as { en: string }).en).not.toMatch(/[\u4e00-\u9fff]/)
        } else for (const each of Object.values(value)) visit(each)
      }
    }
    visit(document)
  })

  it('have curves with a table of the same numbers, and go onto a plate', async () => {
    const { document, assets } = await render({ layout: 'maps', pictures: [2], methods: ['saliency'] })
    const plot = document.groups[1]!.panels[0]
    if (plot?.kind !== 'plot') throw new Error('no plot')
    expect(plot.twin!.rows).toHaveLength(11)
    expect(plot.twin!.columns.map(({ title }) => title.en)).toEqual([
      'Share of the picture replaced, %',
      'Insertion',
      'Deletion',
      'Insertion, random order',
      'Deletion, random order',
    ])
    expect(plot.twin!.rows[1]!.map(({ en }) => en)).toEqual(['10', '0.100', '0.900', '0.010', '0.810'])
    expect(plot.series.filter(({ dashed }) => dashed)).toHaveLength(2)
    const png = await composeFigure(document, assets, { language: 'zh', theme: 'dark' })
    expect((await sharp(png).metadata()).width).toBeGreaterThan(500)
  })
})
