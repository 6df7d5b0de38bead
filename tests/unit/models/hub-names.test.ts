import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCommandName, isRepository, isRevision } from '@/lib/models/hub/names'
import { modelNameLike, modelNamePattern } from '@/lib/models/model-name'

const hub = 'https://hub.example'
/** Names as they are, with some of what would lead out of an address between their letters. */
const letter = fc.constantFrom(...'aZ9_')
const between = fc.string({ unit: fc.constantFrom(...'aZ9_-./\\:@?#% \n'), maxLength: 2 })
const text = fc.tuple(letter, between, letter).map((parts) => parts.join(''))
const path = fc.tuple(text, text).map((parts) => parts.join('/'))

describe('the name of a repository', () => {
  it.each(['google-bert/bert-base-cased', 'a/b', 'Owner_1/name.v2', 'hfl/chinese-bert-wwm-ext'])(
    '%s is one',
    (name) => expect(isRepository(name)).toBe(true),
  )

  it.each([
    '',
    'bert-base-cased',
    'a/b/c',
    '/b',
    'a/',
    '../b',
    'a/..',
    'a/b..c',
    'a--b/c',
    'a/-b',
    'a/b.',
    'a/b.git',
    'a/b\n',
    'a b/c',
    'https://huggingface.co/a/b',
    'a/b?x=1',
    'a/b#c',
    'a/b%2f',
    'é/b',
    `a/${'b'.repeat(95)}`,
  ])('%j is none', (name) => expect(isRepository(name)).toBe(false))

  it('never leads anywhere but below the Hub’s list of models', () => {
    fc.assert(
      fc.property(path, text, (name, revision) => {
        fc.pre(isRepository(name) && isRevision(revision))
        const url = new URL(`${hub}/api/models/${name}/revision/${encodeURIComponent(revision)}`)
        expect(url.origin).toBe(hub)
        expect(url.pathname).toBe(`/api/models/${name}/revision/${encodeURIComponent(revision)}`)
        expect(url.search + url.hash).toBe('')
      }),
      { numRuns: 2000 },
    )
  })

  it('is known to the command without its owner, too', () => {
    expect(isCommandName('bert-base-cased')).toBe(true)
    fc.assert(fc.property(path, (name) => !isRepository(name) || isCommandName(name)))
    expect(isCommandName('../etc')).toBe(false)
  })
})

describe('a revision', () => {
  it.each(['main', 'v1.0', 'refs/pr/3', '0'.repeat(40)])('%s is one', (name) =>
    expect(isRevision(name)).toBe(true),
  )
  it.each(['', '..', 'a/../b', '/main', 'main/', 'a//b', 'a b', '-x', 'main?', 'x'.repeat(201)])(
    '%j is none',
    (name) => expect(isRevision(name)).toBe(false),
  )
})

describe('a name made of another', () => {
  it('is one that models have, or too short', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (other) => {
        const made = modelNameLike(other)
        expect(made.length < 2 || modelNamePattern.test(made)).toBe(true)
        expect(modelNameLike(made)).toBe(made)
      }),
    )
    expect(modelNameLike('BERT_base.Cased')).toBe('bert-base-cased')
  })
})
