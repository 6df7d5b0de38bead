import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { rollup } from 'd3-array'
import type { Classifier } from '@/lib/explainers/classifier'
import { ExplainerError } from '@/lib/explainers/errors'
import type { FloatTensor } from '@/lib/explainers/evidence'
import { type BertCheckpoint, readBertCheckpoint } from '@/lib/explainers/language/checkpoint'
import { buildBertGraph } from '@/lib/explainers/onnx/bert'
import { readNetwork } from '@/lib/explainers/onnx/classifier-folder'
import { logitsGraph } from '@/lib/explainers/onnx/classifier-graph'
import { findRule } from '@/lib/explainers/onnx/gradient-rules/registry'
import type { Graph } from '@/lib/explainers/onnx/graph'
import {
  endsInProbabilities,
  findObstacles,
  type GraphNetwork,
  operatorOf,
} from '@/lib/explainers/onnx/graph-network'
import type { Network } from '@/lib/explainers/onnx/network'
import type { PictureLibrary } from '@/lib/explainers/pictures/library'
import { preparePicture } from '@/lib/explainers/pictures/picture'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { ProviderFailure } from '@/lib/explainers/runtime/provider'
import { probabilityOf } from '@/lib/explainers/softmax'
import { modelLimits } from '@/lib/models/limits'
import { type BundledCard, CARD_FILE, type ModelCard } from '@/lib/models/view'

/** What is found by reading a model, before anybody asks it about a picture. */

const unread = { sha256: null, suggestedClasses: null, predictions: null, obstacles: [], notes: [] }

/** @param graph as it was uploaded, of which `network` was made */
export function cardOfGraph(graph: Graph, network: GraphNetwork, bytes: number): ModelCard {
  checkLimits(graph.name, network)
  const notes: ModelCard['notes'] = []
  if (endsInProbabilities(graph)) notes.push('probabilities-left-out')
  if (network.fixedBatch !== null) notes.push('one-at-a-time')
  return {
    ...unread,
    kind: 'graph',
    bytes,
    ...factsOfGraph(graph),
    input: { ...network.size },
    outputs: network.outputs,
    layers: network.layers.length,
    obstacles: [...findObstacles(graph)],
    notes,
  }
}

/** The homework's network. */
export function cardOfNetwork(name: string, network: Network, bytes: number): ModelCard {
  checkLimits(name, network)
  return {
    ...unread,
    kind: 'homework',
    bytes,
    ...factsOfGraph(logitsGraph(network, 1)),
    input: { ...network.size },
    outputs: network.outputs,
    layers: network.layers.length,
  }
}

function cardOfLanguageModel({ sha256, config, weights }: BertCheckpoint, bytes: number): ModelCard {
  return {
    ...unread,
    kind: 'language',
    sha256,
    bytes,
    ...factsOfGraph(buildBertGraph(weights, weights.heads)),
    input: null,
    outputs: null,
    layers: config.layers,
  }
}

function factsOfGraph({ constants, nodes }: Graph): Pick<ModelCard, 'parameters' | 'operators'> {
  const floats = [...constants.values()].filter(({ type }) => type.startsWith('float'))
  const counts = rollup(nodes, (same) => same, operatorOf)
  const operators = [...counts].map(([operator, [first, ...others]]) => ({
    operator,
    count: others.length + 1,
    differentiable: findRule(first!.operator, first!.domain) !== undefined,
  }))
  return {
    parameters: floats.reduce((sum, { data }) => sum + data.length, 0),
    operators: operators.sort((one, other) => other.count - one.count),
  }
}

/** @throws ExplainerError 'model-unsupported' */
function checkLimits(name: string, { outputs, size }: Network): void {
  const { classes, side } = modelLimits
  const refuse = (what: string) => new ExplainerError('model-unsupported', name, `${name} ${what}`)
  if (outputs < 2 || outputs > classes) throw refuse(`has ${outputs} outputs; 2 to ${classes} can be named`)
  if (Math.min(size.height, size.width) < side.least || Math.max(size.height, size.width) > side.most)
    throw refuse(
      `takes pictures of ${size.height}×${size.width}; sides are ${side.least} to ${side.most} pixels`,
    )
}

/** The bundled pictures, by number. */
const shownPictures = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const
const TOP = 3

/**
 * Shows a classifier the bundled pictures.
 * @param report hears of each picture before it is shown; may throw to break off
 * @returns what it takes each for: its likeliest classes first
 * @throws ExplainerError
 */
export async function predictPictures(
  classifier: Classifier,
  library: PictureLibrary,
  report: (done: number, total: number) => Promise<void> = async () => undefined,
): Promise<Prediction[]> {
  const predictions: Prediction[] = []
  for (const number of shownPictures) {
    await report(number, shownPictures.length)
    const { name, title, label, ...picture } = await library.find(number)
    const { input } = await preparePicture(await picture.bytes(), name, classifier.inputSize)
    const data = await runOnce(classifier, { data: input.data, shape: [1, ...input.shape] })
    if (data.some((logit) => !Number.isFinite(logit)))
      throw new ExplainerError(
        'model-damaged',
        classifier.name,
        `${classifier.name} gives picture ${number} a logit that is not a finite number`,
      )
    const top = [...data.keys()]
      .sort((one, other) => data[other]! - data[one]!)
      .slice(0, TOP)
      .map((index) => ({ index, probability: probabilityOf(data, index) }))
    predictions.push({ picture: number, title: { ...title }, label, top })
  }
  return predictions
}

/** @throws ExplainerError with what onnxruntime says of a graph that it cannot run, or that is not as it says. */
async function runOnce(classifier: Classifier, picture: FloatTensor): Promise<Float32Array> {
  const refuse = (what: string, cause?: unknown) =>
    new ExplainerError('model-unsupported', classifier.name, `${classifier.name} ${what}`, { cause })
  const { data, shape } = await classifier.logits(picture).catch((error: unknown) => {
    if (error instanceof ExplainerError || error instanceof ProviderFailure) throw error
    throw refuse(`cannot be run: ${error instanceof Error ? error.message : String(error)}`, error)
  })
  if (data.length === classifier.classes.length) return data
  throw refuse(`gives [${shape.join(', ')}] for one picture; expected [1, ${classifier.classes.length}]`)
}

type Prediction = NonNullable<ModelCard['predictions']>[number]

/**
 * Reads the folder of a language model.
 * @throws ExplainerError
 */
export async function readLanguageCard(folder: string): Promise<ModelCard> {
  return cardOfLanguageModel(await readBertCheckpoint(folder), await sizeOfFolder(folder))
}

/**
 * Reads a model's folder and tries it out, for a card that is kept with it.
 * @throws ExplainerError
 */
export async function examineModel(
  folder: string,
  library: PictureLibrary,
): Promise<Pick<BundledCard, 'card' | 'classes'>> {
  if (await isFile(path.join(folder, 'config.json')))
    return { card: await readLanguageCard(folder), classes: null }
  const bytes = await sizeOfFolder(folder)
  const { network, classes, sha256 } = await readNetwork(folder)
  const classifier = await openClassifier(folder)
  try {
    const predictions = await predictPictures(classifier, library)
    const card = cardOfNetwork(path.basename(folder), network, bytes)
    return { card: { ...card, sha256, predictions }, classes: [...classes] }
  } finally {
    await classifier.close()
  }
}

/** Bytes of the weights: what is said of them is no part of a model. */
async function sizeOfFolder(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => name !== CARD_FILE)
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (facts) => facts.isFile(),
    () => false,
  )
}
