import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAssignment } from '@/lib/interchange/service'
import { diffTexts } from '@/lib/questions/text-diff'
import { type DiffedVersion, diffVersions } from '@/lib/questions/version-diff'

const { questions } = await readAssignment()
const versions: DiffedVersion[] = questions.map(({ content, key, figure }) => ({
  content,
  key,
  figureSpec: figure,
}))
const first = versions[0]!

const side = (pieces: ReturnType<typeof diffTexts>, other: 'removed' | 'added') =>
  pieces.flatMap(({ kind, text }) => (kind === 'kept' || kind === other ? [text] : [])).join('')

describe('texts', () => {
  const text = fc.oneof(
    fc
      .array(fc.constantFrom('草莓', '的', '權重', 'the', ' ', 'map', '是', '負', ',', '3', '\n'), {
        maxLength: 30,
      })
      .map((words) => words.join('')),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
  )

  it('show both sides fully', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = diffTexts(before, after)
        expect(side(pieces, 'removed')).toBe(before)
        expect(side(pieces, 'added')).toBe(after)
        for (const [index, { kind, text }] of pieces.entries()) {
          expect(text).not.toBe('')
          expect(pieces[index + 1]?.kind).not.toBe(kind)
        }
      }),
    )
  })

  it('that are equal have one piece', () => {
    fc.assert(
      fc.property(text, (same) => {
        expect(diffTexts(same, same)).toEqual(same === '' ? [] : [{ kind: 'kept', text: same }])
      }),
    )
  })

  it('are compared by words, in Chinese too', () => {
    expect(diffTexts('草莓為主要的負相關', '草莓為主要的正相關')).toEqual([
      { kind: 'kept', text: expect.stringMatching(/^草莓為主要的/) },
      { kind: 'removed', text: expect.stringContaining('負') },
      { kind: 'added', text: expect.stringContaining('正') },
      { kind: 'kept', text: expect.stringMatching(/關$/) },
    ])
    expect(diffTexts('the main negative part', 'the main positive part')).toEqual([
      { kind: 'kept', text: 'the main ' },
      { kind: 'removed', text: 'negative' },
      { kind: 'added', text: 'positive' },
      { kind: 'kept', text: ' part' },
    ])
  })

  it('that are long and have nothing in common are replaced', () => {
    const [before, after] = ['a '.repeat(3000), 'b,'.repeat(3000)]
    const pieces = diffTexts(before, after)
    expect(side(pieces, 'removed')).toBe(before)
    expect(side(pieces, 'added')).toBe(after)
  })
})

describe('versions', () => {
  it('that are the same have no difference', () => {
    for (const version of versions) expect(diffVersions(version, structuredClone(version))).toEqual([])
  })

  it('differ in both directions in the same fields', () => {
    fc.assert(
      fc.property(fc.constantFrom(...versions), fc.constantFrom(...versions), (one, other) => {
        const fields = (before: DiffedVersion, after: DiffedVersion) =>
          diffVersions(before, after)
            .map(({ partId, field }) => `${partId} ${field}`)
            .toSorted()
        expect(fields(one, other)).toEqual(fields(other, one))
        if (one !== other) expect(fields(one, other)).not.toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  function changed(change: (version: DiffedVersion & { content: { topic: string } }) => void) {
    const later = structuredClone(first) as DiffedVersion & { content: { topic: string } }
    change(later)
    return diffVersions(first, later)
  }
  const id = first.content.parts[0]!.id

  it('name what changed and how', () => {
    expect(
      changed(({ content, key }) => {
        content.parts[0]!.points = 500
        content.parts[0]!.selection = { kind: 'count', count: 2 }
        key[id]!.correct = ['q01-b', 'q01-c']
        key[id]!.rule = { name: 'weighted', fractions: { 'q01-b': 400, 'q01-c': 600 } }
      }),
    ).toMatchObject([
      {
        field: 'selection',
        change: { before: { en: 'choose one' }, after: { en: 'choose 2', zh: '選 2 個' } },
      },
      { field: 'points', change: { before: { en: '0.3' }, after: { en: '0.5' } } },
      { partLabel: '1', field: 'correct', change: { before: { en: 'A' }, after: { en: 'B, C' } } },
      { field: 'rule', change: { after: { en: 'each option has its own weight (B 40 %, C 60 %)' } } },
    ])
  })

  it('tell a moved option from a reworded one, a removed one and a new one', () => {
    const moved = changed(({ content }) => void content.parts[0]!.options.reverse())
    expect(moved).toMatchObject([
      { field: 'order', change: { before: { en: 'A, B, C, D' }, after: { en: 'D, C, B, A' } } },
    ])
    const pinned = changed(({ content }) => {
      content.parts[0]!.options[3]!.pinned = true
    })
    expect(pinned).toMatchObject([{ field: 'pinned', change: { before: null, after: { en: 'D' } } }])
    const replaced = changed(({ content }) => {
      content.parts[0]!.options[3] = { id: 'new', text: { zh: '新', en: 'new' } }
    })
    expect(
      replaced.map(({ field, which, change }) => [
        field,
        which,
        change.kind === 'text' && change.pieces.map(({ kind }) => kind),
      ]),
    ).toEqual([
      ['option', 'D', ['added']],
      ['option', 'D', ['added']],
      ['option', 'D', ['removed']],
      ['option', 'D', ['removed']],
    ])
  })

  it('say where figures, measurements and claims differ', () => {
    const differences = changed((version) => {
      Object.assign(version, { figureSpec: { ...version.figureSpec, seed: 3 } })
      const { evidence } = version.key[id]!
      if (evidence?.kind !== 'claims') throw new Error('the first question rests on claims')
      Object.assign(evidence.measurements.weight!, { picture: 5 })
      evidence.claims['q01-b'] = { op: 'highest', of: 'weight', subject: 'milk bottle' }
    })
    expect(differences).toMatchObject([
      { field: 'measurement', which: 'weight.picture', change: { before: { en: '2' }, after: { en: '5' } } },
      {
        field: 'claim',
        which: 'B',
        change: { after: { en: expect.stringContaining('milk bottle is highest') } },
      },
      { field: 'figure', which: 'seed', change: { before: { en: '16' }, after: { en: '3' } } },
    ])
  })
})
