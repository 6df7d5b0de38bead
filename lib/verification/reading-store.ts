import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Lab, LabPicture } from '@/lib/explainers/claims/lab'
import { measure, measurementVersion } from '@/lib/explainers/claims/measure'
import { type Measurement, type MeasurementOf, roleOf } from '@/lib/explainers/claims/measurement'
import { measuredPictures } from '@/lib/explainers/claims/place'
import type { Reading } from '@/lib/explainers/claims/reading'
import { hashOfJson } from '@/lib/explainers/evidence'
import { languageMethodVersions } from '@/lib/explainers/language/language-methods'
import { findMethod, listedMethods } from '@/lib/explainers/registry'
import { type PartVerdict, partVerdictSchema } from '@/lib/verification/part-verdict'

/** Readings by name: what was measured once of the same files need not be measured again. */
export interface ReadingStore {
  get(name: string): Promise<Reading | null>
  put(name: string, reading: Reading): Promise<void>
}

/** Makes a reading, or takes it from the store. */
export async function readingFrom(store: ReadingStore, lab: Lab, measurement: Measurement): Promise<Reading> {
  const name = await readingName(measurement, lab)
  const known = await store.get(name)
  if (known) return known
  const reading = await measure(measurement, lab)
  await store.put(name, reading)
  return reading
}

/** @returns the hash of everything that a reading depends on. */
async function readingName(measurement: Measurement, lab: Lab): Promise<string> {
  const role = roleOf(measurement)
  const model = await lab.modelFor(role)
  return hashOfJson({
    measurement,
    version: measurementVersion,
    methods: methodVersions,
    model,
    ...(isOfCascade(measurement) && {
      cascade: findMethod(`cascade-${measurement.method}`).explainer.version,
    }),
    ...(measurement.measure === 'layer-likeness' && {
      layers: findMethod(`layer-randomization-${measurement.method}`).explainer.version,
    }),
    ...(await inputsOf(measurement, lab)),
  })
}

function isOfCascade(
  measurement: Measurement,
): measurement is MeasurementOf<'cascade-likeness' | 'edge-likeness'> {
  return measurement.measure === 'cascade-likeness' || measurement.measure === 'edge-likeness'
}

const methodVersions = [
  ...[...listedMethods, 'hidden-superpixels'].map((name) => [name, findMethod(name).explainer.version]),
  ...languageMethodVersions,
]

async function inputsOf(measurement: Measurement, lab: Lab) {
  switch (roleOf(measurement)) {
    case 'classifier': {
      const pictures: string[] = []
      for (const id of measuredPictures(measurement)) pictures.push(nameOf(await lab.picture(id)))
      return { pictures }
    }
    case 'question-answering':
      return { passages: hashOfJson(await lab.passages()) }
    case 'chinese':
      return {
        sentences: hashOfJson(await Promise.all(partsOf(measurement).map((part) => lab.sentences(part)))),
      }
    case 'masked-language': {
      if (measurement.measure !== 'masked-part-of-speech') return {}
      const { corpus } = await lab.corpusIndex(await lab.languageModel('masked-language'))
      return { corpus: corpus.sha256 }
    }
  }
}

/** What is said of a bundled picture changes with Vitrine only: its bytes are its name. */
function nameOf({ id, sha256, label, title, regionsSha256 }: LabPicture): string {
  return typeof id === 'number'
    ? sha256
    : hashOfJson({ sha256, label, title, regions: regionsSha256 ?? null })
}

function partsOf(measurement: Measurement): readonly string[] {
  if ('part' in measurement) return [measurement.part]
  return 'choices' in measurement ? measurement.choices.map(({ part }) => part) : []
}

/** Readings as files, for a command line without a database. */
export function readingsInFolder(folder: string): ReadingStore {
  const fileOf = (name: string) => path.join(folder, `${name}.json`)
  return {
    async get(name) {
      const text = await readFile(fileOf(name), 'utf8').catch(() => null)
      return text === null ? null : parseReading(text)
    },
    async put(name, reading) {
      await mkdir(folder, { recursive: true })
      const partial = `${fileOf(name)}.${process.pid}`
      await writeFile(partial, JSON.stringify(reading))
      await rename(partial, fileOf(name))
    },
  }
}

/** @returns null for what is no reading: a file cut short is measured again. */
function parseReading(text: string): Reading | null {
  try {
    const readings: PartVerdict['readings'] = partVerdictSchema.shape.readings.parse({
      reading: JSON.parse(text),
    })
    return readings.reading ?? null
  } catch {
    return null
  }
}
