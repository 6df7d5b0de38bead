import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Evidence, EvidenceRequest } from '@/lib/explainers/evidence'
import { sceneOf } from '@/lib/explainers/figures/chart/draw'
import { composeFigure } from '@/lib/explainers/figures/compose'
import type {
  AttentionPanel,
  BarsPanel,
  ChartPanel,
  FigureDocument,
  MatrixPanel,
  PlotPanel,
  TablePanel,
} from '@/lib/explainers/figures/document'
import type { RenderedFigure } from '@/lib/explainers/figures/render'
import { languageAsks, renderLanguageFigure } from '@/lib/explainers/figures/render-language'
import {
  type FigureSpecInput,
  figureSpecSchema,
  isLanguageSpec,
  type LanguageFigureSpec,
} from '@/lib/explainers/figures/spec'
import { requestId } from '@/lib/explainers/request'
import { readLanguageContext } from '@/lib/figures/language-service'
import { bundledSources } from '@/lib/figures/sources'
import { readAssignment } from '@/lib/interchange/service'
import { computeAsk } from '@/lib/jobs/compute-language-evidence'
import { LanguageShelf } from '@/lib/jobs/language-shelf'

const { questions } = await readAssignment()
const shelf = new LanguageShelf(async () => undefined)
const folder = mkdtempSync(join(tmpdir(), 'vitrine-language-figures-'))
const computed = new Map<string, Promise<Evidence>>()
const rendered = new Map<string, Promise<RenderedFigure>>()

