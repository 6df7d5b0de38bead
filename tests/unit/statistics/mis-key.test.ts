import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordMisKey } from '@/app/courses/[course]/[assignment]/staff/statistics/mis-key-words'
import { misKeyDictionaries } from '@/app/messages/staff-desk/mis-keys'
import { findMisKeys } from '@/lib/item-analysis/mis-keys'
import type { ItemAnalysisView } from '@/lib/item-analysis/view'
import { analyseItems, type ItemStatistics } from '@/lib/statistics/items'
import { type KeyEvidence, suspectMisKey } from '@/lib/statistics/mis-key'
import type { EvidenceBrief } from '@/lib/verification/view'
import { anyClass } from './class'

const option = (id: string, correct: boolean, upperShare: number): ItemStatistics['options'][number] => ({
  id,
  correct,
  upperShare,
  lowerShare: 0.25,
  count: 10,
  share: 0.25,
  meanTotal: 5000,
  restCorrelation: 0,
})
/** The key is `a`; of the best 27 %, these shares choose a, b and c. */
const item = (a: number, b: number, c = 0, restCorrelation = 0.2) => ({
  restCorrelation,
  options: [option('a', true, a), option('b', false, b), option('c', false, c)],
})
const evidence = (judgement: KeyEvidence['judgement'], changed: Partial<KeyEvidence> = {}): KeyEvidence => ({
  judgement,
  isThin: false,
  accepted: false,
  otherOptions: [],
  ...changed,
})

describe('whether a key is right is asked', () => {
  it('where evidence and class are against it: first of all', () => {
    expect(suspectMisKey(item(0.2, 0.7), 100, evidence('contradicted'))).toMatchObject({
      kind: 'both',
      weight: 1.5,
      doubt: { keyed: 'a', rival: 'b', keyedShare: 0.2, rivalShare: 0.7 },
    })
  })

  it('where the evidence is for it and the best are not, with half the weight; the same where nothing was measured', () => {
    const supported = suspectMisKey(item(0.3, 0.6), 300, evidence('supported'))
    expect(supported?.kind).toBe('class-against-evidence')
    expect(supported?.weight).toBeCloseTo(0.15, 12)
    const unmeasured = suspectMisKey(item(0.3, 0.6), 300, null)
    expect(unmeasured?.kind).toBe('class-only')
    expect(unmeasured?.weight).toBeCloseTo(0.3, 12)
  })

  it('by the evidence alone, with or without a class', () => {
    for (const [statistics, students] of [
      [null, 0],
      [item(0.1, 0.9), 9],
      [item(0.9, 0.1), 300],
    ] as const) {
      expect(suspectMisKey(statistics, students, evidence('contradicted'))).toMatchObject({
        kind: 'evidence-only',
        doubt: null,
        weight: 1,
      })
      expect(suspectMisKey(statistics, students, evidence('ambiguous'))?.weight).toBe(0.6)
    }
  })

  it('not where a reason is on record, the verdict is only thin, or the lead is small or may be chance', () => {
    expect(suspectMisKey(null, 0, evidence('contradicted', { accepted: true }))).toBeNull()
    expect(suspectMisKey(item(0.6, 0.3), 100, evidence('supported', { isThin: true }))).toBeNull()
    expect(suspectMisKey(item(0.45, 0.54), 3000, null)).toBeNull()
    // Of the 4 best of 15, all choose b: one of sixteen times by chance. Of the 5 best of 18: one of thirty-two.
    expect(suspectMisKey(item(0, 1), 15, null)).toBeNull()
    expect(suspectMisKey(item(0, 1), 18, null)).not.toBeNull()
  })

  it('where who does better elsewhere does worse here, though no other option leads', () => {
    expect(suspectMisKey(item(0.5, 0.5, 0, -0.4), 100, null)?.doubt?.strength).toBeCloseTo(0.4, 12)
    expect(suspectMisKey(item(0.5, 0.5, 0, -0.05), 100, null)).toBeNull()
  })

  it('of several right options by the one that the best choose least', () => {
    const several = {
      restCorrelation: 0.1,
      options: [option('a', true, 0.9), option('b', true, 0.2), option('c', false, 0.7)],
    }
    expect(suspectMisKey(several, 100, null)?.doubt).toMatchObject({ keyed: 'b', rival: 'c' })
  })
})

