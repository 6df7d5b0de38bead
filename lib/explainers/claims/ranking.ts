import type { Bilingual } from '../bilingual'
import { say } from '../figures/wording'
import type { Comparison } from './claim'
import type { Readings } from './evaluate'
import type { Phrase } from './phrase'
import type { ReadingValue } from './reading'
import { countWord, subjectKinds } from './subject-kinds'

/** A comparison with all other subjects. */
export type Ranking = Extract<Comparison, { op: 'highest' | 'lowest' | 'strongest' }>

export function isRanking(comparison: Comparison): comparison is Ranking {
  return comparison.op === 'highest' || comparison.op === 'lowest' || comparison.op === 'strongest'
}

/** @returns the subject that leads by the comparison's measure; null for a tie or where none has a number. */
export function leaderOf({ op, of }: Ranking, readings: Readings): string | null {
  const ranked = rank(op, readings[of]?.values ?? [])
  return ranked[0] && ranked[0].size !== ranked[1]?.size ? ranked[0].value.subject : null
}

interface Ranked {
  readonly value: ReadingValue
  /** By which it is ranked, the largest first. */
  readonly size: number
}

function rank(op: Ranking['op'], values: readonly ReadingValue[]): Ranked[] {
  return values
    .flatMap((value) => {
      if (value.value === null) return []
      const size = op === 'strongest' ? Math.abs(value.value) : op === 'highest' ? value.value : -value.value
      return [{ value, size }]
    })
    .sort((one, other) => other.size - one.size)
}

interface Degrees {
  readonly first: Bilingual
  readonly last: Bilingual
  /** Of two. */
  readonly more: Bilingual
  readonly less: Bilingual
  /** In Chinese, of the place from 2 on: the English word is the superlative with an ordinal. */
  readonly zhPlace: (place: number) => string
}

const degrees: Readonly<Record<Ranking['op'], Degrees>> = {
  highest: {
    first: say('最高', 'highest'),
    last: say('最低', 'lowest'),
    more: say('較高', 'higher'),
    less: say('較低', 'lower'),
    zhPlace: (place) => `第 ${place} 高`,
  },
  lowest: {
    first: say('最低', 'lowest'),
    last: say('最高', 'highest'),
    more: say('較低', 'lower'),
    less: say('較高', 'higher'),
    zhPlace: (place) => `第 ${place} 低`,
  },
  strongest: {
    first: say('絕對值最大', 'largest in magnitude'),
    last: say('絕對值最小', 'smallest in magnitude'),
    more: say('絕對值較大', 'larger in magnitude'),
    less: say('絕對值較小', 'smaller in magnitude'),
    zhPlace: (place) => `絕對值第 ${place} 大`,
  },
}

const ordinals = [
  '',
  '',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
]

/**
 * Where a subject stands among those that have a number; it must have one.
 * @returns "the second highest of five pictures (highest: picture 5, 0.909)"
 */
export function rankFact(
  { op, subject }: Ranking,
  values: readonly ReadingValue[],
  phrase: Phrase,
): Bilingual {
  const ranked = rank(op, values)
  const own = ranked.find(({ value }) => value.subject === subject)!
  const others = ranked.filter(({ value }) => value.subject !== subject)
  const rival = others[0]
  if (!rival) return say('沒有可比較的數值', 'there is nothing to compare it with')
  const { first, last, more, less, zhPlace } = degrees[op]
  const count = ranked.length
  const place = 1 + ranked.filter(({ size }) => size > own.size).length
  const isTied = others.some(({ size }) => size === own.size)
  const noun = phrase.noun(rival.value)
  const amount = phrase.amount.brief(rival.value.value!)
  const among = amongOf(count, values.length - count, phrase)
  if (place === 1 && isTied)
    return say(
      `${among.zh}與${noun.zh}並列${first.zh}`,
      `tied with ${noun.en} as the ${first.en} ${among.en}`,
    )
  const degree =
    count === 2
      ? place === 1
        ? more
        : less
      : place === 1
        ? first
        : place === count && !isTied
          ? last
          : say(zhPlace(place), `${ordinals[place] ?? `${place}th`} ${first.en}`)
  const role =
    count === 2
      ? say('另一個是', 'the other: ')
      : place === 1
        ? say('其次是', 'next: ')
        : say(`${first.zh}的是`, `${first.en}: `)
  return say(
    `${among.zh}${degree.zh}（${role.zh}${noun.zh}，${amount.zh}）`,
    `the ${degree.en} ${among.en} (${role.en}${noun.en}, ${amount.en})`,
  )
}

/** @param missing how many have no number and are not ranked. */
function amongOf(count: number, missing: number, { kind }: Phrase): Bilingual {
  const { counted } = subjectKinds[kind]
  if (missing === 0) return say(`在 ${count} ${counted.zh}中`, `of ${countWord(count)} ${counted.en}`)
  return say(
    `在有數值的 ${count} ${counted.zh}中`,
    `of the ${countWord(count)} ${counted.en} that have a number`,
  )
}
