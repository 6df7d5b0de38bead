import { describe, expect, it } from 'vitest'
import { formatAssignmentJson, parseAssignmentJson } from '@/lib/interchange/assignment-document'
import { readAssignment } from '@/lib/interchange/service'

const document = await readAssignment()

describe('an exported assignment', () => {
  it('is read back unchanged', () => {
    const json = formatAssignmentJson(document)
    expect(parseAssignmentJson(json, 'export.json')).toEqual(document)
    expect(formatAssignmentJson(parseAssignmentJson(json, 'export.json'))).toBe(json)
  })

  it('says which format it is, and no other is read', () => {
    expect(document.format).toBe('vitrine-assignment/1')
    const other = JSON.stringify({ ...document, format: 'vitrine-assignment/2' })
    expect(() => parseAssignmentJson(other, 'export.json')).toThrow(/format: .*"vitrine-assignment\/1"/)
  })

  it('is refused, with the place, when a key does not fit its question', () => {
    const broken = structuredClone(document) as unknown as {
      questions: { key: Record<string, { correct: string[] }> }[]
    }
    broken.questions[2]!.key.q03!.correct = ['q03-z']
    expect(() => parseAssignmentJson(JSON.stringify(broken, null, 2), 'export.json')).toThrow(
      /^export\.json:\d+: questions\[2\]: q03: the key names option "q03-z"; allowed are q03-a, q03-b, q03-c, q03-d$/,
    )
  })

  it('is refused when it is not JSON or holds keys of nobody', () => {
    expect(() => parseAssignmentJson('{', 'export.json')).toThrow(/^export\.json: not JSON: /)
    expect(() => parseAssignmentJson(JSON.stringify({ ...document, extra: 1 }), 'export.json')).toThrow(
      'unknown "extra"; allowed are format, course, assignment, pools, questions',
    )
  })
})
