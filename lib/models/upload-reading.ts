import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { ExplainerError } from '@/lib/explainers/errors'
import { GRAPH_FILE } from '@/lib/explainers/onnx/classifier-folder'
import { readClassifierWeights } from '@/lib/explainers/onnx/classifier-weights'
import { GraphNetwork } from '@/lib/explainers/onnx/graph-network'
import { readGraph } from '@/lib/explainers/onnx/graph-reading'
import { parseSafetensors, StateDict } from '@/lib/explainers/onnx/safetensors'
import { writeSafetensors } from '@/lib/explainers/onnx/safetensors-writing'
import { WeightsNetwork } from '@/lib/explainers/onnx/weights-network'
import { cardOfGraph, cardOfNetwork, readLanguageCard } from '@/lib/models/card'
import { isCheckpointFile } from '@/lib/models/checkpoint-files'
import { guessUploadKind, readStart } from '@/lib/models/file-kind'
import { modelLimits } from '@/lib/models/limits'
import { readCheckpoint } from '@/lib/models/pytorch-checkpoint'
import { type ModelCard, noDetails } from '@/lib/models/view'
import { ZipContents } from '@/lib/models/zip-file'

/** What an uploaded file was found to be. */
export interface ReadUpload {
  readonly card: ModelCard
  /** The files of the model's folder. */
  readonly files: readonly { readonly name: string; readonly content: AsyncIterable<Uint8Array> }[]
}

const WEIGHTS_FILE = 'model.safetensors'

/**
 * Reads an uploaded file under the limits of `modelLimits`; nothing of it is executed.
 * @param name of the model, for messages
 * @param workFolder for what is unpacked; the files that are returned may lie in it
 * @throws ExplainerError 'model-damaged' or 'model-unsupported', which say what is wrong and what is expected
 */
export async function readUpload(file: string, name: string, workFolder: string): Promise<ReadUpload> {
  const kind = guessUploadKind(await readStart(file))
  switch (kind) {
    case 'onnx':
      return readOnnx(await readWhole(file, name), name)
    case 'safetensors':
      return readWeights(await readWhole(file, name), name)
    case 'zip':
      return readZip(file, name, workFolder)
    default: {
      const message = `${name} is none of: an ONNX model, a zip of torch.save, a zip of a Hugging Face folder, safetensors`
      throw new ExplainerError('model-unsupported', name, message)
    }
  }
}

async function readWhole(file: string, name: string): Promise<Buffer> {
  const bytes = await readFile(/*turbopackIgnore: true*/ file)
  if (bytes.byteLength <= modelLimits.graph) return bytes
  const message = `${name} has ${bytes.byteLength} bytes; at most ${modelLimits.graph} are read`
  throw new ExplainerError('model-unsupported', name, message)
}

function readOnnx(bytes: Buffer, name: string): ReadUpload {
  const { graph, metadata } = readGraph(bytes, name)
  const network = GraphNetwork.of(graph, noDetails)
  const card = cardOfGraph(graph, network, bytes.byteLength)
  const suggestedClasses = namedClasses(metadata.get('classes'), network.outputs)
  return {
    card: { ...card, suggestedClasses },
    files: [{ name: GRAPH_FILE, content: Readable.from([bytes]) }],
  }
}

function readWeights(bytes: Buffer, name: string): ReadUpload {
  const parsed = parseSafetensors(bytes, name)
  const network = new WeightsNetwork(
    readClassifierWeights(new StateDict(name, parsed.metadata, '', [parsed])),
  )
  const card = cardOfNetwork(name, network, bytes.byteLength)
  const suggestedClasses = namedClasses(parsed.metadata.classes, network.outputs)
  return {
    card: { ...card, suggestedClasses },
    files: [{ name: WEIGHTS_FILE, content: Readable.from([bytes]) }],
  }
}

/** Names that a file gives itself, as a list in JSON or separated by |. */
function namedClasses(text: string | undefined, count: number): string[] | null {
  if (!text) return null
  let names: unknown
  try {
    names = JSON.parse(text)
  } catch {
    names = text.split('|')
  }
  return z.array(z.string().min(1).max(80)).length(count).safeParse(names).data ?? null
}

async function readZip(file: string, name: string, workFolder: string): Promise<ReadUpload> {
  const limits = { entries: 10_000, unpacked: modelLimits.unpacked }
  const zip = await ZipContents.open(file, name, limits)
  try {
    const config = zip.names.find((entry) => /^([^/]+\/)?config\.json$/.test(entry))
    if (config) return await readLanguageModel(zip, config.slice(0, -'config.json'.length), name, workFolder)
    const tensors = await readCheckpoint(zip, name, (tensor) => /^(cnn|fc)\./.test(tensor))
    return readWeights(Buffer.concat([...writeSafetensors(tensors, {})]), name)
  } finally {
    zip.close()
  }
}

async function readLanguageModel(
  zip: ZipContents,
  inside: string,
  name: string,
  workFolder: string,
): Promise<ReadUpload> {
  const names = zip.names
    .filter((entry) => entry.startsWith(inside))
    .map((entry) => entry.slice(inside.length))
    .filter(isCheckpointFile)
  if (!names.some((file) => file.endsWith('.safetensors')))
    throw new ExplainerError(
      'model-unsupported',
      name,
      `${name} has no model.safetensors; other formats of weights are not read`,
    )
  // Under its own name, which messages about it use.
  const folder = path.join(workFolder, name)
  await mkdir(folder, { recursive: true })
  for (const file of names)
    await pipeline(zip.stream(inside + file), createWriteStream(path.join(folder, file))).catch((cause) => {
      throw new ExplainerError('model-damaged', name, `${name}: ${file} is damaged`, { cause })
    })
  return {
    card: await readLanguageCard(folder),
    files: names.map((file) => ({ name: file, content: createReadStream(path.join(folder, file)) })),
  }
}
