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

/**
 * Renders every figure of the assignment from nothing and prints how long each takes; evidence that figures share is
 * computed once. With `--out DIR` it also writes documents and composed plates.
 *
 *   npx tsx tests/bench/figures.ts [--only q01,q22] [--out DIR] [--languages zh,en] [--themes light,dark]
 */

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    out: { type: 'string' },
    languages: { type: 'string', default: 'zh,en' },
    themes: { type: 'string', default: 'light,dark' },
  },
})

const sources = bundledSources()
const shelf = new LanguageShelf(async () => undefined)
const start = performance.now()
const classifier = await openClassifier(join(sources.models, 'food-cnn'))
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
let seconds = (performance.now() - start) / 1000
console.log(`opening ${seconds.toFixed(2)} s`)
for (const { id, figure } of assignment.questions) {
  if (figure === null || (wanted && !wanted.includes(id))) continue
  const spec = figureSpecSchema.parse(figure)
  const [from, known] = [performance.now(), computed.size]
  const rendered = await renderAny(spec)
  const took = (performance.now() - from) / 1000
  seconds += took
  const bytes = [...rendered.assets.values()].reduce((sum, asset) => sum + asset.length, 0)
  console.log(
    `${id} ${spec.layout.padEnd(20)} ${took.toFixed(2).padStart(7)} s, ${computed.size - known} explanations, ` +
      `${rendered.assets.size} assets, ${Math.round(bytes / 1024)} kB`,
  )
  if (values.out) await writePlates(id, rendered, values.out)
}
console.log(`total ${seconds.toFixed(1)} s on ${classifier.provider}`)
await classifier.close()
await shelf.close()
