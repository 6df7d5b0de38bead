import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FlagSync } from '@/app/courses/[course]/[assignment]/(attempt)/flag-sync'
import { noteFlag, readFlagNotes } from '@/app/offline/noted-flags'

let stored: Record<string, unknown>
beforeEach(() => {
  // `Object.keys(localStorage)` has to give its names, as in a browser.
  stored = {}
  const methods = {
    getItem: (key: string) => (stored[key] as string | undefined) ?? null,
    setItem: (key: string, value: string) => {
      stored[key] = value
    },
    removeItem: (key: string) => {
      delete stored[key]
    },
  }
  vi.stubGlobal(
    'localStorage',
    new Proxy(stored, { get: (_, name) => methods[name as keyof typeof methods] }),
  )
})

const answerWith = (status: number, headers: Record<string, string> = {}) =>
  vi.stubGlobal('fetch', async () => new Response('{}', { status, headers }))
const drawn = { one: false, two: true }

describe('marks of questions', () => {
  it('that no server has acknowledged are shown after a reload, over what the page says', async () => {
    answerWith(500)
    const flags = new FlagSync('attempt')
    flags.want('one', true)
    expect(await flags.send()).toBe(0)
    const reloaded = new FlagSync('attempt')
    expect(reloaded.isWaiting).toBe(true)
    expect(reloaded.over(drawn)).toEqual({ one: true, two: true })
    expect(new FlagSync('another').over(drawn)).toEqual(drawn)
    answerWith(200)
    expect(await reloaded.send()).toBeNull()
    expect(stored).toEqual({})
    expect(new FlagSync('attempt').over(drawn)).toEqual(drawn)
  })

  it('the latest wins, also one set while an earlier one is on its way', async () => {
    const flags = new FlagSync('attempt')
    flags.want('one', true)
    vi.stubGlobal('fetch', async () => {
      flags.want('one', false)
      return new Response('{}')
    })
    await flags.send()
    expect(flags.over(drawn)).toEqual(drawn)
    expect(readFlagNotes('attempt')).toEqual(new Map([['one', false]]))
  })

  it.each([
    [401, {}, null, true],
    [404, {}, null, true],
    [503, { 'retry-after': '7' }, 7000, true],
    [409, {}, null, false],
  ])(
    'answered %s: wait as asked, and keep what may still be stored',
    async (status, headers, pause, kept) => {
      answerWith(status, headers as Record<string, string>)
      const flags = new FlagSync('attempt')
      flags.want('one', true)
      expect(await flags.send()).toBe(pause)
      expect(flags.isWaiting).toBe(kept)
    },
  )

  it('leave out what somebody else put into the storage', () => {
    stored['vitrine:flag:attempt:one'] = '{"x":1}'
    noteFlag('attempt', 'two', false)
    expect([...readFlagNotes('attempt').keys()]).toEqual(['two'])
  })
})
