import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import type { Evidence, EvidenceRequest } from '@/lib/explainers/evidence'
import { composeFigure } from '@/lib/explainers/figures/compose'
import { evidenceRequests, type RenderedFigure, renderFigure } from '@/lib/explainers/figures/render'
import { languageAsks, renderLanguageFigure } from '@/lib/explainers/figures/render-language'
import { type FigureSpec, figureSpecSchema, isLanguageSpec } from '@/lib/explainers/figures/spec'
import { computeEvidence, requestId } from '@/lib/explainers/request'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { readLanguageContext } from '@/lib/figures/language-service'
import { readFigureContext, readFigurePicture } from '@/lib/figures/service'
import { bundledSources } from '@/lib/figures/sources'
import { computeAsk } from '@/lib/jobs/compute-language-evidence'
import { LanguageShelf } from '@/lib/jobs/language-shelf'
import { minus, now, plus, type Times, watchDevice } from './device-clock'

/**
 * Renders every figure of the assignment from nothing and prints how long each takes, and what of it onnxruntime did
 * not have (by the clock, and of the processor); evidence that figures share is computed once. With `--out DIR` it also writes documents and composed
 * plates. With `--instant` a device is played that needs no time, asked as a GPU is: 50 pictures a run.
 *
 *   npx tsx tests/bench/figures.ts [--only q01,q22] [--instant] [--out DIR] [--languages zh,en] [--themes light,dark]
 */

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    instant: { type: 'boolean', default: false },
    out: { type: 'string' },
    languages: { type: 'string', default: 'zh,en' },
    themes: { type: 'string', default: 'light,dark' },
  },
})

const clock = watchDevice(values.instant)
const sources = bundledSources()
const shelf = new LanguageShelf(async () => undefined)
const start = now()
const classifier = await openClassifier(
  join(sources.models, 'food-cnn'),
  values.instant ? { provider: 'cpu', batch: 50 } : {},
)
const computed = new Map<string, Evidence>()

async function once(request: EvidenceRequest, compute: () => Promise<Evidence>): Promise<Evidence> {
  const known = computed.get(requestId(request))
  if (known) return known
  const evidence = await compute()
  computed.set(requestId(request), evidence)
  return evidence
}

const pictures = new Map<string, ReturnType<typeof readFigurePicture>>()
function pictureOf(name: string) {
  const known = pictures.get(name) ?? readFigurePicture(name, classifier.inputSize, sources)
  pictures.set(name, known)
  return known
}

async function computeOfPicture(request: EvidenceRequest): Promise<Evidence> {
  return once(request, async () => {
    const { picture, regions } = await pictureOf(request.input.name)
    return computeEvidence(request, {
      classifier,
      picture: picture.input,
      regions,
      knownEvidence: async (needed) => computed.get(requestId(needed)),
    })
  })
}

async function renderAny(spec: FigureSpec): Promise<RenderedFigure> {
  if (!isLanguageSpec(spec)) {
    const context = await readFigureContext(spec, classifier, sources)
    for (const request of evidenceRequests(spec, context)) await computeOfPicture(request)
    return renderFigure(spec, context, computeOfPicture)
  }
  return shelf.withModel(spec.model, async (model) => {
    const context = await readLanguageContext(spec, model, sources)
    const signal = new AbortController().signal
    for (const ask of languageAsks(spec, context)) {
      await once(ask.request, () => computeAsk(ask, { model, context, signal }))
    }
    return renderLanguageFigure(spec, context, (request) => computed.get(requestId(request))!)
  })
}

async function writePlates(id: string, { document, assets }: RenderedFigure, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${id}.json`), JSON.stringify(document))
  for (const language of values.languages.split(',') as ('zh' | 'en')[]) {
    for (const theme of values.themes.split(',') as ('light' | 'dark')[]) {
      const plate = await composeFigure(document, assets, { language, theme })
      await writeFile(join(folder, `${id}-${language}-${theme}.png`), plate)
    }
  }
}

interface Assignment {
  readonly questions: readonly { readonly id: string; readonly figure: unknown }[]
}

const assignment: Assignment = parse(await readFile('prisma/seed/explainable-ai.yaml', 'utf8'))
const wanted = values.only?.split(',')
const atOnnxruntime = () => plus(clock.opening, clock.running)
const inWords = ({ wall, processor }: Times) => `${wall.toFixed(2)} s (processor ${processor.toFixed(2)})`
let whole = minus(now(), start)
let host = minus(whole, atOnnxruntime())
console.log(`opening ${inWords(whole)}`)
for (const { id, figure } of assignment.questions) {
  if (figure === null || (wanted && !wanted.includes(id))) continue
  const spec = figureSpecSchema.parse(figure)
  const [from, known, before] = [now(), computed.size, atOnnxruntime()]
  const rendered = await renderAny(spec)
  const took = minus(now(), from)
  const own = minus(took, minus(atOnnxruntime(), before))
  whole = plus(whole, took)
  host = plus(host, own)
  const bytes = [...rendered.assets.values()].reduce((sum, asset) => sum + asset.length, 0)
  console.log(
    `${id} ${spec.layout.padEnd(20)} ${took.wall.toFixed(2).padStart(7)} s, host ${inWords(own)}, ${computed.size - known} explanations, ` +
      `${rendered.assets.size} assets, ${Math.round(bytes / 1024)} kB`,
  )
  if (values.out) await writePlates(id, rendered, values.out)
}
console.log(
  `total ${inWords(whole)} on ${classifier.provider}: sessions made in ${inWords(clock.opening)}, run for ` +
    `${inWords(clock.running)}; host ${inWords(host)}`,
)
await classifier.close()
await shelf.close()
