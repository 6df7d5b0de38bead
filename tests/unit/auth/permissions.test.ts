import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { actions, mayRole, permissionsDocument, rolesWith } from '@/lib/auth/permissions'

describe('permission matrix', () => {
  it('docs/permissions.md is current; `npm run permissions` renews it', () => {
    expect(readFileSync('docs/permissions.md', 'utf8')).toBe(permissionsDocument())
  })

  it('students never read keys, edit, or see others', () => {
    for (const action of ['question.read-key', 'question.edit', 'assignment.overview'] as const)
      expect(mayRole('STUDENT', action)).toBe(false)
  })

  it('attempts are the students’ own: no other role acts in them', () => {
    for (const action of actions.filter((name) => name.startsWith('attempt.')))
      expect(rolesWith(action)).toEqual(['STUDENT'])
  })
})
