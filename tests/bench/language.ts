/**
 * Prints how long language evidence takes on this machine: `npx tsx tests/bench/language.ts`. Medians and fastest of
 * several runs; other work on the machine shows in them, so the load average is printed beside them, and the time that
 * the processor spent on a run, which it changes little.
 */
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { storeCorpus } from '@/lib/explainers/corpus/corpus'
import { CorpusIndex } from '@/lib/explainers/corpus/corpus-index'
import {
  INDEX_VERSION,
  type IndexProgress,
  indexFolder,
  rowSizes,
  writeProgress,
} from '@/lib/explainers/corpus/index-files'
import { writeNormalized } from '@/lib/explainers/corpus/normalized-row'
import { openBert } from '@/lib/explainers/language/bert'
import { principalComponents } from '@/lib/explainers/language/principal-components'
import { RandomStream } from '@/lib/explainers/random'

async function time(name: string, runs: number, work: () => Promise<unknown> | unknown): Promise<void> {
  await work()
  const milliseconds: number[] = []
  const before = process.cpuUsage()
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    await work()
    milliseconds.push(performance.now() - start)
  }
  const { user, system } = process.cpuUsage(before)
  const processor = ((user + system) / 1000 / runs).toFixed(1)
  milliseconds.sort((one, other) => one - other)
  const [fastest, median] = [milliseconds[0]!, milliseconds[runs >> 1]!].map((value) => value.toFixed(1))
  console.log(
    `${name.padEnd(52)} median ${median!.padStart(8)} ms  fastest ${fastest!.padStart(8)} ms  processor ${processor.padStart(8)} ms  load ${loadavg()[0]!.toFixed(1)}`,
  )
}

const opening = performance.now()
const model = await openBert('models/bert-small-mlm')
console.log(`${model.name} on ${model.provider}: opened in ${(performance.now() - opening).toFixed(0)} ms`)
const words =
  'The police officer is popular with the residents because she is very generous and really kind too.'
const text = model.tokenizer.tokenize(words)
await time(`hidden states and attentions, ${text.tokens.length} tokens`, 50, () => model.encode(text))
await time('the same with a masked word and its prediction', 50, () =>
  model.encode(text, { masks: [10], predict: [10] }),
)
const long = model.tokenizer.tokenize(`${words} `.repeat(8))
await time(`hidden states and attentions, ${long.tokens.length} tokens`, 10, () => model.encode(long))
await time('tokenizing the sentence', 50, () => model.tokenizer.tokenize(words))
await model.close()

const random = new RandomStream(0, 'bench')
const vectors = (count: number, width: number) =>
  Array.from({ length: count }, () => Float32Array.from({ length: width }, () => random.uniform() - 0.5))
const points = vectors(150, 384)
await time('principal components of 150 tokens, one layer', 10, () => principalComponents(points))

const [tokens, width, layers] = [50_000, 768, 12]
const folder = await mkdtemp(join(tmpdir(), 'vitrine-bench-'))
try {
  const big = { name: 'bench', sha256: 'b'.repeat(64) }
  const sentence = { text: 'Bench.', words: [{ start: 0, end: 5, pos: 'NOUN' as const }] }
  const corpus = { name: 'bench', source: 'random', sha256: 'c'.repeat(64), words: 1, sentences: [sentence] }
  await storeCorpus(folder, corpus)
  const progress: IndexProgress = {
    version: INDEX_VERSION,
    corpus: { name: corpus.name, sha256: corpus.sha256, sentences: 1 },
    model: big,
    layers,
    heads: 12,
    width,
    sentencesDone: 1,
    sentencesSkipped: 0,
    tokens,
  }
  const home = indexFolder(folder, corpus.name, big)
  await mkdir(home, { recursive: true })
  const state = new Uint16Array(tokens * width)
  for (const [row, vector] of vectors(1000, width).entries()) writeNormalized(vector, state, row * width)
  for (let row = 1000; row < tokens; row += 1000) state.copyWithin(row * width, 0, 1000 * width)
  let bytes = 0
  for (const [file, size] of rowSizes(progress)) {
    const path = join(home, file)
    await writeFile(
      path,
      file.endsWith('.f16') ? new Uint8Array(state.buffer) : new Uint8Array(tokens * size),
    )
    bytes += (await stat(path)).size
  }
  await writeProgress(home, progress)
  const index = await CorpusIndex.open(folder, corpus.name, big)
  const [query] = vectors(1, width)
  console.log(
    `index of ${tokens} tokens, ${layers} layers, width ${width}: ${(bytes / 1e9).toFixed(3)} GB on disk`,
  )
  await time('50 nearest of 50,000 at width 768, one core', 20, () => index.search(query!, 12, 50))
  await index.close()
} finally {
  await rm(folder, { recursive: true, force: true })
}