beforeAll(() => {
  vi.stubEnv('VITRINE_DATA', folder)
})
afterAll(async () => {
  await shelf.close()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

function languageSpec(input: FigureSpecInput): LanguageFigureSpec {
  const spec = figureSpecSchema.parse(input)
  if (!isLanguageSpec(spec)) throw new Error(`${spec.layout} is no layout of a language model`)
  // A page of the corpus is enough to see that it is read.
  return spec.layout === 'corpus-neighbours' ? { ...spec, words: 200 } : spec
}

/** Renders each spec once, from evidence of the live models that is computed once. */
function render(input: FigureSpecInput): Promise<RenderedFigure> {
  const spec = languageSpec(input)
  const key = JSON.stringify(spec)
  const known = rendered.get(key)
  if (known) return known
  const rendering = shelf.withModel(spec.model, async (model) => {
    const context = await readLanguageContext(spec, model, bundledSources())
    for (const ask of languageAsks(spec, context)) {
      const id = requestId(ask.request)
      const evidence =
        computed.get(id) ?? computeAsk(ask, { model, context, signal: new AbortController().signal })
      computed.set(id, evidence)
      await evidence
    }
    return renderLanguageFigure(
      spec,
      context,
      (request: EvidenceRequest) => computed.get(requestId(request))!,
    )
  })
  rendered.set(key, rendering)
  return rendering
}

const figureOf = (slug: string) => questions.find((question) => question.slug === slug)!.figure!
const specs = questions.slice(20).map(({ slug }) => slug)

type Kind = 'attention' | 'matrix' | 'plot' | 'bars' | 'table'
type PanelOf<K extends Kind> = {
  attention: AttentionPanel
  matrix: MatrixPanel
  plot: PlotPanel
  bars: BarsPanel
  table: TablePanel
}[K]

function panelsOf<K extends Kind>({ groups }: FigureDocument, kind: K): PanelOf<K>[] {
  return groups.flatMap(({ panels }) => panels.filter((panel) => panel.kind === kind)) as PanelOf<K>[]
}

const chartsOf = (document: FigureDocument): ChartPanel[] => [
  ...panelsOf(document, 'attention'),
  ...panelsOf(document, 'matrix'),
  ...panelsOf(document, 'plot'),
]

describe('figures of questions 21 to 30', () => {
  it('are one each', () => {
    expect(specs).toHaveLength(10)
    for (const slug of specs) expect(isLanguageSpec(figureOf(slug)), slug).toBe(true)
  })

  it.each(specs)(
    '%s: says everything in both languages, and gives away nothing that decides',
    async (slug) => {
      const { document, manifest, assets } = await render(figureOf(slug))
      const visit = (value: unknown): void => {
        if (Array.isArray(value)) for (const each of value) visit(each)
        else if (value && typeof value === 'object') {
          if ('zh' in value || 'en' in value) {
            expect(value).toEqual({ zh: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) })
            const { zh, en } = value as { zh: string; en: string }
            // Chinese in English is only what is studied: the characters and the sentences.
            const studied = en.replace(/[“”].*?[“”]|[蘋果]/g, '')
            if (zh !== en) expect(studied).not.toMatch(/[\u4e00-\u9fff]/)
          } else for (const each of Object.values(value)) visit(each)
        }
      }
      visit(document)
      for (const { alternative } of chartsOf(document)) expect(alternative.en.length).toBeGreaterThan(20)
      expect(document.alternative.zh).toMatch(/[\u4e00-\u9fff]/)
      expect(JSON.stringify({ document, manifest })).not.toMatch(
        /separation|contrast|firstAgreement|"mode"|turningPoint|"trend"|falls|rises|distance-ratio|purity|relevantSentence|exists|verdict/i,
      )
      expect(manifest.evidence.length).toBeGreaterThan(0)
      expect(assets.size).toBe(0)
    },
  )

  it.each(specs)('%s: every chart has a finite drawing inside its frame', async (slug) => {
    const { document } = await render(figureOf(slug))
    for (const panel of chartsOf(document)) {
      for (const language of ['zh', 'en'] as const) {
        const { width, height, shapes, words } = sceneOf(panel, language)
        for (const { d } of shapes) expect(d).not.toMatch(/NaN|Infinity|undefined/)
        for (const { x, y, size } of words) {
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x).toBeLessThanOrEqual(width)
          expect(y).toBeGreaterThan(0)
          expect(y).toBeLessThan(height)
          expect(size).toBeGreaterThanOrEqual(8)
        }
      }
    }
  })

  it('21: one head of all twelve layers, the lines as strong as the weights', async () => {
    const { document } = await render(figureOf('q21'))
    const heads = panelsOf(document, 'attention')
    expect(heads.map(({ caption }) => caption.en)).toEqual(
      Array.from({ length: 12 }, (_, index) => `Layer ${index + 1} head 12`),
    )
    const seventh = heads[6]!
    const next = seventh.links.filter(([from, to]) => to === from + 1 && from > 0)
    expect(next.length).toBe(seventh.tokens.length - 2)
    for (const [, , weight] of next) expect(weight).toBeGreaterThan(0.9)
    expect(seventh.alternative.en).toMatch(/officer → is (1|0\.99\d*)/)
  })

  it('22: counts the neighbours of every layer, and names what was searched', async () => {
    const { document, manifest } = await render(figureOf('q22'))
    const [histogram] = panelsOf(document, 'matrix')
    expect(histogram!.rows.map(({ en }) => en)).toEqual(Array.from({ length: 12 }, (_, i) => String(i + 1)))
    for (const counts of histogram!.values) expect(counts.reduce((sum, count) => sum + count, 0)).toBe(50)
    expect(manifest.evidence[0]!.manifest.parameters).toMatchObject({
      numbering: 'exbert',
      masks: [3],
      corpus: { name: 'moby-dick-200', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    const { words } = manifest.evidence[0]!.manifest.parameters.corpus as { words: number }
    expect(words).toBeGreaterThanOrEqual(200)
    expect(document.groups[0]!.heading!.en).toContain(`first ${words} words of Moby-Dick`)
  })

  it('23: what is expected in the place of she, with and without officer', async () => {
    const { document } = await render(figureOf('q23'))
    const [one, both] = panelsOf(document, 'bars')
    const probabilityOf = (panel: BarsPanel, token: string) =>
      panel.bars.find(({ label }) => label.en === token)!.value
    expect(one!.bars[0]).toMatchObject({ label: { en: 'he' }, value: expect.closeTo(0.787, 2) })
    expect(probabilityOf(one!, 'he') - probabilityOf(both!, 'he')).toBeCloseTo(0.741, 2)
    for (const panel of [one!, both!]) {
      expect(panel).toMatchObject({ axis: 'linear', maximum: 1 })
      expect(panel.bars.map(({ value }) => value)).toEqual(
        panel.bars.map(({ value }) => value).sort((a, b) => b - a),
      )
      for (const token of ['she', 'he', 'it']) expect(probabilityOf(panel, token)).toBeGreaterThan(0)
    }
    expect(document.groups.map(({ note }) => note!.en.match(/\[MASK\]/g)!.length)).toEqual([1, 2])
  })

  it('24: singles out who attends, never what should be attended to', async () => {
    const { document, manifest } = await render(figureOf('q24'))
    for (const head of panelsOf(document, 'attention')) {
      expect(head.tokens[head.from!]).toBe('she')
      const own = head.links.filter(([from]) => from === head.from)
      expect(own.reduce((sum, [, , weight]) => sum + weight, 0)).toBeGreaterThan(0.9)
      const written = sceneOf(head, 'en').words.filter(({ text }) => /^0\.\d{3}$/.test(text))
      expect(written).toHaveLength(own.length)
    }
    expect(manifest.evidence[0]!.manifest.parameters.pairs).toEqual([[10, 3]])
  })

  it('25 to 27: question, context and answer each have their mark in every layer', async () => {
    for (const slug of ['q25', 'q26', 'q27']) {
      const { document } = await render(figureOf(slug))
      const plots = panelsOf(document, 'plot')
      expect(plots).toHaveLength(12)
      for (const { series, labels, x, y } of plots) {
        expect(series.map(({ mark, colour }) => `${colour} ${mark}`)).toEqual([
          'context circle',
          'question square',
          'answer diamond',
        ])
        // A distance means the same in both directions.
        expect(x.maximum - x.minimum).toBeCloseTo(y.maximum - y.minimum, 1)
        expect(labels.filter((label) => label.series === 2)).toHaveLength(series[2]!.points.length)
        expect(labels.length).toBeGreaterThan(8)
      }
      expect(panelsOf(document, 'table')[0]!.rows.map(([part]) => part!.en)).toContain('The model’s answer')
      // Of a word in pieces, the first says the whole; a piece is only named where it is the answer.
      for (const { labels } of plots)
        expect(labels.filter(({ text, series }) => text.startsWith('##') && series !== 2)).toEqual([])
    }
    const [{ manifest: one }, { manifest: other }] = [
      await render(figureOf('q25')),
      await render(figureOf('q26')),
    ]
    expect(one.evidence.map(({ id }) => id)).toContain(other.evidence[0]!.id)
  })

  it('28: three choices by two metrics, symmetric, on one scale for each metric', async () => {
    const { document } = await render(figureOf('q28'))
    const matrices = panelsOf(document, 'matrix')
    expect(matrices).toHaveLength(6)
    for (const [index, { values, scale }] of matrices.entries()) {
      const own = index % 2 === 0 ? 1 : 0
      for (const [row, line] of values.entries())
        for (const [column, value] of line.entries()) {
          expect(value).toBeCloseTo(values[column]![row]!, 4)
          if (row === column) expect(value).toBeCloseTo(own, 3)
        }
      expect(scale).toMatchObject({ minimum: matrices[index % 2]!.scale.minimum })
    }
    expect(panelsOf(document, 'table')[0]!.rows.map(([, text]) => text!.zh)).toContain(
      '蘋果獲得新Face ID專利',
    )
  })

  it('29: every layer from the embedding to the last, those that are asked for joined', async () => {
    const { document } = await render(figureOf('q29'))
    const [cosine] = panelsOf(document, 'plot')
    const [joined, ends] = cosine!.series
    expect(joined).toMatchObject({ joined: true })
    expect(joined!.points.map(([layer]) => layer)).toEqual(Array.from({ length: 11 }, (_, i) => i + 1))
    expect(ends!.points.map(([layer]) => layer)).toEqual([0, 12])
    expect(joined!.points[5]![1]).toBeCloseTo(0.704, 2)
  })

  it('30: the distance is 0 where the positions are equal and nowhere else; each difference has its plot', async () => {
    const { document } = await render(figureOf('q30'))
    const [position, length, meaning, occurrences] = panelsOf(document, 'plot')
    const pairs = (panel: PlotPanel) =>
      panel.series[0]!.points.reduce((sum, [, , count = 1]) => sum + count, 0)
    for (const panel of [position!, length!, meaning!, occurrences!]) expect(pairs(panel)).toBe(45)
    for (const [difference, distance] of position!.series[0]!.points)
      expect(distance === 0).toBe(difference === 0)
    // The others vary, so that something can be read off them.
    for (const panel of [length!, meaning!, occurrences!])
      expect(new Set(panel.series[0]!.points.map(([x]) => x)).size).toBeGreaterThan(1)
  })
})

describe('plates of language figures', () => {
  it.each([
    ['q24', 'en', 'dark'],
    ['q28', 'zh', 'light'],
    ['q29', 'zh', 'dark'],
  ] as const)('%s, %s, %s: drawn with their own fonts at twice their size', async (slug, language, theme) => {
    const { document } = await render(figureOf(slug))
    const plate = await composeFigure(document, new Map(), { language, theme })
    const { data, info } = await sharp(plate).raw().toBuffer({ resolveWithObject: true })
    expect(info.channels).toBe(4)
    expect(data[3]).toBe(0)
    expect(info.width).toBeGreaterThan(1200)
    const ink = data.filter((value, i) => i % 4 === 3 && value > 200).length
    expect(ink).toBeGreaterThan(info.width * 8)
  })

  it('write the values of a heat map over its cells', async () => {
    const { document } = await render(figureOf('q28'))
    const matrix = panelsOf(document, 'matrix')[0]!
    const only: FigureDocument = { groups: [{ panels: [matrix] }], alternative: document.alternative }
    const plate = await composeFigure(only, new Map(), { language: 'en', theme: 'light' })
    const { data, info } = await sharp(plate).raw().toBuffer({ resolveWithObject: true })
    const scene = sceneOf(matrix, 'en')
    const label = scene.words.find(({ text }) => text === '1.00')!
    // Black digits on the yellow of the largest value, in the first cell of the diagonal.
    const dark = new Set<boolean>()
    const top = Math.round((24 + 24 + label.y) * 2)
    for (let y = top - 10; y < top + 10; y++)
      for (let x = -16; x < 16; x++) {
        const at = (y * info.width + Math.round((24 + label.x) * 2) + x) * 4
        dark.add(data[at]! < 60)
      }
    expect(dark).toEqual(new Set([true, false]))
  })
})

describe('specs that ask for what is not there', () => {
  const sentence = 'The police officer is kind.'
  it.each([
    [{ layout: 'attention-heads', sentence, head: 13, layers: [1] }, /heads are 1 to 12/],
    [{ layout: 'attention-heads', sentence, head: 1, layers: [13] }, /layers are 1 to 12/],
    [{ layout: 'attention-heads', sentence, head: 1, layers: [1], from: 'she' }, /no word 'she'/],
    [{ layout: 'masked-words', sentence, at: 'nurse' }, /no word 'nurse'/],
    [{ layout: 'masked-words', sentence, at: 'kind', watch: ['unquestioningly'] }, /not one token/],
    [{ layout: 'embedding-space', passages: [4], layers: [1] }, /there are 1 to 3/],
    [{ layout: 'similarity-matrices', parts: ['梨'], metrics: ['cosine'], layer: 1 }, /does not stand/],
    [{ layout: 'similarity-matrices', parts: ['果'], metrics: ['cosine'], layer: 13 }, /there are 0 to 12/],
    [{ layout: 'similarity-trend', part: '果', pair: [1, 11], metrics: ['cosine'] }, /there are 1 to 10/],
    [{ layout: 'embedding-pairs', part: '果', model: 'no-such-model' }, /no model no-such-model/],
    [
      { layout: 'corpus-neighbours', sentence, at: 'officer', mask: ['officer'], layers: [1], corpus: 'oz' },
      /corpus 'oz' is not there/,
    ],
  ] as [FigureSpecInput, RegExp][])('%o', async (spec, message) => {
    await expect(render(spec)).rejects.toThrow(message)
  })
})
