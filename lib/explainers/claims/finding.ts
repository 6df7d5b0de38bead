import type { Bilingual } from '../bilingual'
import { say, spaced } from '../figures/wording'
import { type Claim, type Comparison, TRENDS, type Trend } from './claim'
import { evaluateClaim, type Readings } from './evaluate'
import type { Measurement } from './measurement'
import type { Phrase, PictureWords } from './phrase'
import { phraseOf } from './phrases'
import { rankFact } from './ranking'
import type { ReadingValue } from './reading'
import { subjectKinds } from './subject-kinds'

/** What a claim's names stand for, and what was measured. */
export interface FindingContext extends PictureWords {
  readonly measurements: { readonly [name: string]: Measurement }
  readonly readings: Readings
}

/**
 * What was measured about a claim, in a sentence without its full stop: numbers, rank and rival as they are, whether
 * the claim is true or not. It speaks to somebody who knows the question; `explainOutcome` speaks to who wrote the claim.
 */
export function wordFinding(claim: Claim, context: FindingContext): Bilingual {
  const sentences = groupsOf(claim, context).map((group) => sentenceOf(group, context))
  return {
    zh: spaced(sentences.map(({ zh }) => zh).join('；')),
    en: sentences.map(({ en }) => en).join('; '),
  }
}

/** A comparison that decides by one subject's number; the others take the whole row. */
type Fact = Exclude<Comparison, { op: 'trend' | 'from' }>

function isFact(comparison: Comparison): comparison is Fact {
  return comparison.op !== 'trend' && comparison.op !== 'from'
}

/** Comparisons about the same subject are said in one sentence. Of alternatives, only those that hold are told. */
function groupsOf(claim: Claim, { readings }: FindingContext): Comparison[][] {
  if (claim.op !== 'all' && claim.op !== 'any') return [[claim.op === 'not' ? claim.claim : claim]]
  const isTold = (term: Claim) =>
    claim.op === 'all' ||
    evaluateClaim(claim, readings).holds !== true ||
    evaluateClaim(term, readings).holds === true
  const groups = new Map<string, Comparison[]>()
  for (const term of claim.claims.filter(isTold)) {
    const comparison = term.op === 'not' ? term.claim : term
    const about = `${comparison.of} ${isFact(comparison) ? comparison.subject : comparison.op}`
    groups.set(about, [...(groups.get(about) ?? []), comparison])
  }
  return [...groups.values()]
}

function sentenceOf(
  group: readonly Comparison[],
  { measurements, readings, ...words }: FindingContext,
): Bilingual {
  const first = group[0]!
  const measurement = measurements[first.of]
  const values = readings[first.of]?.values ?? []
  if (!measurement) return nothing(first.of)
  const phrase = phraseOf(measurement, words)
  if (first.op === 'trend') return trendOf(first.of, values, phrase, readings)
  if (first.op === 'from') return startOf(first, values, phrase)
  const stated = phrase.stated?.(first.subject, values)
  if (stated) return stated
  const own = values.find(({ subject }) => subject === first.subject)
  const of = phrase.of(own ? phrase.noun(own) : { zh: first.subject, en: first.subject })
  if (own?.value == null) return { zh: `${of.zh}沒有數值`, en: `there is no number for ${of.en}` }
  const amount = phrase.amount.full(own.value)
  const facts = joinFacts(
    group.filter(isFact).map((comparison) => ({
      ...factOf(comparison, own.value!, values, phrase),
      isTrue: evaluateClaim(comparison, readings).holds,
    })),
  )
  return { zh: `${of.zh}是${amount.zh}，${facts.zh}`, en: `${of.en} is ${amount.en}: ${facts.en}` }
}

function nothing(of: string): Bilingual {
  return { zh: `沒有「${of}」的量測`, en: `there is no measurement “${of}”` }
}

/** "the largest of three regions, but not above 0": the joining word says whether the next fact is of the same kind. */
function joinFacts(facts: readonly (Bilingual & { readonly isTrue: boolean | null })[]): Bilingual {
  return facts.reduce<Bilingual>(
    (said, fact, index) => {
      if (index === 0) return fact
      const before = facts[index - 1]!.isTrue
      const [zh, en] =
        before === fact.isTrue ? ['，且', ' and '] : before ? ['，但', ', but '] : ['，不過', ', though ']
      return { zh: `${said.zh}${zh}${fact.zh}`, en: `${said.en}${en}${fact.en}` }
    },
    { zh: '', en: '' },
  )
}

