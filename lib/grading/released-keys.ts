import type { PartKey } from '@/lib/questions/content'

declare const released: unique symbol

export interface ReleasedKey {
  readonly answerKeyId: string
  readonly key: PartKey
}

/**
 * The keys that an attempt was scored with, by part id, once they are released, or for staff, from whom nothing is held
 * back. Only `lib/grading/data.ts` makes one, so that whoever reads more about a key for a student (verdicts, measurements) has to have asked it first.
 */
export type ReleasedKeys = ReadonlyMap<string, ReleasedKey> & { readonly [released]: true }
