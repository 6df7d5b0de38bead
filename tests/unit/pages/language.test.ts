import { describe, expect, it } from 'vitest'
import { dictionaries } from '@/app/messages/dictionaries'
import { chooseReading, readLanguage, readTheme, writeLanguage } from '@/app/messages/language'

describe('language choice', () => {
  it('reading both keeps the interface language', () => {
    expect(chooseReading({ interface: 'zh', reading: 'zh' }, 'both')).toEqual({
      interface: 'zh',
      reading: 'both',
    })
    expect(chooseReading({ interface: 'zh', reading: 'both' }, 'en')).toEqual({
      interface: 'en',
      reading: 'en',
    })
  })

  it.each([
    ['zh', 'zh'],
    ['en', 'en'],
    ['zh', 'both'],
    ['en', 'both'],
  ] as const)('survives the cookie: interface %s, reading %s', (spoken, reading) => {
    const choice = { interface: spoken, reading }
    expect(readLanguage(writeLanguage(choice), null)).toEqual(choice)
  })

  it.each([
    [undefined, 'zh-TW,zh;q=0.9,en;q=0.8', 'zh'],
    [undefined, 'en-US,en;q=0.9,zh;q=0.8', 'en'],
    [undefined, 'de,zh;q=0.5,en;q=0.4', 'zh'],
    [undefined, 'fr', 'en'],
    [undefined, null, 'en'],
    ['nonsense', 'zh', 'zh'],
  ])('cookie %s and browser %s give %s', (cookie, accepted, expected) => {
    expect(readLanguage(cookie, accepted)).toEqual({ interface: expected, reading: expected })
  })

  it('an unknown theme follows the system', () => {
    expect([readTheme('dark'), readTheme('pink'), readTheme(undefined)]).toEqual(['dark', 'system', 'system'])
  })
})

describe('messages', () => {
  it('count in each language', () => {
    const { en, zh } = dictionaries
    expect(en.common.questions(1)).toBe('1 question')
    expect(en.common.questions(30)).toBe('30 questions')
    expect(zh.common.questions(30)).toBe('30 題')
    expect(en.saving.waiting(3, true)).toBe('Waiting for the network (3 answers kept on this device)')
    expect(zh.saving.waiting(3, true)).toBe('等待連線中（3 題答案已保存在此裝置）')
    expect(en.figure.steps['perturbed-copies'](412, 1000)).toBe('1,000 perturbed copies: 412')
  })

  it('say how long is left in whole units', () => {
    const hour = 3_600_000
    const { en, zh } = dictionaries
    expect(en.time.relative(52 * hour)).toBe('in 2 d 4 h')
    expect(zh.time.relative(52 * hour)).toBe('還有 2 天 4 小時')
    expect(en.time.relative(48 * hour)).toBe('in 2 d')
    expect(en.time.relative(hour / 2)).toBe('in 30 min')
    expect(en.figure.estimate(23)).toBe('about 25 s left')
    expect(en.figure.estimate(100)).toBe('about 2 min left')
  })
})
