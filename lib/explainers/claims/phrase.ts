import type { Bilingual } from '../bilingual'
import { say } from '../figures/wording'
import type { PictureName, PictureTitles } from '../pictures/picture-name'
import type { Amount } from './amount'
import type { MeasurementName, MeasurementOf } from './measurement'
import type { ReadingValue } from './reading'
import type { SubjectKind } from './subject-kinds'

/** How a measurement is spoken of in a sentence about one of its subjects; `quantities.ts` titles its table. */
export interface Phrase {
  /** The subject's number as the start of a sentence: "the LIME weight summed over the strawberry". */
  of(noun: Bilingual): Bilingual
  /** The subject within a sentence: "the strawberry". */
  noun(value: Pick<ReadingValue, 'subject' | 'name'>): Bilingual
  readonly kind: SubjectKind
  readonly amount: Amount
  /** Said instead of number and comparison where the number only stands for a fact. */
  stated?(subject: string, values: readonly ReadingValue[]): Bilingual | null
}

/** Names of a picture's regions where a measurement gives only the English one. */
export type RegionName = (picture: PictureName, region: string) => Bilingual

/** What pictures and their parts are called. */
export interface PictureWords {
  readonly regionName: RegionName
  /** Of uploaded pictures. */
  readonly titles: PictureTitles
}

/** A phrase for each of these measurements, made with its parameters. */
export type PhrasesOf<Names extends MeasurementName> = {
  readonly [Name in Names]: (measurement: MeasurementOf<Name>, words: PictureWords) => Phrase
}

const asNamed: Phrase['noun'] = ({ name }) => name
/** For English nouns that take one. */
export const withArticle: Phrase['noun'] = ({ name }) => say(name.zh, `the ${name.en}`)

export function phrase(
  kind: SubjectKind,
  amount: Amount,
  of: (noun: Bilingual) => Bilingual,
  more: Partial<Pick<Phrase, 'noun' | 'stated'>> = {},
): Phrase {
  return { kind, amount, of, noun: asNamed, ...more }
}
