import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ExplainerError } from '@/lib/explainers/errors'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import type { FigureSources } from '@/lib/figures/sources'
import { log } from '@/lib/log'
import { predictPictures, readLanguageCard } from '@/lib/models/card'
import { modelLimits } from '@/lib/models/limits'
import { makeModelFolder, removeModelFolder } from '@/lib/models/model-folder'
import { modelProblemOf } from '@/lib/models/model-problem'
import {
  type BegunReading,
  beginModelReading,
  refuseModel,
  reportModelReading,
  storeReadModel,
  storeTriedModel,
} from '@/lib/models/mutations'
import { readUpload } from '@/lib/models/upload-reading'
import type { ModelCard } from '@/lib/models/view'
import { objectFile, putObject } from '@/lib/objects/service'

/**
 * Reads a model that somebody has uploaded, or, when its classes are named, tries it out on the bundled pictures. What is
 * wrong with it is stored with it, and nothing of its files is kept.
 * @param isLast whether the queue will not try again
 * @throws what was not expected, after storing that the model was refused where it was the last try
 */
export async function readUploadedModel(
  name: string,
  { sources, signal }: { readonly sources: FigureSources; readonly signal: AbortSignal },
  isLast = false,
): Promise<void> {
  const begun = await beginModelReading(name)
  if (!begun) return
  try {
    if (begun.card) await tryOut(name, begun, begun.card, sources, signal)
    else await read(name, begun)
    log.info({ model: name }, begun.card ? 'model tried out' : 'model read')
  } catch (error) {
    if (signal.aborted) throw error
    log.warn({ model: name, error }, 'model could not be read')
    const isExpected = error instanceof ExplainerError
    if (isExpected || isLast) await refuseModel(name, modelProblemOf(error))
    if (!isExpected) throw error
  }
}

async function read(name: string, { files, isPulled }: BegunReading): Promise<void> {
  if (isPulled) return readPulled(name, files)
  const workFolder = await mkdtemp(path.join(tmpdir(), 'vitrine-model-'))
  try {
    const upload = await readUpload(await objectFile(files[0]!.sha256), name, workFolder)
    const stored = []
    for (const { name, content } of upload.files)
      stored.push({ name, sha256: (await putObject(content, { limit: modelLimits.unpacked })).sha256 })
    await storeReadModel(name, upload.card, stored)
  } finally {
    await rm(workFolder, { recursive: true, force: true })
  }
}

async function readPulled(name: string, files: BegunReading['files']): Promise<void> {
  const folder = await makeModelFolder(name, files)
  const card = await readLanguageCard(folder).catch(async (error: unknown) => {
    await removeModelFolder(folder)
    throw error
  })
  await storeReadModel(name, card, files)
}

async function tryOut(
  name: string,
  { files }: BegunReading,
  card: ModelCard,
  sources: FigureSources,
  signal: AbortSignal,
): Promise<void> {
  // On the processor, whose failures are the model's: a device that fails is given up for every model.
  const classifier = await openClassifier(await makeModelFolder(name, files), { provider: 'cpu' })
  try {
    const predictions = await predictPictures(classifier, sources.pictures, async (done, total) => {
      signal.throwIfAborted()
      await reportModelReading(name, done, total)
    })
    await storeTriedModel(name, { ...card, sha256: classifier.sha256, predictions })
  } finally {
    await classifier.close()
  }
}
