import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { receiptCode } from '@/lib/submission/receipt-code'
import {
  hashAnswers,
  type ReceiptStatement,
  receiptPublicKey,
  signReceipt,
  verifyReceipt,
} from '@/lib/submission/signed-receipt'

const secret = randomBytes(32).toString('hex')
const key = receiptPublicKey(secret)
const statement: ReceiptStatement = {
  format: 'vitrine-receipt/1',
  course: 'explainable-ai',
  assignment: 'hw9',
  attempt: 'a1',
  number: 1,
  student: 's1',
  submittedAt: '2027-01-01T12:00:00.000Z',
  submittedBy: 'student',
  answered: 32,
  answersSha256: 'a'.repeat(64),
  questionsSha256: 'b'.repeat(64),
}

describe('a signed receipt', () => {
  it('is read back by whoever has the public key, also with line breaks from a mail', () => {
    const receipt = signReceipt(statement, secret)
    expect(verifyReceipt(receipt, key)).toEqual({ valid: true, statement })
    expect(verifyReceipt(` ${receipt.slice(0, 70)}\n  ${receipt.slice(70)}\n`, key).valid).toBe(true)
  })

  it('is the same each time, so that a lost one can be made again', () => {
    expect(signReceipt(statement, secret)).toBe(signReceipt({ ...statement }, secret))
  })

  it('does not survive a change of any character', () => {
    const receipt = signReceipt(statement, secret)
    fc.assert(
      fc.property(fc.nat({ max: receipt.length - 1 }), fc.constantFrom(...'Aa0_-Zz9'), (place, character) => {
        const forged = receipt.slice(0, place) + character + receipt.slice(place + 1)
        // The last character of base64 has bits that say nothing.
        fc.pre(forged !== receipt && place !== receipt.length - 1 && place !== receipt.indexOf('.') - 1)
        expect(verifyReceipt(forged, key).valid).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('of another key, and what is no receipt, are told apart', () => {
    const other = signReceipt(statement, randomBytes(32).toString('hex'))
    expect(verifyReceipt(other, key)).toEqual({ valid: false, reason: 'signature' })
    for (const text of ['', 'hello', '7QXM-3F9T', 'a.b', 'a.b.c'])
      expect(verifyReceipt(text, key)).toEqual({ valid: false, reason: 'form' })
  })

  it('hashes what was chosen, whatever the order', () => {
    const one = new Map([
      ['q1', ['a', 'b']],
      ['q2', []],
    ])
    const other = new Map([['q1', ['b', 'a']]])
    expect(hashAnswers(one)).toBe(hashAnswers(other))
    expect(hashAnswers(one)).not.toBe(hashAnswers(new Map([['q1', ['a']]])))
  })

  it('has a code that can be read aloud', () => {
    const codes = Array.from({ length: 200 }, (_, index) =>
      receiptCode(signReceipt({ ...statement, number: index + 1 }, secret)),
    )
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(new Set(codes).size).toBe(200)
  })
})