function factOf(comparison: Fact, own: number, values: readonly ReadingValue[], phrase: Phrase): Bilingual {
  switch (comparison.op) {
    case 'highest':
    case 'lowest':
    case 'strongest':
      return rankFact(comparison, values, phrase)
    case 'above': {
      const than = phrase.amount.brief(comparison.than)
      return own > comparison.than
        ? { zh: `大於 ${than.zh}`, en: `above ${than.en}` }
        : { zh: `並未大於 ${than.zh}`, en: `not above ${than.en}` }
    }
    case 'below': {
      const than = phrase.amount.brief(comparison.than)
      return own < comparison.than
        ? { zh: `小於 ${than.zh}`, en: `below ${than.en}` }
        : { zh: `並未小於 ${than.zh}`, en: `not below ${than.en}` }
    }
    case 'exceeds': {
      const other = values.find(({ subject }) => subject === comparison.other)
      if (other?.value == null) return { zh: '沒有可比較的數值', en: 'there is nothing to compare it with' }
      const [noun, amount] = [phrase.noun(other), phrase.amount.brief(other.value)]
      return own > other.value
        ? { zh: `大於${noun.zh}（${amount.zh}）`, en: `larger than ${noun.en} (${amount.en})` }
        : { zh: `並未大於${noun.zh}（${amount.zh}）`, en: `not larger than ${noun.en} (${amount.en})` }
    }
    case 'nearest': {
      const distance = (candidate: number) => Math.abs(own - candidate)
      const best = Math.min(...comparison.among.map(distance))
      const nearest = comparison.among.filter((candidate) => distance(candidate) === best)
      return {
        zh: `在 ${comparison.among.join('、')} 之中最接近 ${nearest.join('、')}`,
        en: `nearest to ${nearest.join(' and ')} of ${listed(comparison.among)}`,
      }
    }
  }
}

const trends: Readonly<Record<Trend, Bilingual>> = {
  rises: say('大致上升', 'rises on the whole'),
  falls: say('大致下降', 'falls on the whole'),
  'rises-then-falls': say('先升後降', 'rises, then falls'),
  'falls-then-rises': say('先降後升', 'falls, then rises'),
}

/** How the numbers move: both ends, and what lies above or below them. */
function trendOf(of: string, values: readonly ReadingValue[], phrase: Phrase, readings: Readings): Bilingual {
  const whole = phrase.of(subjectKinds[phrase.kind].each)
  const known = values.flatMap((value) => (value.value === null ? [] : [{ ...value, value: value.value }]))
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last || known.length < values.length || known.length < 3)
    return { zh: `${whole.zh}缺少數值`, en: `numbers are missing of ${whole.en}` }
  const trend = TRENDS.find((name) => evaluateClaim({ op: 'trend', of, trend: name }, readings).holds)
  const moves = trend ? trends[trend] : say('沒有明顯的趨勢', 'has no clear trend')
  const at = (value: ReadingValue) => {
    const [noun, amount] = [phrase.noun(value), phrase.amount.brief(value.value!)]
    return { zh: `${amount.zh}（${noun.zh}）`, en: `${amount.en} (${noun.en})` }
  }
  const lowest = known.reduce((least, value) => (value.value < least.value ? value : least))
  const highest = known.reduce((most, value) => (value.value > most.value ? value : most))
  const isEnd = (value: ReadingValue) => value === first || value === last
  const extremes = [
    ...(isEnd(lowest) ? [] : [{ zh: `最低 ${at(lowest).zh}`, en: `lowest ${at(lowest).en}` }]),
    ...(isEnd(highest) ? [] : [{ zh: `最高 ${at(highest).zh}`, en: `highest ${at(highest).en}` }]),
  ]
  const course = [
    { zh: `從 ${at(first).zh}到 ${at(last).zh}`, en: `from ${at(first).en} to ${at(last).en}` },
    ...extremes,
  ]
  return {
    zh: `${whole.zh}${moves.zh}：${course.map(({ zh }) => zh).join('，')}`,
    en: `${whole.en} ${moves.en}: ${course.map(({ en }) => en).join(', ')}`,
  }
}

/** From where on the numbers are above a threshold. */
function startOf(
  { above }: Extract<Comparison, { op: 'from' }>,
  values: readonly ReadingValue[],
  phrase: Phrase,
): Bilingual {
  const whole = phrase.of(subjectKinds[phrase.kind].each)
  if (values.length === 0 || values.some(({ value }) => value === null))
    return { zh: `${whole.zh}缺少數值`, en: `numbers are missing of ${whole.en}` }
  const than = phrase.amount.brief(above)
  const last = values.findLastIndex(({ value }) => value! <= above)
  const start = values[last + 1]
  if (!start)
    return {
      zh: `${whole.zh}到最後都沒有大於 ${than.zh}`,
      en: `${whole.en} is not above ${than.en} to the end`,
    }
  const { zh, en } = phrase.noun(start)
  if (last < 0)
    return {
      zh: `${whole.zh}從${zh}起一直大於 ${than.zh}`,
      en: `${whole.en} is above ${than.en} from ${en} on`,
    }
  const before = phrase.noun(values[last]!)
  const [amount, amountBefore] = [
    phrase.amount.brief(start.value!),
    phrase.amount.brief(values[last]!.value!),
  ]
  return {
    zh: `${whole.zh}從${zh}（${amount.zh}）起才一直大於 ${than.zh}，${before.zh}還是 ${amountBefore.zh}`,
    en: `${whole.en} is above ${than.en} only from ${en} on (${amount.en}; at ${before.en} still ${amountBefore.en})`,
  }
}

function listed(numbers: readonly number[]): string {
  return `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`
}
