import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Bilingual } from '@/lib/explainers/bilingual'
import type { Classifier } from '@/lib/explainers/classifier'
import { ExplainerError } from '@/lib/explainers/errors'
import { type Evidence, hashOfJson, type Json, type Variant } from '@/lib/explainers/evidence'
import { composeFigure } from '@/lib/explainers/figures/compose'
import { drawWithAssets } from '@/lib/explainers/figures/context'
import { drawSingle } from '@/lib/explainers/figures/single'
import { encodeNpy } from '@/lib/explainers/npy'
import { bundledLibrary, readBundledPictures } from '@/lib/explainers/pictures/bundled'
import { type Picture, preparePicture, readPicture } from '@/lib/explainers/pictures/picture'
import type { Region } from '@/lib/explainers/regions'
import { findMethod, listedMethods } from '@/lib/explainers/registry'
import { buildRequest, computeEvidence } from '@/lib/explainers/request'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { fromCaller } from './caller-path'
import { languageMethods } from './explain-language'
import { checkFolder, writeFolder } from './output-folder'
import { showProgress } from './progress-line'

const modelsFolder = fileURLToPath(new URL('../../models', import.meta.url))
const picturesFolder = fileURLToPath(new URL('../../public/pictures', import.meta.url))

/** As in the course's notebook. */
const defaultSeed = 16

interface ExplainOptions {
  readonly model: string
  readonly picture: string
  readonly target?: string
  readonly variant: Variant
  readonly seed: number
  readonly set: { readonly [name: string]: Json }
  readonly language: keyof Bilingual
  readonly out: string
}

/** `vitrine explain METHOD`: one explanation of one picture, as a figure, numbers and arrays. */
export function addExplainCommand(program: Command): void {
  program
    .command('explain')
    .description('explain what a classifier sees in a picture')
    .argument('<method>', [...listedMethods, ...languageMethods].join(', '))
    .option('--model <name>', 'folder under models/', 'food-cnn')
    .requiredOption('--picture <picture>', 'number of a bundled picture, or a file')
    .option(
      '--target <class>',
      "name or number; by default the picture's class, else the model's first choice",
    )
    .addOption(
      new Option('--variant <variant>', 'homework, or as the paper says')
        .choices(['homework', 'paper'])
        .default('homework'),
    )
    .option('--seed <number>', 'start of the random numbers', parseSeed, defaultSeed)
    .option('--set <key=value>', 'a parameter of the method; may be repeated', collectParameter, {})
    .addOption(new Option('--language <language>', 'of the figure').choices(['en', 'zh']).default('en'))
    .requiredOption(
      '--out <folder>',
      'folder for figure.png, manifest.json, measurements.json and the arrays',
    )
    .action(explain)
}

async function explain(method: string, options: ExplainOptions): Promise<void> {
  // Cheap checks first: nobody should wait for a mistake.
  checkMethod(method)
  const out = fromCaller(options.out)
  await checkFolder(out)
  const classifier = await openModel(options.model)
  try {
    const { picture, label, title, regions } = await openPicture(options.picture, classifier)
    const target =
      options.target === undefined
        ? (label ?? (await firstChoice(classifier, picture)))
        : parseTarget(options.target, classifier)
    const request = buildRequest({
      method,
      model: classifier,
      picture,
      target,
      variant: options.variant,
      seed: options.seed,
      parameters: options.set,
    })
    const progress = showProgress(process.stderr)
    const evidence = await computeEvidence(request, {
      classifier,
      picture: picture.input,
      ...(regions && { regions }),
      progress: progress.report,
    }).finally(progress.end)
    const explainsClass = findMethod(method).explainsClass
    const { document, assets } = await drawWithAssets((encoding) =>
      drawSingle(
        { evidence, model: classifier, ...(explainsClass && { target }), ...(title && { title }) },
        encoding,
      ),
    )
    const figure = await composeFigure(document, assets, { language: options.language, theme: 'light' })
    await writeFolder(out, filesOf(evidence, figure))
  } finally {
    await classifier.close()
  }
}