describe('in every class', () => {
  const anyEvidence = fc.option(
    fc.record({
      judgement: fc.constantFrom('supported' as const, 'ambiguous' as const, 'contradicted' as const),
      isThin: fc.boolean(),
      accepted: fc.boolean(),
      otherOptions: fc.constant([]),
    }),
  )

  it('weights lie between 0 and 2, doubts name an option of the key and one outside it', () => {
    fc.assert(
      fc.property(anyClass, anyEvidence, (items, found) => {
        const analysis = analyseItems(items)
        if (analysis.kind === 'too-few') return
        for (const statistics of analysis.items) {
          const suspicion = suspectMisKey(statistics, analysis.students, found)
          if (!suspicion) continue
          expect(suspicion.weight).toBeGreaterThan(0)
          expect(suspicion.weight).toBeLessThanOrEqual(2)
          if (!suspicion.doubt) continue
          const correct = (id: string) => statistics.options.find((one) => one.id === id)?.correct
          expect([correct(suspicion.doubt.keyed), correct(suspicion.doubt.rival)]).toEqual([true, false])
        }
      }),
    )
  })

  it('a stronger lead, or evidence against the key, never lowers the weight', () => {
    const share = fc.double({ min: 0, max: 0.5, noNaN: true })
    fc.assert(
      fc.property(share, share, fc.integer({ min: 10, max: 3000 }), anyEvidence, (key, more, n, found) => {
        const weight = (lead: number, by: KeyEvidence | null) =>
          suspectMisKey(item(0.5 - lead, 0.5 + lead), n, by)?.weight ?? 0
        const [less, larger] = [Math.min(key, more), Math.max(key, more)]
        expect(weight(larger, found)).toBeGreaterThanOrEqual(weight(less, found))
        expect(weight(less, evidence('contradicted'))).toBeGreaterThanOrEqual(weight(less, found))
      }),
    )
  })
})

describe('the radar', () => {
  const part = (partId: string, changed: Partial<EvidenceBrief> = {}): EvidenceBrief => ({
    partId,
    label: partId,
    questionLabel: partId,
    options: ['sashimi', 'plate', 'rice'].map((text, index) => ({
      id: 'abc'[index]!,
      text: { zh: `${text}（中）`, en: text },
    })),
    correct: ['a'],
    figureId: null,
    verdict: 'supported',
    evidence: {
      ...evidence('supported'),
      favoured: 'a',
      numbers: [2, 0.9],
      why: null,
    },
    ...changed,
  })
  const view = (...items: ReturnType<typeof item>[]) =>
    ({
      analysis: { kind: 'analysed', students: 300 },
      items: items.map((statistics, index) => ({
        statistics: { ...statistics, id: `${index + 1}` },
        variants: [],
      })),
    }) as unknown as ItemAnalysisView

  it('ranks by urgency, and says it as a question in both languages', () => {
    const contradicted = part('3', {
      evidence: {
        ...evidence('contradicted', { otherOptions: ['b'] }),
        favoured: 'b',
        numbers: null,
        why: null,
      },
    })
    const cards = findMisKeys(
      [part('1'), part('2', { evidence: null, verdict: 'reasoned' }), contradicted],
      view(item(0.3, 0.6), item(0.9, 0.05), item(0.2, 0.7)),
    )
    expect(cards.map((card) => card.part.partId)).toEqual(['3', '1'])
    expect(wordMisKey(cards[1]!, misKeyDictionaries.en, 'en')).toEqual({
      finding:
        'The evidence says A “sashimi” by 2 to 0.9, but the best 27 % rather choose B “plate” (60\u00a0%; A “sashimi” 30\u00a0%).',
      question: 'Is the key right, or does the question mislead?',
    })
    expect(wordMisKey(cards[0]!, misKeyDictionaries.zh, 'zh').finding).toBe(
      '證據支持 B「plate（中）」，而且前 27 % 的學生較常選 B「plate（中）」（70\u00a0%；A「sashimi（中）」 20\u00a0%）。',
    )
  })

  it('does not ask the class about a key that was another for some of it', () => {
    const dealt = view(item(0.3, 0.6))
    const items = dealt.items.map((one) => ({ ...one, variants: [{}, {}] })) as unknown as typeof dealt.items
    expect(findMisKeys([part('1')], dealt)).toHaveLength(1)
    expect(findMisKeys([part('1')], { ...dealt, items })).toEqual([])
  })

  it('works without statistics, and without evidence', () => {
    const alone = part('1', {
      evidence: { ...evidence('contradicted'), favoured: null, numbers: null, why: null },
    })
    const nobody = { analysis: { kind: 'too-few', students: 0, needed: 10 }, items: [] } as const
    expect(wordMisKey(findMisKeys([alone], nobody)[0]!, misKeyDictionaries.en, 'en').finding).toBe(
      'The evidence contradicts A “sashimi”.',
    )
    const reasoned = part('1', { evidence: null, verdict: 'not-computable' })
    expect(findMisKeys([reasoned], nobody)).toEqual([])
    expect(
      wordMisKey(findMisKeys([reasoned], view(item(0.3, 0.6)))[0]!, misKeyDictionaries.en, 'en').finding,
    ).toMatch(/^Nothing was measured, and the best 27 % rather choose B/)
  })
})
