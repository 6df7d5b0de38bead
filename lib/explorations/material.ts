import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parsePassages, parseSentences } from '@/lib/explainers/language/material'
import type { ExplorationMaterial } from '@/lib/explorations/view'

const folder = path.join(process.cwd(), 'prisma/seed/language')

/** What all sentences are about: the first place where it stands is selected. */
const word = '蘋果'

let material: Promise<ExplorationMaterial> | undefined

/**
 * @returns the passages and sentences that come with Vitrine, read once
 * @throws ExplainerError 'invalid-parameter' that names the place in a file
 */
export function readMaterial(): Promise<ExplorationMaterial> {
  material ??= read()
  material.catch(() => {
    material = undefined
  })
  return material
}

async function read(): Promise<ExplorationMaterial> {
  const [passages, sentences] = await Promise.all(
    ['passages.yaml', 'sentences.yaml'].map((file) => readFile(path.join(folder, file), 'utf8')),
  )
  return {
    passages: parsePassages(passages!).map(({ question, context, answer = '' }) => ({
      question,
      context,
      answer,
    })),
    sentences: parseSentences(sentences!, word).sentences.map(({ text, group, selection }) => ({
      text,
      group: group === 'fruit' ? 'fruit' : 'company',
      selection: [selection[0], selection[1]],
    })),
  }
}