function checkMethod(method: string): void {
  if (listedMethods.includes(method)) return
  const known = [...listedMethods, ...languageMethods].join(', ')
  const message = `There is no method ${method}; there are ${known}`
  throw new ExplainerError('unknown-method', method, message)
}

function filesOf(evidence: Evidence, figure: Buffer): Map<string, Uint8Array> {
  const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
  const { manifest, measurements, seconds } = evidence
  return new Map<string, Uint8Array>([
    ['figure.png', figure],
    ['manifest.json', json({ ...manifest, evidence: hashOfJson(manifest), seconds })],
    ['measurements.json', json(measurements)],
    ...Object.entries(evidence.arrays).map(([name, array]) => [`${name}.npy`, encodeNpy(array)] as const),
  ])
}

async function openModel(name: string): Promise<Classifier> {
  if (/[\\/]/.test(name)) return openClassifier(fromCaller(name))
  const folders = await readdir(modelsFolder, { withFileTypes: true })
  const names = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  if (names.includes(name)) return openClassifier(join(modelsFolder, name))
  const known = names.filter((folder) => existsSync(join(modelsFolder, folder, 'model.safetensors')))
  const message = `There is no model ${name}; models/ has ${known.join(', ')}, and a path such as ./${name} is taken too`
  throw new ExplainerError('model-missing', name, message)
}

interface OpenedPicture {
  readonly picture: Picture
  /** Index of the class; unknown for a person's own file. */
  readonly label?: number
  readonly title?: Bilingual
  readonly regions?: readonly Region[]
}

async function openPicture(wanted: string, { inputSize }: Classifier): Promise<OpenedPicture> {
  if (!/^-?\d+$/.test(wanted)) {
    const picture = await readPicture(fromCaller(wanted), inputSize).catch(async (error: unknown) => {
      if (!(error instanceof ExplainerError)) throw error
      const last = (await readBundledPictures(picturesFolder)).length - 1
      const message = `${error.message}; --picture takes a number from 0 to ${last} or a picture file`
      throw new ExplainerError(error.code, error.subject, message, { cause: error })
    })
    return { picture }
  }
  const { name, label, title, ...found } = await bundledLibrary(picturesFolder).find(Number(wanted))
  const picture = await preparePicture(await found.bytes(), name, inputSize)
  return { picture, label, title, regions: await found.regions(inputSize) }
}

async function firstChoice(classifier: Classifier, { input }: Picture): Promise<number> {
  const { data } = await classifier.logits({ data: input.data, shape: [1, ...input.shape] })
  return data.indexOf(data.reduce((a, b) => Math.max(a, b)))
}

/** @returns the index of a class given by name, in any case, or by number. */
function parseTarget(wanted: string, { classes }: Classifier): number {
  const number = /^\d+$/.test(wanted) ? Number(wanted) : -1
  if (classes[number] !== undefined) return number
  const index = classes.findIndex((name) => name.toLowerCase() === wanted.toLowerCase())
  if (index >= 0) return index
  const known = classes.map((name, i) => `${i} ${name}`).join(', ')
  throw new ExplainerError('invalid-parameter', 'target', `There is no class ${wanted}; there are ${known}`)
}

function parseSeed(value: string): number {
  const seed = Number(value)
  if (/^\d+$/.test(value) && Number.isSafeInteger(seed)) return seed
  throw new InvalidArgumentError('It must be a whole number of at least 0.')
}

function collectParameter(pair: string, known: { readonly [name: string]: Json }) {
  const [, key, value] = /^([A-Za-z]\w*)=(.+)$/s.exec(pair) ?? []
  if (key === undefined || value === undefined) throw new InvalidArgumentError('It must be key=value.')
  return { ...known, [key]: parseValue(value) }
}

/** Numbers, truth values and lists as JSON writes them; all else is text. */
function parseValue(value: string): Json {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
