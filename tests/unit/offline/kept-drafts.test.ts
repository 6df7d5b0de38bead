import { afterEach, describe, expect, it, vi } from 'vitest'
import { countKeptDrafts, forgetKeptDrafts, keptDraftName } from '@/app/offline/kept-drafts'

afterEach(() => vi.unstubAllGlobals())

describe('drafts that a browser keeps', () => {
  it('all go when somebody leaves the device, and nothing else does', () => {
    const storage: Record<string, unknown> = {
      [keptDraftName('one', 'q01')]: '{}',
      [keptDraftName('other', 'q02')]: '{}',
      'vitrine-choice:attempt': '{}',
    }
    Object.defineProperty(storage, 'removeItem', { value: (name: string) => delete storage[name] })
    vi.stubGlobal('localStorage', storage)
    expect(countKeptDrafts()).toBe(2)
    forgetKeptDrafts()
    expect(countKeptDrafts()).toBe(0)
    expect(Object.keys(storage)).toEqual(['vitrine-choice:attempt'])
  })

  it('are none where the browser forbids storage', () => {
    vi.stubGlobal('localStorage', undefined)
    expect(countKeptDrafts()).toBe(0)
    expect(forgetKeptDrafts).not.toThrow()
  })
})
