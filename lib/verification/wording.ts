import type { Bilingual } from '@/lib/explainers/bilingual'
import { explainOutcome } from '@/lib/explainers/claims/wording'
import type { PictureTitles } from '@/lib/explainers/pictures/picture-name'
import {
  measurementsOf,
  type PartVerdict,
  type TriedKey,
  type VerdictName,
} from '@/lib/verification/part-verdict'

export const verdictMarks: Readonly<Record<VerdictName, string>> = {
  supported: '✓',
  ambiguous: '≈',
  contradicted: '✕',
  reasoned: '¶',
  'not-computable': '∅',
}

/** @param titles of uploaded pictures. @returns why each option counts as true or false of the model, by option id, with the numbers that decide. */
export function explainVerdict(
  key: TriedKey,
  verdict: PartVerdict,
  titles: PictureTitles = () => undefined,
): { readonly [optionId: string]: Bilingual } {
  const measurements = measurementsOf(key)
  return Object.fromEntries(
    Object.entries(verdict.outcomes).map(([id, { claim }]) => [
      id,
      explainOutcome(claim, { measurements, readings: verdict.readings, titles }),
    ]),
  )
}

export interface MissingThing {
  readonly message: Bilingual
  /** What to type on the server to mend it. */
  readonly command: string | null
}

/** Repositories of the Hugging Face Hub for the models that the homework names without their owner. */
const repositories: { readonly [model: string]: string } = {
  'bert-base-cased': 'google-bert/bert-base-cased',
  'bert-base-chinese': 'google-bert/bert-base-chinese',
}

/** @returns what is missing for a verdict, in words; null where nothing is. */
export function describeMissing({ missing }: Pick<PartVerdict, 'missing'>): MissingThing | null {
  if (!missing) return null
  const { code, subject } = missing
  switch (code) {
    case 'model-missing':
      return {
        message: {
          zh: `這裡沒有安裝模型「${subject}」。`,
          en: `The model ${subject} is not installed here.`,
        },
        command: `npm run --silent vitrine -- models pull ${repositories[subject] ?? subject}`,
      }
    case 'corpus-not-indexed': {
      const [corpus = subject, model = ''] = subject.split(' ')
      return {
        message: {
          zh: `語料「${corpus}」還沒有模型「${model}」的索引。`,
          en: `The corpus ${corpus} has no index for the model ${model} yet.`,
        },
        command: `npm run --silent vitrine -- corpus index ${corpus} --model ${model}`,
      }
    }
    case 'undecided':
      return {
        message: {
          zh: '判定所需的數值不存在（例如整張圖都是零）。',
          en: 'A number that would decide does not exist, as of a map that is zero everywhere.',
        },
        command: null,
      }
    case 'invalid-parameter':
      return {
        message: {
          zh: `量測不適用於這個模型或圖片（${subject}）。`,
          en: `The measurement does not fit this model or picture (${subject}).`,
        },
        command: null,
      }
    default:
      return {
        message: { zh: `無法使用「${subject}」（${code}）。`, en: `${subject} cannot be used (${code}).` },
        command: null,
      }
  }
}
