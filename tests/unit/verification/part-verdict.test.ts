import { describe, expect, it } from 'vitest'
import type { Measurement } from '@/lib/explainers/claims/measurement'
import type { Reading } from '@/lib/explainers/claims/reading'
import { ExplainerError } from '@/lib/explainers/errors'
import type { PartKey } from '@/lib/questions/content'
import { checkPart, partVerdictSchema } from '@/lib/verification/part-verdict'
import { describeMissing, explainVerdict } from '@/lib/verification/wording'

const text = { zh: '因為', en: 'because' }
const weight: Measurement = { measure: 'region-weight', picture: 2, seed: 16 }
const key: PartKey = {
  correct: ['a'],
  rule: { name: 'exact' },
  explanation: text,
  evidence: {
    kind: 'claims',
    measurements: { weight },
    claims: {
      a: { op: 'lowest', of: 'weight', subject: 'strawberry' },
      b: { op: 'lowest', of: 'weight', subject: 'table' },
    },
  },
}
const reading = (strawberry: number | null, table: number): Reading => ({
  values: [
    { subject: 'strawberry', name: { zh: '草莓', en: 'strawberry' }, value: strawberry },
    { subject: 'table', name: { zh: '桌子', en: 'table' }, value: table },
  ],
  model: { name: 'food-cnn', sha256: 'f00d', insteadOf: null },
})

describe('checkPart', () => {
  it('tries the measurement’s own seed first, then others, and keeps the first’s readings', async () => {
    const seeds: number[] = []
    const verdict = await checkPart(
      key,
      async (measurement) => {
        const { seed } = measurement as { seed: number }
        seeds.push(seed)
        return seed === 16 ? reading(-4, -1) : reading(-1, -4)
      },
      3,
    )
    expect(seeds).toEqual([16, 0, 1])
    expect(verdict).toMatchObject({
      verdict: 'supported',
      stability: { seeds: 3, agreeing: 1 },
      isThin: true,
      readings: { weight: reading(-4, -1) },
    })
    expect(partVerdictSchema.parse(JSON.parse(JSON.stringify(verdict)))).toEqual(verdict)
    expect(explainVerdict(key, verdict).a).toEqual({
      zh: '圖片 2 各區域的 LIME 權重總和：草莓最低——成立（草莓 −4 ‰、桌子 −1 ‰）',
      en: 'LIME weight summed over each region of picture 2: strawberry is lowest: true (strawberry −4 ‰, table −1 ‰)',
    })
  })

  it('measures once what no chance takes part in', async () => {
    let calls = 0
    const certain: PartKey = {
      ...key,
      evidence: {
        kind: 'claims',
        measurements: { weight: { measure: 'region-removal', picture: 2 } },
        claims: key.evidence?.kind === 'claims' ? key.evidence.claims : {},
      },
    }
    const verdict = await checkPart(
      certain,
      async () => {
        calls++
        return reading(-4, -1)
      },
      5,
    )
    expect([calls, verdict.stability]).toEqual([1, null])
  })

  it('says which model or corpus is missing, and how it is installed', async () => {
    const missing = (code: 'model-missing' | 'corpus-not-indexed', subject: string) =>
      checkPart(key, () => Promise.reject(new ExplainerError(code, subject, 'gone')), 2)
    const model = await missing('model-missing', 'bert-base-cased')
    expect(model).toMatchObject({ verdict: 'not-computable', margin: null, outcomes: {} })
    expect(describeMissing(model)?.command).toBe(
      'npm run --silent vitrine -- models pull google-bert/bert-base-cased',
    )
    const corpus = await missing('corpus-not-indexed', 'moby-dick bert-small-mlm')
    expect(describeMissing(corpus)?.command).toBe(
      'npm run --silent vitrine -- corpus index moby-dick --model bert-small-mlm',
    )
  })

  it('is not computable where a number that decides does not exist', async () => {
    const verdict = await checkPart(key, async () => reading(null, -1), 1)
    expect(verdict).toMatchObject({ verdict: 'not-computable', missing: { code: 'undecided' } })
  })

  it('does not take a mistake of ours for a missing model', async () => {
    await expect(checkPart(key, () => Promise.reject(new TypeError('oops')), 1)).rejects.toThrow('oops')
  })

  it('shows a reasoned key’s demonstration, and lets the key stand without it', async () => {
    const reasoned: PartKey = {
      ...key,
      evidence: {
        kind: 'reasoned',
        demonstration: {
          measurements: { weight },
          claim: { op: 'below', of: 'weight', subject: 'table', than: 0 },
        },
      },
    }
    expect(await checkPart(reasoned, async () => reading(-4, -1), 3)).toMatchObject({
      verdict: 'reasoned',
      outcomes: { demonstration: { holds: true } },
    })
    const cannot = () => Promise.reject(new ExplainerError('model-missing', 'food-cnn', 'gone'))
    expect(await checkPart(reasoned, cannot, 3)).toMatchObject({
      verdict: 'reasoned',
      missing: { code: 'model-missing' },
    })
    expect((await checkPart({ ...key, evidence: undefined }, cannot, 3)).verdict).toBe('reasoned')
  })
})
