import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openAnswerFile } from '@/lib/answer-files/open'
import { type FiledAnswers, sealAnswers } from '@/lib/answer-files/seal'
import { sealingKeyOf } from '@/lib/answer-files/server-key'

const secret = 'a1'.repeat(32)
const noon = '2026-03-01T12:00:00.000Z'
const content: FiledAnswers = {
  madeAt: noon,
  answers: [{ partId: 'q01', optionIds: ['a', 'c'], revision: 4, clientId: 'tab', chosenAt: noon }],
}
const seal = (given: FiledAnswers = content) => sealAnswers('attempt-1', given, sealingKeyOf(secret))
const open = (file: unknown) => openAnswerFile(JSON.stringify(file), secret)

describe('the answer file', () => {
  it('comes out as it went in, whatever was chosen', async () => {
    const answer = fc.record({
      partId: fc.stringMatching(/^[a-z0-9-]{1,20}$/),
      optionIds: fc.array(fc.string({ maxLength: 20 }), { maxLength: 8 }),
      revision: fc.integer({ min: 1, max: 2_000_000_000 }),
      clientId: fc.string({ minLength: 1, maxLength: 40 }),
      chosenAt: fc.constant(noon),
    })
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(answer, { selector: (each) => each.partId }), async (answers) => {
        const given = { madeAt: noon, answers }
        expect(await open(await seal(given))).toEqual({
          opened: true,
          attemptId: 'attempt-1',
          content: given,
        })
      }),
      { numRuns: 25 },
    )
  })

  it('says nothing of the answers to who has no key, and looks different each time', async () => {
    const [first, second] = [await seal(), await seal()]
    expect(JSON.stringify(first)).not.toContain('q01')
    expect(first.sealed).not.toBe(second.sealed)
    expect(first.ephemeral).not.toBe(second.ephemeral)
  })

  it('is not accepted after a single letter was changed anywhere', async () => {
    const file = await seal()
    const fields = ['attempt', 'key', 'ephemeral', 'iv', 'sealed'] as const
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...fields),
        fc.nat(),
        fc.constantFrom(...'AZaz09'),
        async (field, at, letter) => {
          const text = file[field]
          const index = at % text.length
          // The last letter of base64url may carry bits that no byte has.
          fc.pre(text[index] !== letter && index < text.length - 1)
          const changed = { ...file, [field]: text.slice(0, index) + letter + text.slice(index + 1) }
          expect((await open(changed)).opened).toBe(false)
        },
      ),
      { numRuns: 120 },
    )
  })

  it('cannot be turned into a file of another attempt', async () => {
    expect(await open({ ...(await seal()), attempt: 'attempt-2' })).toEqual({
      opened: false,
      reason: 'tampered',
    })
  })

  it('names the reason: another server’s key, cut off, no such file, content of another form', async () => {
    const file = await seal()
    const other = 'b2'.repeat(32)
    expect(await openAnswerFile(JSON.stringify(file), other)).toEqual({ opened: false, reason: 'key' })
    expect(await open({ ...file, sealed: file.sealed.slice(0, 40) })).toEqual({
      opened: false,
      reason: 'tampered',
    })
    expect(await openAnswerFile('PNG', secret)).toEqual({ opened: false, reason: 'form' })
    expect(await open({ ...file, more: true })).toEqual({ opened: false, reason: 'form' })
    const twice = { madeAt: noon, answers: [content.answers[0]!, content.answers[0]!] }
    expect(await open(await seal(twice))).toEqual({ opened: false, reason: 'form' })
    const negative = { ...content, answers: [{ ...content.answers[0]!, revision: -1 }] }
    expect(await open(await seal(negative))).toEqual({
      opened: false,
      reason: 'form',
    })
  })
})
