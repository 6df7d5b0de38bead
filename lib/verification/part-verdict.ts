import { z } from 'zod'
import { claimSchema } from '@/lib/explainers/claims/claim'
import { evaluateClaim, type Readings } from '@/lib/explainers/claims/evaluate'
import type { Measurement } from '@/lib/explainers/claims/measurement'
import { isRandom, withSeed } from '@/lib/explainers/claims/measurement'
import type { Reading } from '@/lib/explainers/claims/reading'
import { judge, type Statement } from '@/lib/explainers/claims/verdict'
import { ExplainerError, type ExplainerErrorCode } from '@/lib/explainers/errors'
import type { PartEvidence, PartKey } from '@/lib/questions/content'

export const VERDICTS = ['supported', 'ambiguous', 'contradicted', 'reasoned', 'not-computable'] as const
export type VerdictName = (typeof VERDICTS)[number]

const bilingual = z.object({ zh: z.string(), en: z.string() })

export const readingSchema = z.object({
  values: z.array(z.object({ subject: z.string(), name: bilingual, value: z.number().nullable() })),
  model: z.object({ name: z.string(), sha256: z.string(), insteadOf: z.string().nullable() }),
})

const outcomeSchema = z.object({ holds: z.boolean().nullable(), margin: z.number().nullable() })

/** What checking one part found; stored as it is. */
export const partVerdictSchema = z.object({
  verdict: z.enum(VERDICTS),
  margin: z.number().nullable(),
  /** To be shown in amber, see `Verdict.isThin`. */
  isThin: z.boolean(),
  stability: z.object({ seeds: z.int(), agreeing: z.int(), spread: z.number().nullable() }).nullable(),
  /** By option id; for a reasoned key, its demonstration under `demonstration`. */
  outcomes: z.record(z.string(), outcomeSchema.extend({ claim: claimSchema, expected: z.boolean() })),
  /** By the name of the measurement, with the seed that the figure shows. */
  readings: z.record(z.string(), readingSchema),
  /** Why it could not be computed: the code of an explainer's error, or `undecided` for a number that does not exist. */
  missing: z.object({ code: z.string(), subject: z.string() }).nullable(),
})

export type PartVerdict = z.infer<typeof partVerdictSchema>

/** What of a key is checked. It may say of no option that it is correct, while somebody writes it. */
export type TriedKey = Pick<PartKey, 'correct' | 'evidence'>

/** @returns what is measured for a key, by name: for its claims or its demonstration. */
export function measurementsOf({ evidence }: Pick<PartKey, 'evidence'>): {
  readonly [name: string]: Measurement
} {
  return (evidence?.kind === 'claims' ? evidence : evidence?.demonstration)?.measurements ?? {}
}

/** @throws ExplainerError where it cannot be measured here. */
export type MakeReading = (measurement: Measurement) => Promise<Reading>

/** Reasons that lie in the installation or the model; any other error is a mistake of ours and goes on. */
const expected: readonly ExplainerErrorCode[] = [
  'invalid-parameter',
  'model-missing',
  'model-damaged',
  'model-unsupported',
  'operator-without-gradient',
  'picture-missing',
  'picture-damaged',
  'provider-unavailable',
  'corpus-missing',
  'corpus-damaged',
  'corpus-not-indexed',
]

/**
 * Checks one part's key.
 *
 * @param seeds how many are tried where chance takes part; the first is the measurement's own, which the figure shows.
 * @returns a part without evidence counts as reasoned: there is nothing to measure.
 */
export async function checkPart(
  key: TriedKey,
  makeReading: MakeReading,
  seeds: number,
): Promise<PartVerdict> {
  const { evidence } = key
  if (!evidence) return empty('reasoned')
  try {
    return evidence.kind === 'claims'
      ? await checkClaims(evidence, key.correct, makeReading, seeds)
      : await checkDemonstration(evidence, makeReading)
  } catch (error) {
    if (!(error instanceof ExplainerError) || !expected.includes(error.code)) throw error
    const missing = { code: error.code, subject: error.subject }
    return { ...empty(evidence.kind === 'claims' ? 'not-computable' : 'reasoned'), missing }
  }
}

async function checkClaims(
  { measurements, claims }: Extract<PartEvidence, { kind: 'claims' }>,
  correct: readonly string[],
  makeReading: MakeReading,
  seeds: number,
): Promise<PartVerdict> {
  const statements: Statement[] = Object.entries(claims).map(([id, claim]) => ({
    id,
    claim,
    expected: correct.includes(id),
  }))
  const rounds: Record<string, Reading>[] = []
  for (const round of roundsOf(Object.values(measurements), seeds))
    rounds.push(await readAll(measurements, makeReading, round))
  const { judgement, margin, isThin, stability, outcomes } = judge(statements, rounds)
  return {
    verdict: judgement === 'undecided' ? 'not-computable' : judgement,
    margin,
    isThin,
    stability,
    outcomes: Object.fromEntries(
      outcomes.map(({ id, ...outcome }) => [id, { ...outcome, claim: claims[id]! }]),
    ),
    readings: asStored(rounds[0]!),
    missing: judgement === 'undecided' ? { code: 'undecided', subject: '' } : null,
  }
}

async function checkDemonstration(
  { demonstration }: Extract<PartEvidence, { kind: 'reasoned' }>,
  makeReading: MakeReading,
): Promise<PartVerdict> {
  if (!demonstration) return empty('reasoned')
  const { measurements, claim } = demonstration
  const readings = await readAll(measurements, makeReading, undefined)
  const outcome = evaluateClaim(claim, readings as Readings)
  return {
    ...empty('reasoned'),
    margin: outcome.margin,
    outcomes: { demonstration: { ...outcome, claim, expected: true } },
    readings: asStored(readings),
  }
}

/** @returns how many readings `checkPart` asks for. */
export function countReadings(key: TriedKey, seeds: number): number {
  const measurements = Object.values(measurementsOf(key))
  const rounds = key.evidence?.kind === 'claims' ? roundsOf(measurements, seeds).length : 1
  return measurements.length * rounds
}

/** @returns the seeds to try: `undefined` for the measurements' own, then others that none of them has. */
function roundsOf(measurements: readonly Measurement[], seeds: number): (number | undefined)[] {
  const random = measurements.filter(isRandom)
  if (random.length === 0) return [undefined]
  const own = new Set(random.map((measurement) => ('seed' in measurement ? measurement.seed : -1)))
  const others = Array.from({ length: seeds + own.size }, (_, seed) => seed).filter((seed) => !own.has(seed))
  return [undefined, ...others.slice(0, seeds - 1)]
}

async function readAll(
  measurements: { readonly [name: string]: Measurement },
  makeReading: MakeReading,
  seed: number | undefined,
): Promise<Record<string, Reading>> {
  const readings: Record<string, Reading> = {}
  for (const [name, measurement] of Object.entries(measurements))
    readings[name] = await makeReading(seed === undefined ? measurement : withSeed(measurement, seed))
  return readings
}

function empty(verdict: VerdictName): PartVerdict {
  return { verdict, margin: null, isThin: false, stability: null, outcomes: {}, readings: {}, missing: null }
}

function asStored(readings: Readonly<Record<string, Reading>>): PartVerdict['readings'] {
  return structuredClone(readings) as PartVerdict['readings']
}
