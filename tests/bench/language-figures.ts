import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import type { EvidenceRequest } from '@/lib/explainers/evidence'
import { composeFigure } from '@/lib/explainers/figures/compose'
import { languageAsks, renderLanguageFigure } from '@/lib/explainers/figures/render-language'
import { figureSpecSchema, isLanguageSpec } from '@/lib/explainers/figures/spec'
import { requestId } from '@/lib/explainers/request'
import { readLanguageContext } from '@/lib/figures/language-service'
import { bundledSources } from '@/lib/figures/sources'
import { computeAsk } from '@/lib/jobs/compute-language-evidence'
import { LanguageShelf } from '@/lib/jobs/language-shelf'

/**
 * Renders every figure of the assignment that is about a language model, from nothing, and prints how long each takes.
 * With `--out DIR` it also writes the composed plates and the documents.
 *
 *   npx tsx tests/bench/language-figures.ts [--only q21,q22] [--out DIR] [--languages zh,en] [--themes light,dark]
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
const file: { questions: { id: string; figure: unknown }[] } = parse(
  await readFile('prisma/seed/explainable-ai.yaml', 'utf8'),
)
const wanted = values.only?.split(',')
if (values.out) await mkdir(values.out, { recursive: true })
for (const { id, figure } of file.questions) {
  if (figure === null || (wanted && !wanted.includes(id))) continue
  const spec = figureSpecSchema.parse(figure)
  if (!isLanguageSpec(spec)) continue
  const from = performance.now()
  const { document, evidenceSeconds } = await shelf.withModel(spec.model, async (model) => {
    const context = await readLanguageContext(spec, model, sources)
    const found = new Map()
    let evidenceSeconds = 0
    for (const ask of languageAsks(spec, context)) {
      const evidence = await computeAsk(ask, { model, context, signal: new AbortController().signal })
      evidenceSeconds += evidence.seconds
      found.set(requestId(ask.request), evidence)
    }
    const evidenceOf = (request: EvidenceRequest) => found.get(requestId(request))
    return { ...(await renderLanguageFigure(spec, context, evidenceOf)), evidenceSeconds }
  })
  const seconds = (performance.now() - from) / 1000
  const bytes = JSON.stringify(document).length
  console.log(
    `${id} ${spec.layout.padEnd(20)} ${seconds.toFixed(1)} s (evidence ${evidenceSeconds.toFixed(1)} s), document ${Math.round(bytes / 1024)} kB`,
  )
  if (!values.out) continue
  await writeFile(join(values.out, `${id}.json`), JSON.stringify(document))
  for (const language of values.languages.split(',') as ('zh' | 'en')[])
    for (const theme of values.themes.split(',') as ('light' | 'dark')[])
      await writeFile(
        join(values.out, `${id}-${language}-${theme}.png`),
        await composeFigure(document, new Map(), { language, theme }),
      )
}
await shelf.close()
