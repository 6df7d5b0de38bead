import { createHash } from 'node:crypto'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { ExplainerError } from '../errors'
import { readClassifierWeights } from './classifier-weights'
import { GraphNetwork } from './graph-network'
import { readGraph } from './graph-reading'
import type { Network } from './network'
import { readIfPresent, readStateDict, type StateDict } from './safetensors'
import { WeightsNetwork } from './weights-network'

/** The graph of any classifier but the homework's, and what a classifier's file does not say itself. */
export const GRAPH_FILE = 'model.onnx'
export const FACTS_FILE = 'classifier.json'

const channels = z.tuple([z.number(), z.number(), z.number()])

export const classifierFactsSchema = z.strictObject({
  classes: z.array(z.string().min(1)).min(1),
  /** (value − mean) / deviation, by channel, is what a graph takes of a picture of 0 to 1. */
  mean: channels,
  deviation: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
})
export type ClassifierFacts = z.infer<typeof classifierFactsSchema>

export interface ClassifierFolder {
  readonly network: Network
  readonly classes: readonly string[]
  /** Of all that decides its numbers: weights, or graph and facts. */
  readonly sha256: string
}

/**
 * Reads a classifier: `model.onnx`, or the homework's network as `model.safetensors` (or shards). `classifier.json` says
 * what the file does not; the bundled network's own metadata name its `classes`, separated by |.
 * @throws ExplainerError 'model-missing', 'model-damaged', 'model-unsupported'
 */
export async function readNetwork(folder: string): Promise<ClassifierFolder> {
  const { graph, text, state } = await readFiles(folder)
  const facts = text ? parseFacts(text, basename(folder)) : null
  if (graph) {
    const { mean, deviation } = facts ?? missingFacts(basename(folder))
    const network = GraphNetwork.of(readGraph(graph, basename(folder)).graph, { mean, deviation })
    return withClasses(basename(folder), network, facts?.classes ?? [], hashOfFiles(graph, text))
  }
  const network = new WeightsNetwork(readClassifierWeights(state!))
  const classes = facts?.classes ?? state!.metadata.classes?.split('|') ?? []
  return withClasses(basename(folder), network, classes, hashOfState(state!, text))
}

/** @returns the hash of `readNetwork`, without making a network. @throws ExplainerError as `readNetwork` */
export async function readModelHash(folder: string): Promise<string> {
  const { graph, text, state } = await readFiles(folder)
  return graph ? hashOfFiles(graph, text) : hashOfState(state!, text)
}

async function readFiles(folder: string) {
  const [graph, text] = await Promise.all([
    readIfPresent(join(folder, GRAPH_FILE)),
    readIfPresent(join(folder, FACTS_FILE)),
  ])
  return { graph, text, state: graph ? null : await readStateDict(folder) }
}

function hashOfFiles(...files: readonly (Uint8Array | undefined)[]): string {
  const hash = createHash('sha256')
  for (const file of files) if (file) hash.update(file)
  return hash.digest('hex')
}

function hashOfState({ sha256 }: StateDict, text: Uint8Array | undefined): string {
  return text ? hashOfFiles(Buffer.from(sha256), text) : sha256
}

function parseFacts(text: Uint8Array, name: string): ClassifierFacts {
  try {
    return classifierFactsSchema.parse(JSON.parse(new TextDecoder().decode(text)))
  } catch {
    return missingFacts(name)
  }
}

function missingFacts(name: string): never {
  const message = `${name}/${FACTS_FILE} is missing or does not name classes, mean and deviation`
  throw new ExplainerError('model-damaged', name, message)
}

function withClasses(
  name: string,
  network: Network,
  classes: readonly string[],
  sha256: string,
): ClassifierFolder {
  if (classes.length === network.outputs) return { network, classes, sha256 }
  const message = `${name}: ${classes.length} classes are named, but it has ${network.outputs} outputs`
  throw new ExplainerError('model-damaged', name, message)
}
