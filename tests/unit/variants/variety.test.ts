import { beforeAll, describe, expect, it } from 'vitest'
import type { AssignmentDocument } from '@/lib/interchange/assignment-document'
import { readAssignment } from '@/lib/interchange/service'
import type { Substitution } from '@/lib/variants/substitution'
import {
  findSubstitutionProblems,
  proposeRegions,
  type VariedPicture,
  type Variety,
  varietyOf,
} from '@/lib/variants/variety'

let document: AssignmentDocument
beforeAll(async () => {
  document = await readAssignment()
})

function varietyOfQuestion(slug: string): Variety {
  const { content, key, figure } = document.questions.find((question) => question.slug === slug)!
  return varietyOf(content, key, figure)
}

describe('what of the bundled questions can be another', () => {
  it.each([
    ['q01', [{ picture: 2, regions: ['strawberry', 'milk bottle'] }]],
    ['q02', [{ picture: 6, regions: [] }]],
    ['q04', [{ picture: 3, regions: ['cake'] }]],
    ['q06', [{ picture: 8, regions: ['sashimi', 'table', 'chopsticks', 'plate'] }]],
    ['q08', [{ picture: 1, regions: ['butter'] }]],
    ['q09', [4, 5, 6, 7, 8].map((picture) => ({ picture, regions: [] }))],
    ['q13', [{ picture: 7, regions: ['plate', 'noodles', 'greens', 'rice sausage'] }]],
    ['q14', [{ picture: 2, regions: ['milk bottle', 'table', 'strawberry'] }]],
    ['q18', [{ picture: 3, regions: [] }]],
    ['q20', [{ picture: 3, regions: ['table', 'plate', 'fork', 'cake'] }]],
  ])('%s: its pictures and the regions that its claims name', (slug, pictures) => {
    expect(varietyOfQuestion(slug)).toEqual({ kind: 'varied', pictures })
  })

  it.each([
    ['q03', 'reasoned'],
    ['q07', 'reasoned'],
    ['q17', 'picture-not-measured'],
    ['q22', 'no-picture'],
  ])('%s is fixed: %s', (slug, reason) => {
    const variety = varietyOfQuestion(slug)
    expect(variety.kind === 'fixed' && variety.reasons.map((one) => one.reason)).toEqual([reason])
  })

  it('is nothing where a rule weighs single options', () => {
    const { content, key, figure } = document.questions.find(({ slug }) => slug === 'q01')!
    const rule = { name: 'weighted', fractions: { 'q01-a': 1000 } } as const
    expect(varietyOf(content, { q01: { ...key.q01!, rule } }, figure)).toEqual({
      kind: 'fixed',
      reasons: [{ reason: 'weighted', partId: 'q01' }],
    })
  })
})

describe('a substitution', () => {
  const pictures: VariedPicture[] = [
    { picture: 2, regions: ['bottle', 'berry'] },
    { picture: 3, regions: [] },
  ]
  const regions: Record<string, readonly string[]> = { 5: ['toast', 'egg'], 2: ['bottle', 'berry'], 3: [] }
  const problemsOf = (...substitution: Parameters<typeof findSubstitutionProblems>[1]) =>
    findSubstitutionProblems(pictures, substitution, (name) => regions[name] ?? null).map(
      ({ issue }) => issue,
    )
  const berries = { bottle: 'toast', berry: 'egg' }

  it('fits where every region has one of its own', () => {
    expect(problemsOf({ from: 2, to: 5, regions: berries }, { from: 3, to: 3, regions: {} })).toEqual([])
  })

  it.each<[substitution: Substitution, issues: string[]]>([
    [[{ from: 2, to: 5, regions: berries }], ['pictures-differ']],
    [
      [
        { from: 2, to: 5, regions: berries },
        { from: 3, to: 99, regions: {} },
      ],
      ['pictures-differ'],
    ],
    [
      [
        { from: 2, to: 2, regions: { bottle: 'berry', berry: 'bottle' } },
        { from: 3, to: 3, regions: {} },
      ],
      ['same-pictures'],
    ],
    [
      [
        { from: 2, to: 5, regions: berries },
        { from: 3, to: 5, regions: {} },
      ],
      ['picture-twice'],
    ],
    [
      [
        { from: 2, to: 5, regions: { bottle: 'toast' } },
        { from: 3, to: 3, regions: {} },
      ],
      ['region-missing'],
    ],
    [
      [
        { from: 2, to: 5, regions: { bottle: 'toast', berry: 'spoon' } },
        { from: 3, to: 3, regions: {} },
      ],
      ['region-unknown'],
    ],
    [
      [
        { from: 2, to: 5, regions: { bottle: 'egg', berry: 'egg' } },
        { from: 3, to: 3, regions: {} },
      ],
      ['region-twice'],
    ],
  ])('is refused: %j', (substitution, issues) => {
    expect(problemsOf(...substitution)).toEqual(issues)
  })

  it('is proposed by equal names first, then by what is left', () => {
    expect(proposeRegions(['cake', 'table', 'fork'], ['table', 'plate', 'pizza', 'fork'])).toEqual({
      cake: 'plate',
      table: 'table',
      fork: 'fork',
    })
    expect(proposeRegions(['cake', 'table'], ['table'])).toBeNull()
  })
})
