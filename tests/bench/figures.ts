import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import type { Evidence, EvidenceRequest } from '@/lib/explainers/evidence'
import { readFigurePictures } from '@/lib/explainers/figures/bundled-pictures'
import { composeFigure } from '@/lib/explainers/figures/compose'
import { evidenceRequests, renderFigure } from '@/lib/explainers/figures/render'
import { figureSpecSchema, isLanguageSpec } from '@/lib/explainers/figures/spec'
import { findBundledPicture, readBundledPictures, readRegions } from '@/lib/explainers/pictures/bundled'
import { readPicture } from '@/lib/explainers/pictures/picture'
import { computeEvidence, requestId } from '@/lib/explainers/request'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'

/**
 * Renders every figure of the assignment from nothing and prints how long each takes; evidence that figures share is
 * computed once. With `--out DIR` it also writes the composed plates.
 *
 *   npx tsx tests/bench/figures.ts [--only q01,q02] [--out DIR] [--languages zh,en] [--themes light,dark]
 */

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    out: { type: 'string' },
    languages: { type: 'string', default: 'zh,en' },
    themes: { type: 'string', default: 'light,dark' },
  },
})

interface Assignment {
  readonly questions: readonly { readonly id: string; readonly figure: unknown }[]
}

async function main(): Promise<void> {
  const folder = 'public/pictures'
  const assignment: Assignment = parse(await readFile('prisma/seed/explainable-ai.yaml', 'utf8'))
  const bundled = await readBundledPictures(folder)
  const classifier = await openClassifier('models/food-cnn')
  const context = { model: classifier, pictures: await readFigurePictures(folder) }
  const computed = new Map<string, Evidence>()

  const compute = async (request: EvidenceRequest) => {
    const known = computed.get(requestId(request))
    if (known) return known
    const number = context.pictures.find(({ sha256 }) => sha256 === request.input.sha256)!.number
    const evidence = await computeEvidence(request, {
      classifier,
      picture: (await readPicture(join(folder, request.input.name))).input,
      regions: await readRegions(folder, findBundledPicture(bundled, number)),
      knownEvidence: async (needed) => computed.get(requestId(needed)),
    })
    computed.set(requestId(request), evidence)
    return evidence
  }

  const wanted = values.only?.split(',')
  if (values.out) await mkdir(values.out, { recursive: true })
  const start = performance.now()
  let composing = 0
  for (const { id, figure } of assignment.questions) {
    if (figure === null || (wanted && !wanted.includes(id))) continue
    const spec = figureSpecSchema.parse(figure)
    // They have a bench of their own, language-figures.ts.
    if (isLanguageSpec(spec)) continue
    const from = performance.now()
    const requests = evidenceRequests(spec, context)
    const anew = requests.filter((request) => !computed.has(requestId(request))).length
    for (const request of requests) await compute(request)
    const drawn = performance.now()
    const { document, assets } = await renderFigure(spec, context, compute)
    const done = performance.now()
    const bytes = [...assets.values()].reduce((sum, asset) => sum + asset.length, 0)
    console.log(
      `${id} ${spec.layout.padEnd(18)} ${((done - from) / 1000).toFixed(1).padStart(6)} s ` +
        `(drawing ${((done - drawn) / 1000).toFixed(1)} s; ${anew} of ${requests.length} explanations new; ` +
        `${assets.size} assets, ${Math.round(bytes / 1024)} kB)`,
    )
    if (!values.out) continue
    for (const language of values.languages.split(',') as ('zh' | 'en')[]) {
      for (const theme of values.themes.split(',') as ('light' | 'dark')[]) {
        const plate = await composeFigure(document, assets, { language, theme })
        await writeFile(join(values.out, `${id}-${language}-${theme}.png`), plate)
      }
    }
    composing += performance.now() - done
  }
  console.log(
    `total ${((performance.now() - start - composing) / 1000).toFixed(1)} s on ${classifier.provider}`,
  )
  await classifier.close()
}

await main()
